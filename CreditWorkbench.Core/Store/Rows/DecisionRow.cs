using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A decision; the justification as ciphertext under the applicant's data key, because people write names into it.</summary>
internal sealed class DecisionRow
{
    public Guid Id { get; set; }
    public Guid CaseId { get; set; }
    public Guid ApplicationId { get; set; }
    public Guid ApplicantId { get; set; }
    public Guid ScoreId { get; set; }
    public Verdict Verdict { get; set; }
    public long? AmountMinorUnits { get; set; }
    public string? Currency { get; set; }
    public double? InterestRate { get; set; }
    public int? TermMonths { get; set; }
    public byte[] Justification { get; set; } = [];
    public OverrideKind Override { get; set; }
    public string? OverrideReason { get; set; }
    public Guid DecidedBy { get; set; }
    public string DecidedByName { get; set; } = "";
    public DateTimeOffset DecidedAt { get; set; }
    public bool NeedsSecond { get; set; }
    public Guid? SecondBy { get; set; }
    public DateTimeOffset? SecondAt { get; set; }
}

internal sealed class DecisionMapping : IEntityTypeConfiguration<DecisionRow>
{
    public void Configure(EntityTypeBuilder<DecisionRow> builder)
    {
        builder.ToTable("Decisions").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Verdict).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Currency).HasMaxLength(3);
        builder.Property(row => row.Override).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.OverrideReason).HasMaxLength(100);
        builder.Property(row => row.DecidedByName).HasMaxLength(200);
        builder.HasIndex(row => new { row.CaseId, row.DecidedAt });
        builder.HasIndex(row => row.DecidedAt);
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}
