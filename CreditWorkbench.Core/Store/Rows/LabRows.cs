using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A training run; documents as JSON, what speaks of rows lies in <see cref="LabPartRow"/>.</summary>
internal sealed class LabRunRow
{
    public Guid Id { get; set; }
    public string RequestJson { get; set; } = "";
    public string DataName { get; set; } = "";
    public string ScorecardId { get; set; } = "";
    public Guid CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public Guid JobId { get; set; }
    public string? FactsJson { get; set; }
    public string? SummaryJson { get; set; }
}

/// <summary>Packed and sealed bytes that a run left behind.</summary>
internal sealed class LabPartRow
{
    public Guid RunId { get; set; }
    public string Name { get; set; } = "";
    public byte[] Content { get; set; } = [];
}

/// <summary>An acknowledged finding of a run.</summary>
internal sealed class LabAcknowledgementRow
{
    public Guid RunId { get; set; }
    public string Column { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Reason { get; set; } = "";
    public Guid By { get; set; }
    public DateTimeOffset At { get; set; }
}

/// <summary>A candidate that stands in the registry.</summary>
internal sealed class LabRegistrationRow
{
    public Guid RunId { get; set; }
    public string Family { get; set; } = "";
    public string Model { get; set; } = "";
    public Guid By { get; set; }
    public DateTimeOffset At { get; set; }
}

internal sealed class LabRunMapping : IEntityTypeConfiguration<LabRunRow>
{
    public void Configure(EntityTypeBuilder<LabRunRow> builder)
    {
        builder.ToTable("LabRuns").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.DataName).HasMaxLength(300);
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.HasIndex(row => row.CreatedAt);
    }
}

internal sealed class LabPartMapping : IEntityTypeConfiguration<LabPartRow>
{
    public void Configure(EntityTypeBuilder<LabPartRow> builder)
    {
        builder.ToTable("LabParts").HasKey(row => new { row.RunId, row.Name });
        builder.Property(row => row.Name).HasMaxLength(64);
        builder.HasOne<LabRunRow>().WithMany().HasForeignKey(row => row.RunId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LabAcknowledgementMapping : IEntityTypeConfiguration<LabAcknowledgementRow>
{
    public void Configure(EntityTypeBuilder<LabAcknowledgementRow> builder)
    {
        builder.ToTable("LabAcknowledgements").HasKey(row => new { row.RunId, row.Column, row.Kind });
        builder.Property(row => row.Column).HasMaxLength(300);
        builder.Property(row => row.Kind).HasMaxLength(64);
        builder.Property(row => row.Reason).HasMaxLength(2_000);
        builder.HasOne<LabRunRow>().WithMany().HasForeignKey(row => row.RunId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LabRegistrationMapping : IEntityTypeConfiguration<LabRegistrationRow>
{
    public void Configure(EntityTypeBuilder<LabRegistrationRow> builder)
    {
        builder.ToTable("LabRegistrations").HasKey(row => new { row.RunId, row.Family, row.Model });
        builder.Property(row => row.Family).HasMaxLength(64);
        builder.Property(row => row.Model).HasMaxLength(100);
        builder.HasOne<LabRunRow>().WithMany().HasForeignKey(row => row.RunId).OnDelete(DeleteBehavior.Restrict);
    }
}
