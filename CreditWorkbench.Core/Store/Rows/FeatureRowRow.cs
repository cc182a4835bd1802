using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>Features of one entity that were written by themselves: entity and values encrypted, found again by a keyed hash.</summary>
internal sealed class FeatureRowRow
{
    public Guid Id { get; set; }
    public string ScorecardId { get; set; } = "";
    public string EntityToken { get; set; } = "";
    public DateTimeOffset AsOf { get; set; }
    public DateTimeOffset WrittenAt { get; set; }
    public Guid WrittenBy { get; set; }
    public string ScoringHash { get; set; } = "";
    public byte[] Content { get; set; } = [];
}

internal sealed class FeatureRowMapping : IEntityTypeConfiguration<FeatureRowRow>
{
    public void Configure(EntityTypeBuilder<FeatureRowRow> builder)
    {
        builder.ToTable("FeatureRows").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.EntityToken).HasMaxLength(64);
        builder.Property(row => row.ScoringHash).HasMaxLength(64);
        builder.HasIndex(row => new { row.ScorecardId, row.EntityToken, row.AsOf });
    }
}
