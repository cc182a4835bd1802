using CreditWorkbench.Core.Monitoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>An outcome with what monitoring reads of its score; nothing personal, so all of it lies in clear and outlives an erasure.</summary>
internal sealed class OutcomeRow
{
    public Guid Id { get; set; }
    public OutcomeKind Kind { get; set; }
    public Guid SubjectId { get; set; }
    public string? Reference { get; set; }
    public string ScorecardId { get; set; } = "";
    public string ReleaseHash { get; set; } = "";
    public string Model { get; set; } = "";
    public DateTimeOffset ScoredAt { get; set; }
    public long MarginBits { get; set; }
    public int Issued { get; set; }
    public double Pd { get; set; }
    public bool Bad { get; set; }
    public DateTimeOffset ObservedAt { get; set; }
    public Guid ReportedBy { get; set; }
    public DateTimeOffset ReportedAt { get; set; }
    public bool IsCurrent { get; set; }
}

internal sealed class OutcomeMapping : IEntityTypeConfiguration<OutcomeRow>
{
    public void Configure(EntityTypeBuilder<OutcomeRow> builder)
    {
        builder.ToTable("Outcomes").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Reference).HasMaxLength(200);
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.ReleaseHash).HasMaxLength(64);
        builder.Property(row => row.Model).HasMaxLength(200);
        builder.HasIndex(row => new { row.SubjectId, row.ReportedAt });
        builder.HasIndex(row => new { row.ScorecardId, row.IsCurrent, row.ScoredAt });
    }
}
