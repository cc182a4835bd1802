using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>One version of a dictionary; earlier ones stay for replay.</summary>
internal sealed class ScorecardRow
{
    public string ScorecardId { get; set; } = "";
    public string ScoringHash { get; set; } = "";
    public string PresentationHash { get; set; } = "";
    public string SourceText { get; set; } = "";
    public bool Current { get; set; }
    public DateTimeOffset SavedAt { get; set; }
}

internal sealed class ScorecardMapping : IEntityTypeConfiguration<ScorecardRow>
{
    public void Configure(EntityTypeBuilder<ScorecardRow> builder)
    {
        builder.ToTable("Scorecards").HasKey(row => new { row.ScorecardId, row.ScoringHash, row.PresentationHash });
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.ScoringHash).HasMaxLength(64);
        builder.Property(row => row.PresentationHash).HasMaxLength(64);
        builder.HasIndex(row => row.ScorecardId).IsUnique().HasFilter("\"Current\"").HasDatabaseName("IX_Scorecards_OneCurrent");
    }
}
