using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>The last link of the chain, sealed: without it entries cut off at the end would not be missed.</summary>
internal sealed class AuditHeadRow
{
    public const int OnlyId = 1;

    public int Id { get; set; } = OnlyId;
    public long Sequence { get; set; }
    public string Hash { get; set; } = "";
    /// <summary>Fencing token of the sequencer that wrote it.</summary>
    public long FencingToken { get; set; }
    public byte[] Seal { get; set; } = [];
    /// <summary>Fingerprint of the key ring that seals this store.</summary>
    public string Ring { get; set; } = "";
}

internal sealed class AuditHeadMapping : IEntityTypeConfiguration<AuditHeadRow>
{
    public void Configure(EntityTypeBuilder<AuditHeadRow> builder)
    {
        builder.ToTable("AuditHead").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.Property(row => row.Ring).HasMaxLength(64);
    }
}
