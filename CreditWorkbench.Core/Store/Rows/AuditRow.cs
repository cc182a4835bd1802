using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>An entry of the trail: written without sequence and hashes, which the sequencer fills in once and nobody changes again.</summary>
internal sealed class AuditRow
{
    /// <summary>Order of insertion.</summary>
    public long Ordinal { get; set; }
    public Guid Id { get; set; }
    public DateTimeOffset At { get; set; }
    public Guid ActorId { get; set; }
    public string Kind { get; set; } = "";
    public string SubjectId { get; set; } = "";
    public string Releases { get; set; } = "";
    /// <summary>Whose data key opens the payload; null for the ring's.</summary>
    public Guid? ApplicantId { get; set; }
    public byte[] Payload { get; set; } = [];
    public string PayloadHash { get; set; } = "";
    /// <summary>Keyed hash of everything above but the ordinal.</summary>
    public byte[] Seal { get; set; } = [];
    public long? Sequence { get; set; }
    public string? PreviousHash { get; set; }
    public string? Hash { get; set; }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("AuditEntries").HasKey(row => row.Ordinal);
        builder.Property(row => row.Kind).HasMaxLength(64);
        builder.Property(row => row.SubjectId).HasMaxLength(200);
        builder.Property(row => row.PayloadHash).HasMaxLength(64);
        builder.Property(row => row.PreviousHash).HasMaxLength(64);
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.HasIndex(row => row.Id).IsUnique();
        builder.HasIndex(row => row.Sequence).IsUnique();
        builder.HasIndex(row => row.Ordinal).HasFilter("\"Sequence\" IS NULL").HasDatabaseName("IX_AuditEntries_Pending");
        builder.HasIndex(row => new { row.SubjectId, row.Sequence });
        builder.HasIndex(row => new { row.Kind, row.Sequence });
    }
}
