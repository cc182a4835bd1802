using CreditWorkbench.Core.Scoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>An issued score. Clear: what lists, histograms and the portfolio read. Under the applicant's data key: the rest as JSON, the
/// explanation, the roadmap and the values.</summary>
internal sealed class ScoreRow
{
    public Guid Id { get; set; }
    public Guid ApplicationId { get; set; }
    public Guid ApplicantId { get; set; }
    public string ScorecardId { get; set; } = "";
    public string ReleaseHash { get; set; } = "";
    public string Model { get; set; } = "";
    public int NumericContract { get; set; }
    public DateTimeOffset ScoredAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public int Issued { get; set; }
    public string Grade { get; set; } = "";
    public long MarginBits { get; set; }
    public Recommendation Recommendation { get; set; }
    public double Pd { get; set; }
    public double? ExpectedLoss { get; set; }
    public byte[] Document { get; set; } = [];
    public byte[]? Explanation { get; set; }
    public byte[]? Roadmap { get; set; }
    public byte[] Values { get; set; } = [];
}

internal sealed class ScoreMapping : IEntityTypeConfiguration<ScoreRow>
{
    public void Configure(EntityTypeBuilder<ScoreRow> builder)
    {
        builder.ToTable("Scores").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.ReleaseHash).HasMaxLength(64);
        builder.Property(row => row.Model).HasMaxLength(200);
        builder.Property(row => row.Grade).HasMaxLength(16);
        builder.Property(row => row.Recommendation).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(row => new { row.ApplicationId, row.ScoredAt });
        builder.HasIndex(row => new { row.ScorecardId, row.ScoredAt });

        // Holds every column that the portfolio counts: a period is read from the index, past the documents of the rows.
        builder.HasIndex(row => new { row.ScoredAt, row.Id, row.ScorecardId, row.Issued, row.Pd, row.Recommendation }).HasDatabaseName("IX_Scores_Portfolio");
        builder.HasOne<ApplicationRow>().WithMany().HasForeignKey(row => row.ApplicationId).OnDelete(DeleteBehavior.Restrict);
    }
}
