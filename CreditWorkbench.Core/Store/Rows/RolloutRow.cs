using CreditWorkbench.Core.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A rollout. A challenger runs once at a time and one canary decides per scorecard: the database itself holds that.</summary>
internal sealed class RolloutRow
{
    public Guid Id { get; set; }
    public string ScorecardId { get; set; } = "";
    public string ChampionRelease { get; set; } = "";
    public string Champion { get; set; } = "";
    public string ChallengerRelease { get; set; } = "";
    public string Challenger { get; set; } = "";
    public RolloutMode Mode { get; set; }
    public int Share { get; set; }
    public string Salt { get; set; } = "";
    public string GuardrailsJson { get; set; } = "";
    public string StreaksJson { get; set; } = "{}";
    public RolloutState State { get; set; }
    public Guid StartedBy { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public Guid? EndedBy { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string Note { get; set; } = "";
    public int RowVersion { get; set; }
}

internal sealed class RolloutMapping : IEntityTypeConfiguration<RolloutRow>
{
    public void Configure(EntityTypeBuilder<RolloutRow> builder)
    {
        builder.ToTable("Rollouts").Property(row => row.RowVersion).IsConcurrencyToken();
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.ChampionRelease).HasMaxLength(64);
        builder.Property(row => row.Champion).HasMaxLength(200);
        builder.Property(row => row.ChallengerRelease).HasMaxLength(64);
        builder.Property(row => row.Challenger).HasMaxLength(200);
        builder.Property(row => row.Mode).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Salt).HasMaxLength(64);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(row => row.StartedAt);
        builder.HasIndex(row => row.ScorecardId).IsUnique().HasFilter($"\"State\" = '{nameof(RolloutState.Running)}' AND \"Mode\" = '{nameof(RolloutMode.Canary)}'")
            .HasDatabaseName("IX_Rollouts_OneCanary");
        builder.HasIndex(row => new { row.ScorecardId, row.ChallengerRelease }).IsUnique().HasFilter($"\"State\" = '{nameof(RolloutState.Running)}'")
            .HasDatabaseName("IX_Rollouts_OneRunning");
    }
}

/// <summary>Something that was done to a rollout.</summary>
internal sealed class RolloutEventRow
{
    public long Id { get; set; }
    public Guid RolloutId { get; set; }
    public string Kind { get; set; } = "";
    public int Share { get; set; }
    public Guid ActorId { get; set; }
    public string Note { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

internal sealed class RolloutEventMapping : IEntityTypeConfiguration<RolloutEventRow>
{
    public void Configure(EntityTypeBuilder<RolloutEventRow> builder)
    {
        builder.ToTable("RolloutEvents").HasIndex(row => row.RolloutId);
        builder.Property(row => row.Kind).HasMaxLength(32);
        builder.HasOne<RolloutRow>().WithMany().HasForeignKey(row => row.RolloutId).OnDelete(DeleteBehavior.Restrict);
    }
}
