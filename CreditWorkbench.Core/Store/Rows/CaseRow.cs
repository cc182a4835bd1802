using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A case. From <c>ApplicantId</c> on: copied from the application and the score under review, so that a page of the queue is
/// filtered, ordered and read from this table alone.</summary>
internal sealed class CaseRow
{
    public Guid Id { get; set; }
    public Guid ApplicationId { get; set; }
    public Guid ScoreId { get; set; }
    public CaseState State { get; set; }
    public int Priority { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public Guid? ClaimedBy { get; set; }
    public string? ClaimedByName { get; set; }
    public DateTimeOffset? ClaimedAt { get; set; }
    public DateTimeOffset? ObjectedAt { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    public Guid ApplicantId { get; set; }
    public string Number { get; set; } = "";
    public string ScorecardId { get; set; } = "";
    public long? AmountMinorUnits { get; set; }
    public string? Currency { get; set; }
    public int Issued { get; set; }
    public string Grade { get; set; } = "";
    public Recommendation Recommendation { get; set; }
    public int Version { get; set; }
}

internal sealed class CaseMapping : IEntityTypeConfiguration<CaseRow>
{
    public void Configure(EntityTypeBuilder<CaseRow> builder)
    {
        builder.ToTable("Cases").Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.ClaimedByName).HasMaxLength(200);
        builder.Property(row => row.Number).HasMaxLength(20);
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.Currency).HasMaxLength(3);
        builder.Property(row => row.Grade).HasMaxLength(16);
        builder.Property(row => row.Recommendation).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(row => row.ApplicationId).IsUnique();
        builder.HasIndex(row => row.ApplicantId);
        builder.HasIndex(row => row.ChangedAt);
        builder.HasIndex(row => new { row.State, row.Priority, row.DueAt });
        builder.HasOne<ApplicationRow>().WithMany().HasForeignKey(row => row.ApplicationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ScoreRow>().WithMany().HasForeignKey(row => row.ScoreId).OnDelete(DeleteBehavior.Restrict);
    }
}
