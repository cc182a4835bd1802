using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A version of the features of a scorecard; its cells lie in the analytics zone.</summary>
internal sealed class FeatureSetRow
{
    public Guid Id { get; set; }
    public string ScorecardId { get; set; } = "";
    public int Version { get; set; }
    public string DefinitionHash { get; set; } = "";
    public string ScoringHash { get; set; } = "";
    public string ContentHash { get; set; } = "";
    public int Rows { get; set; }
    public int Columns { get; set; }
    public long Bytes { get; set; }
    public DateTimeOffset? NewestAsOf { get; set; }
    public DateTimeOffset PublishedAt { get; set; }
    public DateTimeOffset? RetiredAt { get; set; }
}

internal sealed class FeatureSetMapping : IEntityTypeConfiguration<FeatureSetRow>
{
    public void Configure(EntityTypeBuilder<FeatureSetRow> builder)
    {
        builder.ToTable("FeatureSets").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.DefinitionHash).HasMaxLength(64);
        builder.Property(row => row.ScoringHash).HasMaxLength(64);
        builder.Property(row => row.ContentHash).HasMaxLength(64);
        builder.HasIndex(row => new { row.ScorecardId, row.Version }).IsUnique();
    }
}
