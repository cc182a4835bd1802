using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Rollout to row and back.</summary>
internal static class RolloutMap
{
    public static RolloutRow Write(Rollout rollout) => Copy(rollout, new RolloutRow
    {
        Id = rollout.Id,
        ScorecardId = rollout.ScorecardId,
        ChampionRelease = rollout.ChampionRelease.Hex,
        Champion = rollout.Champion,
        ChallengerRelease = rollout.ChallengerRelease.Hex,
        Challenger = rollout.Challenger,
        Salt = rollout.Salt,
        StartedBy = rollout.StartedBy,
        StartedAt = rollout.StartedAt,
        RowVersion = rollout.RowVersion,
    });

    /// <summary>What may change after the start.</summary>
    public static RolloutRow Copy(Rollout rollout, RolloutRow row)
    {
        (row.Mode, row.Share, row.State) = (rollout.Mode, rollout.Share, rollout.State);
        row.GuardrailsJson = StoreJson.Write(rollout.Guardrails);
        (row.EndedBy, row.EndedAt, row.Note) = (rollout.EndedBy, rollout.EndedAt, rollout.Note);
        return row;
    }

    public static Rollout Read(RolloutRow row) => new()
    {
        Id = row.Id,
        ScorecardId = row.ScorecardId,
        ChampionRelease = new ContentHash(row.ChampionRelease),
        Champion = row.Champion,
        ChallengerRelease = new ContentHash(row.ChallengerRelease),
        Challenger = row.Challenger,
        Mode = row.Mode,
        Share = row.Share,
        Salt = row.Salt,
        Guardrails = StoreJson.Read<RolloutGuardrails>(row.GuardrailsJson),
        State = row.State,
        StartedBy = row.StartedBy,
        StartedAt = row.StartedAt,
        EndedBy = row.EndedBy,
        EndedAt = row.EndedAt,
        Note = row.Note,
        RowVersion = row.RowVersion,
    };

    public static RolloutEventRow Write(RolloutEvent change) => new()
    {
        RolloutId = change.RolloutId,
        Kind = change.Kind,
        Share = change.Share,
        ActorId = change.ActorId,
        Note = change.Note,
        At = change.At,
    };

    public static RolloutEvent Read(RolloutEventRow row) => new(row.RolloutId, row.Kind, row.Share, row.ActorId, row.Note, row.At);
}
