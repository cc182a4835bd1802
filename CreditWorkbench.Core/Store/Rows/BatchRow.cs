using CreditWorkbench.Core.Decisioning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

internal sealed class BatchRow
{
    public Guid Id { get; set; }
    public Guid OwnerId { get; set; }
    public string ScorecardId { get; set; } = "";
    public string Release { get; set; } = "";
    public string Model { get; set; } = "";
    public BatchFormat Format { get; set; }
    public SheetExplanation Explanation { get; set; }
    public string? IdColumn { get; set; }
    public string LegalBasis { get; set; } = "";
    public string InputHash { get; set; } = "";
    public long InputBytes { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public BatchState State { get; set; }
    public long Rows { get; set; }
    public long Rejected { get; set; }
    public string ErrorsJson { get; set; } = "[]";
    public string? ResultHash { get; set; }
    public string? Problem { get; set; }
    public DateTimeOffset? RemovedAt { get; set; }
}

internal sealed class BatchMapping : IEntityTypeConfiguration<BatchRow>
{
    public void Configure(EntityTypeBuilder<BatchRow> builder)
    {
        builder.ToTable("Batches").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.Release).HasMaxLength(64);
        builder.Property(row => row.Model).HasMaxLength(200);
        builder.Property(row => row.Format).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Explanation).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.IdColumn).HasMaxLength(200);
        builder.Property(row => row.LegalBasis).HasMaxLength(100);
        builder.Property(row => row.InputHash).HasMaxLength(64);
        builder.Property(row => row.ResultHash).HasMaxLength(64);
        builder.HasIndex(row => new { row.OwnerId, row.CreatedAt });
        builder.HasIndex(row => row.EndedAt);
    }
}
