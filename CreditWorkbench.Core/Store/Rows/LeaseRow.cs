using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>Who may do a thing that only one node does at a time.</summary>
internal sealed class LeaseRow
{
    public string Name { get; set; } = "";
    public string Owner { get; set; } = "";
    /// <summary>Rises with every change of owner.</summary>
    public long FencingToken { get; set; }
    public DateTimeOffset Until { get; set; }
}

internal sealed class LeaseMapping : IEntityTypeConfiguration<LeaseRow>
{
    public void Configure(EntityTypeBuilder<LeaseRow> builder)
    {
        builder.ToTable("Leases").HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(64);
        builder.Property(row => row.Owner).HasMaxLength(200);
    }
}
