using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>One edit of the bins of a column, with the bins after it. Edits are only added; the last one holds.</summary>
internal sealed class BinningEditRow
{
    public Guid DatasetId { get; set; }
    public string Column { get; set; } = "";
    public int Number { get; set; }
    public string Kind { get; set; } = "";
    public string StateJson { get; set; } = "";
    public Guid ActorId { get; set; }
    public DateTimeOffset At { get; set; }
}

internal sealed class BinningEditMapping : IEntityTypeConfiguration<BinningEditRow>
{
    public void Configure(EntityTypeBuilder<BinningEditRow> builder)
    {
        builder.ToTable("BinningEdits").HasKey(row => new { row.DatasetId, row.Column, row.Number });
        builder.Property(row => row.Column).HasMaxLength(300);
        builder.Property(row => row.Kind).HasMaxLength(32);
        builder.HasOne<DatasetRow>().WithMany().HasForeignKey(row => row.DatasetId).OnDelete(DeleteBehavior.Cascade);
    }
}
