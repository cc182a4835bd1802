using CreditWorkbench.Core.Applicants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>An application; its values as ciphertext under the applicant's data key.</summary>
internal sealed class ApplicationRow
{
    public Guid Id { get; set; }
    public string Number { get; set; } = "";
    public Guid ApplicantId { get; set; }
    public string ScorecardId { get; set; } = "";
    public string ScoringHash { get; set; } = "";
    public ApplicationState State { get; set; }
    public byte[] Values { get; set; } = [];
    public byte[] Sources { get; set; } = [];
    public byte[]? OpenEdits { get; set; }
    public long? AmountMinorUnits { get; set; }
    public string? Currency { get; set; }
    public int? TermMonths { get; set; }
    public Guid? LinkedTo { get; set; }
    public Guid? ScoreId { get; set; }
    public string? BranchId { get; set; }
    public Guid? ClientId { get; set; }
    public Guid CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public int Version { get; set; }
}

internal sealed class ApplicationMapping : IEntityTypeConfiguration<ApplicationRow>
{
    public void Configure(EntityTypeBuilder<ApplicationRow> builder)
    {
        builder.ToTable("Applications").Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Number).HasMaxLength(20);
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.ScoringHash).HasMaxLength(64);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Currency).HasMaxLength(3);
        builder.Property(row => row.BranchId).HasMaxLength(64);
        builder.HasIndex(row => row.Number).IsUnique();
        builder.HasIndex(row => row.CreatedAt);
        builder.HasIndex(row => row.ApplicantId);
        builder.HasIndex(row => new { row.ClientId, row.CreatedAt });
        builder.HasIndex(row => new { row.ScorecardId, row.State });
        builder.HasIndex(row => new { row.CreatedBy, row.State });

        // From the scores of a period to their applications; without it, every score walks through all applications.
        builder.HasIndex(row => new { row.ScoreId, row.BranchId, row.TermMonths }).HasDatabaseName("IX_Applications_Portfolio");
        builder.HasOne<ApplicantRow>().WithMany().HasForeignKey(row => row.ApplicantId).OnDelete(DeleteBehavior.Restrict);
    }
}
