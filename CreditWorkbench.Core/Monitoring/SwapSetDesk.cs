using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Swap-set reports: of a rollout, over its pairs, or ahead of one, over what the champion decided lately. Needs
/// <see cref="Permission.ReadModels"/>. Reports are counts and means; no case leaves this room.</summary>
public sealed class SwapSetDesk(IRolloutStore rollouts, IRolloutEvidence evidence, PairedRescoring rescoring, ReleaseSource releases, SwapSetFacts facts)
{
    /// <summary>Pairs that a report takes in at most, the newest.</summary>
    public const int MostPairs = 10_000;

    /// <summary>Recent scores that are scored again at most.</summary>
    public const int MostRecent = 300;

    /// <summary>The report of a rollout; <c>rollout.notFound</c>.</summary>
    public async Task<Outcome<SwapSetReport>> OfRolloutAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        if (await rollouts.FindAsync(id, cancellationToken) is not { } rollout) return new Problem("rollout.notFound", "There is no such rollout.") { Remedy = "See the list of rollouts." };
        var pairs = await evidence.PairsAsync(id, rollout.StartedAt, MostPairs, cancellationToken);
        return await ReportAsync(rollout.ChampionRelease, pairs, cancellationToken);
    }

    /// <summary>What a challenger would have decided on the newest scores of the champion.</summary>
    /// <param name="challengerRelease">Release.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<SwapSetReport>> PreviewAsync(ContentHash challengerRelease, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        return (await rescoring.RecentAsync(challengerRelease, MostRecent, cancellationToken)).TryGet(out var pairs, out var problems)
            ? await ReportAsync(challengerRelease, pairs, cancellationToken)
            : Outcome<SwapSetReport>.Refused(problems);
    }

    private async Task<Outcome<SwapSetReport>> ReportAsync(ContentHash release, IReadOnlyList<RolloutPair> pairs, CancellationToken cancellationToken)
    {
        if (!(await releases.ByHashAsync(release, cancellationToken)).TryGet(out var opened, out var problems)) return Outcome<SwapSetReport>.Refused(problems);
        return SwapSets.Of(pairs, await facts.OutcomesAsync(pairs, cancellationToken), await facts.GroupsAsync(opened.Definition, pairs, cancellationToken));
    }
}

/// <summary>What is known of the cases of a report beside the scores: outcomes, and groups from the sensitive vault.</summary>
public sealed class SwapSetFacts(IOutcomeStore outcomes, SensitiveGroupReader groups)
{
    /// <summary>Whether a case turned out bad, by application or prediction.</summary>
    public async Task<IReadOnlyDictionary<Guid, bool>> OutcomesAsync(IReadOnlyList<RolloutPair> pairs, CancellationToken cancellationToken) =>
        (await outcomes.CurrentOfAsync([.. pairs.Select(pair => pair.ApplicationId ?? pair.SubjectId).Distinct()], cancellationToken)).ToDictionary(outcome => outcome.Subject.Id, outcome => outcome.Bad);

    /// <summary>Groups per sensitive input, by application.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<Guid, string>>> GroupsAsync(
        Scorecards.ScorecardDefinition definition, IReadOnlyList<RolloutPair> pairs, CancellationToken cancellationToken) =>
        groups.ReadAsync(definition, [.. pairs.Select(pair => pair.ApplicationId).OfType<Guid>().Distinct()], cancellationToken);
}
