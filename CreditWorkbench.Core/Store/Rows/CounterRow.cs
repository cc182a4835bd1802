using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>Last number given out under a name (applications of a year, versions of a model).</summary>
internal sealed class CounterRow
{
    public string Name { get; set; } = "";
    public long Value { get; set; }
}

internal sealed class CounterMapping : IEntityTypeConfiguration<CounterRow>
{
    public void Configure(EntityTypeBuilder<CounterRow> builder)
    {
        builder.ToTable("Counters").HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(200);
    }
}
