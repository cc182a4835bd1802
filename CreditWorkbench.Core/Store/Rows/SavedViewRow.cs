using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

internal sealed class SavedViewRow
{
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public string Name { get; set; } = "";
    public string Query { get; set; } = "";
}

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedViewRow>
{
    public void Configure(EntityTypeBuilder<SavedViewRow> builder)
    {
        builder.ToTable("SavedViews").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(40);
        builder.Property(row => row.Query).HasMaxLength(400);
        builder.HasIndex(row => new { row.UserId, row.Name }).IsUnique();
    }
}
