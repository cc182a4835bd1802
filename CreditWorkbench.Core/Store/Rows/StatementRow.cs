using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A bank statement; name and bytes as ciphertext under the applicant's data key.</summary>
internal sealed class StatementRow
{
    public Guid Id { get; set; }
    public Guid ApplicationId { get; set; }
    public Guid ApplicantId { get; set; }
    public byte[] Name { get; set; } = [];
    public byte[] Content { get; set; } = [];
    public string ContentHash { get; set; } = "";
    public long Bytes { get; set; }
    public string MappingJson { get; set; } = "";
    public Guid AddedBy { get; set; }
    public DateTimeOffset AddedAt { get; set; }
}

/// <summary>How statements with certain columns are read.</summary>
internal sealed class StatementMappingRow
{
    public string HeaderHash { get; set; } = "";
    public string Bank { get; set; } = "";
    public string MappingJson { get; set; } = "";
}

internal sealed class StatementRowMapping : IEntityTypeConfiguration<StatementRow>, IEntityTypeConfiguration<StatementMappingRow>
{
    public void Configure(EntityTypeBuilder<StatementRow> builder)
    {
        builder.ToTable("Statements").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ContentHash).HasMaxLength(64);
        builder.HasIndex(row => row.ApplicationId);
        builder.HasIndex(row => row.ApplicantId);
        builder.HasOne<ApplicantRow>().WithMany().HasForeignKey(row => row.ApplicantId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<StatementMappingRow> builder)
    {
        builder.ToTable("StatementMappings").HasKey(row => row.HeaderHash);
        builder.Property(row => row.HeaderHash).HasMaxLength(64);
        builder.Property(row => row.Bank).HasMaxLength(100);
    }
}
