using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A dictionary in the making: at most one per scorecard.</summary>
internal sealed class ScorecardDraftRow
{
    public string ScorecardId { get; set; } = "";
    public string SourceText { get; set; } = "";
    public string? BaseScoringHash { get; set; }
    public string? BasePresentationHash { get; set; }
    public Guid ChangedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    public int RowVersion { get; set; }
}

internal sealed class ScorecardDraftMapping : IEntityTypeConfiguration<ScorecardDraftRow>
{
    public void Configure(EntityTypeBuilder<ScorecardDraftRow> builder)
    {
        builder.ToTable("ScorecardDrafts").HasKey(row => row.ScorecardId);
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.BaseScoringHash).HasMaxLength(64);
        builder.Property(row => row.BasePresentationHash).HasMaxLength(64);
        builder.Property(row => row.RowVersion).IsConcurrencyToken();
    }
}
