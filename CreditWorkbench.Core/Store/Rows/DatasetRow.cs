using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>One version of a data set; its bytes lie in the data directory under their hash.</summary>
internal sealed class DatasetRow
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public int Number { get; set; }
    public string ContentHash { get; set; } = "";
    public string HeaderHash { get; set; } = "";
    public string ManifestJson { get; set; } = "";
    public Guid AddedBy { get; set; }
    public DateTimeOffset AddedAt { get; set; }
}

/// <summary>A mapping that was used for a header.</summary>
internal sealed class DatasetMappingRow
{
    public string HeaderHash { get; set; } = "";
    public string Name { get; set; } = "";
    public string MappingJson { get; set; } = "";
    public Guid SavedBy { get; set; }
    public DateTimeOffset SavedAt { get; set; }
}

/// <summary>A finding on a version that somebody took responsibility for.</summary>
internal sealed class DatasetAcknowledgementRow
{
    public Guid DatasetId { get; set; }
    public string Column { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Note { get; set; } = "";
    public Guid ActorId { get; set; }
    public DateTimeOffset At { get; set; }
}

internal sealed class DatasetRowMapping : IEntityTypeConfiguration<DatasetRow>
{
    public void Configure(EntityTypeBuilder<DatasetRow> builder)
    {
        builder.ToTable("Datasets").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.ContentHash).HasMaxLength(64);
        builder.Property(row => row.HeaderHash).HasMaxLength(64);
        builder.HasIndex(row => new { row.Name, row.Number }).IsUnique();
        builder.HasIndex(row => row.ContentHash);
        builder.HasIndex(row => row.AddedAt);
    }
}

internal sealed class DatasetMappingRowMapping : IEntityTypeConfiguration<DatasetMappingRow>
{
    public void Configure(EntityTypeBuilder<DatasetMappingRow> builder)
    {
        builder.ToTable("DatasetMappings").HasKey(row => new { row.HeaderHash, row.Name });
        builder.Property(row => row.HeaderHash).HasMaxLength(64);
        builder.Property(row => row.Name).HasMaxLength(100);
    }
}

internal sealed class DatasetAcknowledgementMapping : IEntityTypeConfiguration<DatasetAcknowledgementRow>
{
    public void Configure(EntityTypeBuilder<DatasetAcknowledgementRow> builder)
    {
        builder.ToTable("DatasetAcknowledgements").HasKey(row => new { row.DatasetId, row.Column, row.Kind });
        builder.Property(row => row.Column).HasMaxLength(300);
        builder.Property(row => row.Kind).HasMaxLength(64);
        builder.HasOne<DatasetRow>().WithMany().HasForeignKey(row => row.DatasetId).OnDelete(DeleteBehavior.Cascade);
    }
}
