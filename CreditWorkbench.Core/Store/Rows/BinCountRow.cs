using CreditWorkbench.Core.Decisioning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>How many scores of a release fell into a bin on a day, by the door that they left by.</summary>
internal sealed class BinCountRow
{
    public string ReleaseHash { get; set; } = "";
    public DateOnly Day { get; set; }
    public ScoreDoor Door { get; set; }
    public string Feature { get; set; } = "";
    public int Bin { get; set; }
    public string ScorecardId { get; set; } = "";
    public long Count { get; set; }
}

internal sealed class BinCountMapping : IEntityTypeConfiguration<BinCountRow>
{
    public void Configure(EntityTypeBuilder<BinCountRow> builder)
    {
        builder.ToTable("BinCounts").HasKey(row => new { row.ReleaseHash, row.Day, row.Door, row.Feature, row.Bin });
        builder.Property(row => row.ReleaseHash).HasMaxLength(64);
        builder.Property(row => row.Door).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Feature).HasMaxLength(200);
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.HasIndex(row => new { row.ScorecardId, row.Day });
    }
}
