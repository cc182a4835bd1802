using CreditWorkbench.Core.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>How many cases of one side of a rollout fell into a bin of a measure within a minute.</summary>
internal sealed class RolloutTallyRow
{
    public Guid RolloutId { get; set; }
    public RolloutArm Arm { get; set; }
    public DateTimeOffset Minute { get; set; }
    public string Measure { get; set; } = "";
    public int Bin { get; set; }
    public long Count { get; set; }
}

internal sealed class RolloutTallyMapping : IEntityTypeConfiguration<RolloutTallyRow>
{
    public void Configure(EntityTypeBuilder<RolloutTallyRow> builder)
    {
        builder.ToTable("RolloutTallies").HasKey(row => new { row.RolloutId, row.Arm, row.Minute, row.Measure, row.Bin });
        builder.Property(row => row.Arm).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Measure).HasMaxLength(16);
    }
}
