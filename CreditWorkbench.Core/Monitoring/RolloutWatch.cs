using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Looks after rollouts in force: takes a challenger back when a limit is broken often enough in a row, and closes a rollout whose champion
/// is no more in production.</summary>
public sealed class RolloutWatch(IRolloutStore rollouts, RolloutReader reader, RolloutDesk desk, IModelStore models, AlertDesk alerts)
{
    private const string Seen = "seen";

    /// <summary>Looks at every rollout once. Only one node may do this at a time.</summary>
    /// <returns>Rollouts that were closed.</returns>
    public async Task<IReadOnlyList<Rollout>> CheckAsync(CancellationToken cancellationToken)
    {
        var closed = new List<Rollout>();
        foreach (var rollout in await rollouts.RunningAsync(cancellationToken))
        {
            var champion = await models.InProductionAsync(rollout.ScorecardId, cancellationToken);
            var outcome = champion?.ReleaseHash == rollout.ChampionRelease ? await JudgeAsync(rollout, cancellationToken) : await CloseAsync(rollout, champion, cancellationToken);
            if (outcome is not null && outcome.TryGet(out var done, out _)) closed.Add(done);
        }

        return closed;
    }

    private Task<Outcome<Rollout>> CloseAsync(Rollout rollout, RegisteredModel? champion, CancellationToken cancellationToken) => champion?.ReleaseHash == rollout.ChallengerRelease
        ? desk.CloseAsPromotedAsync(rollout.Id, rollout.RowVersion, $"{rollout.Challenger} went into production.", cancellationToken)
        : desk.EndAsync(rollout.Id, rollout.RowVersion, $"{rollout.Champion} is no more in production.", Actor.System, cancellationToken);

    private async Task<Outcome<Rollout>?> JudgeAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var watched = await reader.WatchAsync(rollout, cancellationToken);
        var before = await rollouts.StreaksAsync(rollout.Id, cancellationToken);
        var after = Advance(before, watched);
        if (watched.Readings.FirstOrDefault(reading => after.GetValueOrDefault($"{reading.Guardrail}") >= rollout.Guardrails.Confirmations) is { } broken)
        {
            await alerts.RaiseAsync(AlertOf(rollout, broken), Actor.System, cancellationToken);
            return await desk.RollBackAsync(rollout.Id, rollout.RowVersion, NoteOf(broken), Actor.System, cancellationToken);
        }

        if (!before.OrderBy(entry => entry.Key, StringComparer.Ordinal).SequenceEqual(after.OrderBy(entry => entry.Key, StringComparer.Ordinal)))
            await rollouts.SaveStreaksAsync(rollout.Id, after, cancellationToken);
        return null;
    }

    // A second look at the same cases confirms nothing: a streak grows only with cases that are new.
    private static Dictionary<string, int> Advance(IReadOnlyDictionary<string, int> before, WatchedRollout watched)
    {
        var runs = (int)Math.Min(int.MaxValue, watched.Figures.Challenger.Runs);
        var fresh = before.GetValueOrDefault(Seen, -1) != runs;
        var after = new Dictionary<string, int> { [Seen] = runs };
        foreach (var reading in watched.Readings)
        {
            if (reading.Verdict == GuardrailVerdict.Broken) after[$"{reading.Guardrail}"] = before.GetValueOrDefault($"{reading.Guardrail}") + (fresh ? 1 : 0);
        }

        return after;
    }

    private static AlertRequest AlertOf(Rollout rollout, GuardrailReading broken)
    {
        var facts = new Dictionary<string, string>
        {
            ["champion"] = rollout.Champion,
            ["challenger"] = rollout.Challenger,
            ["mode"] = $"{rollout.Mode}",
            ["share"] = Text(rollout.Share),
            ["guardrail"] = $"{broken.Guardrail}",
            ["value"] = Text(broken.Value),
            ["limit"] = Text(broken.Limit),
            ["championValue"] = Text(broken.Champion),
            ["challengerValue"] = Text(broken.Challenger),
            ["cases"] = Text(broken.Cases),
        };
        if (broken.PValue is { } p) facts["p"] = p.ToString("0.0e0", CultureInfo.InvariantCulture);
        if (broken.Group is { } group) (facts["input"], facts["group"]) = (group.Input, group.Group);
        return new AlertRequest("rollout.rolledBack", AlertSeverity.Critical, $"rollout.rolledBack:{rollout.Id}", rollout.ScorecardId, rollout.Id.ToString(), facts);
    }

    private static string NoteOf(GuardrailReading broken)
    {
        var about = broken.Group is { } group ? $" ({group.Input} {group.Group})" : "";
        return $"Guardrail {broken.Guardrail}{about}: {Text(broken.Value)}, limit {Text(broken.Limit)}; champion {Text(broken.Champion)}, challenger {Text(broken.Challenger)}, {Text(broken.Cases)} cases.";
    }

    private static string Text(double? value) => value is { } number ? number.ToString("0.####", CultureInfo.InvariantCulture) : "-";
}
