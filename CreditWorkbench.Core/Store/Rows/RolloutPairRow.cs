using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A case as both sides of a rollout see it. Values stay with the issued score; reasons are under the applicant's data key, or the
/// ring's where there is no applicant.</summary>
internal sealed class RolloutPairRow
{
    public Guid Id { get; set; }
    public Guid RolloutId { get; set; }
    public DateTimeOffset At { get; set; }
    public RolloutArm IssuedBy { get; set; }
    public Guid SubjectId { get; set; }
    public Guid? ApplicationId { get; set; }
    public Guid? ApplicantId { get; set; }
    public int ChampionScore { get; set; }
    public string ChampionGrade { get; set; } = "";
    public double ChampionPd { get; set; }
    public Recommendation ChampionDecision { get; set; }
    public double? ChampionLoss { get; set; }
    public int ChallengerScore { get; set; }
    public string ChallengerGrade { get; set; } = "";
    public double ChallengerPd { get; set; }
    public Recommendation ChallengerDecision { get; set; }
    public double? ChallengerLoss { get; set; }
    public byte[] Reasons { get; set; } = [];
}

internal sealed class RolloutPairMapping : IEntityTypeConfiguration<RolloutPairRow>
{
    public void Configure(EntityTypeBuilder<RolloutPairRow> builder)
    {
        builder.ToTable("RolloutPairs").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.IssuedBy).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.ChampionGrade).HasMaxLength(16);
        builder.Property(row => row.ChallengerGrade).HasMaxLength(16);
        builder.Property(row => row.ChampionDecision).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.ChallengerDecision).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(row => new { row.RolloutId, row.At });
        builder.HasIndex(row => row.ApplicantId);
    }
}
