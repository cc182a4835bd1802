using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A model's bytes as ciphertext under the ring's key; apart from the model, so that lists stay light.</summary>
internal sealed class PackageRow
{
    public Guid ModelId { get; set; }
    public byte[] Content { get; set; } = [];
}

internal sealed class PackageMapping : IEntityTypeConfiguration<PackageRow>
{
    public void Configure(EntityTypeBuilder<PackageRow> builder)
    {
        builder.ToTable("Packages").HasKey(row => row.ModelId);
        builder.Property(row => row.ModelId).ValueGeneratedNever();
        builder.HasOne<ModelRow>().WithOne().HasForeignKey<PackageRow>(row => row.ModelId).OnDelete(DeleteBehavior.Restrict);
    }
}
