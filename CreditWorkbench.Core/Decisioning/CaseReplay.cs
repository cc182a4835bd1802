using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Scores the values of a past case again, by the release and the step of the chain that answered then.</summary>
/// <param name="lines">Lines of releases.</param>
/// <param name="catalog">Dictionaries, for cases that rules alone decided.</param>
public sealed class CaseReplay(ServingLines lines, IScorecardCatalog catalog)
{
    /// <summary>Scores again.</summary>
    /// <param name="release">Release that answered.</param>
    /// <param name="values">The values as canonical JSON.</param>
    /// <param name="terms">Amount and term, where no input states them.</param>
    /// <param name="warnings">Warnings of the answer: they name the step.</param>
    /// <param name="cancellationToken">Stops before the release is loaded.</param>
    /// <returns>Score and recommendation, or why the release cannot be had any more.</returns>
    public async Task<Outcome<(Score Score, Recommendation Recommendation)>> AgainAsync(
        ReleaseReference release, ReadOnlyMemory<byte> values, ApplicationTerms terms, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        if (release.Model == RuleBaseline.ModelName) return await RulesAgainAsync(release, values, terms, cancellationToken);
        if (!(await lines.ByHashAsync(release.Hash, cancellationToken)).TryGet(out var line, out var problems)) return Outcome<(Score, Recommendation)>.Refused(problems);
        if (!InputRecordJson.FromBytes(line.Release.Definition, values).TryGet(out var record, out problems)) return Outcome<(Score, Recommendation)>.Refused(problems);
        var scored = warnings.Contains(Fallbacks.Raw) ? line.ScoreRaw(record, terms) : line.Score(record, terms);
        return (scored.Score, WithReasons(line, scored, warnings).Recommendation);
    }

    // Only a decline by score depends on whether a reason could be told; where the explanation had failed, nobody asked.
    private static PolicyOutcome WithReasons(ServingLine line, ScoredCase scored, IReadOnlyList<string> warnings)
    {
        var policy = scored.Policy;
        if (policy.Recommendation != Recommendation.Decline || policy.DecidedByRule is not null || warnings.Any(warning => warning.StartsWith("explanation.", StringComparison.Ordinal))) return policy;
        if (!line.Release.Explainer.GivesReasons) return PolicyEvaluator.WithReasons(policy, reasons: 0);
        return line.Reasons(scored).TryGet(out var told, out _) ? told.Policy : policy;
    }

    private async Task<Outcome<(Score Score, Recommendation Recommendation)>> RulesAgainAsync(ReleaseReference release, ReadOnlyMemory<byte> values, ApplicationTerms terms, CancellationToken cancellationToken)
    {
        if (await catalog.FindAsync(release.ScorecardId, cancellationToken) is not { } definition) return new Problem("scorecard.notFound", "There is no such scorecard.");
        var rules = new RuleBaseline(definition, null);
        if (rules.Reference.Hash != release.Hash) return new Problem("release.notFound", "The rules have changed since.") { Remedy = "See the versions of the scorecard." };
        return InputRecordJson.FromBytes(definition, values).Then<(Score, Recommendation)>(record =>
        {
            var scored = rules.Score(record, terms);
            return (scored.Score, scored.Policy.Recommendation);
        });
    }
}
