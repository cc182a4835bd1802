using CreditWorkbench.Core.Monitoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>An alert. One is open per key: the database itself holds that.</summary>
internal sealed class AlertRow
{
    public Guid Id { get; set; }
    public string Kind { get; set; } = "";
    public AlertSeverity Severity { get; set; }
    public string Key { get; set; } = "";
    public string? ScorecardId { get; set; }
    public string SubjectId { get; set; } = "";
    public string FactsJson { get; set; } = "{}";
    public int Times { get; set; }
    public DateTimeOffset RaisedAt { get; set; }
    public DateTimeOffset LastAt { get; set; }
    public Guid? AcknowledgedBy { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }
    public string Note { get; set; } = "";
    public int RowVersion { get; set; }
}

internal sealed class AlertMapping : IEntityTypeConfiguration<AlertRow>
{
    public void Configure(EntityTypeBuilder<AlertRow> builder)
    {
        builder.ToTable("Alerts").Property(row => row.RowVersion).IsConcurrencyToken();
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasMaxLength(64);
        builder.Property(row => row.Severity).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Key).HasMaxLength(200);
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.SubjectId).HasMaxLength(100);
        builder.HasIndex(row => row.Key).IsUnique().HasFilter("\"AcknowledgedAt\" IS NULL").HasDatabaseName("IX_Alerts_OneOpen");
        builder.HasIndex(row => row.RaisedAt);
    }
}
