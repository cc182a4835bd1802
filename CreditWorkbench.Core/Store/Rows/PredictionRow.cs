using CreditWorkbench.Core.Scoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A stateless prediction. Clear: what was decided by which release for which client. Under the ring's key: the values, the
/// client's reference and the legal basis; the reference is found again by its keyed hash.</summary>
internal sealed class PredictionRow
{
    public Guid Id { get; set; }
    public DateTimeOffset At { get; set; }
    public Guid ClientId { get; set; }
    public string ScorecardId { get; set; } = "";
    public string ReleaseHash { get; set; } = "";
    public string Model { get; set; } = "";
    public int NumericContract { get; set; }
    public string InputHash { get; set; } = "";
    public string Kind { get; set; } = "";
    public int Issued { get; set; }
    public string Grade { get; set; } = "";
    public Recommendation Decision { get; set; }
    public long MarginBits { get; set; }
    public double? Pd { get; set; }
    public string Warnings { get; set; } = "";
    public bool FromCache { get; set; }
    public string? ReferenceToken { get; set; }
    public byte[] Snapshot { get; set; } = [];
    public Guid BlockId { get; set; }
    public int Place { get; set; }
}

/// <summary>Predictions that came into the store together, with one entry of the audit trail.</summary>
internal sealed class PredictionBlockRow
{
    public Guid Id { get; set; }
    public string Segment { get; set; } = "";
    public long FromByte { get; set; }
    public long ToByte { get; set; }
    public int Count { get; set; }
    public string Hash { get; set; } = "";
    public DateTimeOffset MovedAt { get; set; }
}

internal sealed class PredictionMapping : IEntityTypeConfiguration<PredictionRow>
{
    public void Configure(EntityTypeBuilder<PredictionRow> builder)
    {
        builder.ToTable("Predictions").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.ReleaseHash).HasMaxLength(64);
        builder.Property(row => row.Model).HasMaxLength(200);
        builder.Property(row => row.InputHash).HasMaxLength(64);
        builder.Property(row => row.Kind).HasMaxLength(16);
        builder.Property(row => row.Grade).HasMaxLength(16);
        builder.Property(row => row.Decision).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Warnings).HasMaxLength(1000);
        builder.Property(row => row.ReferenceToken).HasMaxLength(32);
        builder.HasIndex(row => new { row.ClientId, row.ReferenceToken }).HasFilter("\"ReferenceToken\" IS NOT NULL");
        builder.HasIndex(row => new { row.ScorecardId, row.At });
        builder.HasIndex(row => new { row.BlockId, row.Place }).IsUnique();
    }
}

internal sealed class PredictionBlockMapping : IEntityTypeConfiguration<PredictionBlockRow>
{
    public void Configure(EntityTypeBuilder<PredictionBlockRow> builder)
    {
        builder.ToTable("PredictionBlocks").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Segment).HasMaxLength(64);
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.HasIndex(row => new { row.Segment, row.FromByte }).IsUnique();
        builder.HasIndex(row => row.MovedAt);
    }
}
