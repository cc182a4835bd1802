using CreditWorkbench.Core.Staging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A run of staging. What people only read lies in JSON.</summary>
internal sealed class StagingRunRow
{
    public Guid Id { get; set; }
    public string ScorecardId { get; set; } = "";
    public string DefinitionHash { get; set; } = "";
    public string Folder { get; set; } = "";
    public DateOnly LoadDay { get; set; }
    public DateOnly? AsOf { get; set; }
    public StagingTrigger Trigger { get; set; }
    public Guid RequestedBy { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public StagingRunState State { get; set; }
    public string? Key { get; set; }
    public string? DeliveryJson { get; set; }
    public string? ReportJson { get; set; }
    public string ProblemsJson { get; set; } = "[]";
    public string AlertsJson { get; set; } = "[]";
    public long Findings { get; set; }
    public long RowsAfterLoad { get; set; }
    public Guid? SameAs { get; set; }
    public int? Version { get; set; }
}

internal sealed class StagingRunMapping : IEntityTypeConfiguration<StagingRunRow>
{
    public void Configure(EntityTypeBuilder<StagingRunRow> builder)
    {
        builder.ToTable("StagingRuns").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.DefinitionHash).HasMaxLength(64);
        builder.Property(row => row.Folder).HasMaxLength(1000);
        builder.Property(row => row.Trigger).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Key).HasMaxLength(64);
        builder.HasIndex(row => new { row.ScorecardId, row.StartedAt });
        builder.HasIndex(row => row.StartedAt);
    }
}
