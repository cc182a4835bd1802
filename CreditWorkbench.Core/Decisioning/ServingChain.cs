using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Scores whatever happens, and says so: calibrators fail -> raw margin; the model fails -> the version before it, then rules alone;
/// the explanation fails -> a score without one. Both doors go through here.</summary>
/// <param name="lines">Lines of releases.</param>
/// <param name="engine">The arithmetic.</param>
/// <param name="models">Knows which versions were in production before.</param>
/// <param name="catalog">Dictionaries, for when no version can be loaded.</param>
/// <param name="log">Hears of every step that failed.</param>
public sealed class ServingChain(ServingLines lines, IServingEngine engine, IModelStore models, IScorecardCatalog catalog, ILogger<ServingChain> log)
{
    private const int MostPrevious = 3;

    /// <summary>Lines of releases, and the choice between them.</summary>
    public ServingLines Lines => lines;

    /// <summary>Finds what can score for a scorecard.</summary>
    /// <param name="scorecardId">Scorecard.</param>
    /// <param name="current">The line that was chosen, or why it cannot be had.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Where to start; <c>scorecard.notFound</c>, <c>model.none</c>.</returns>
    public async ValueTask<Outcome<ServingStart>> OpenAsync(string scorecardId, Outcome<ServingLine> current, CancellationToken cancellationToken)
    {
        if (current.TryGet(out var line, out var problems)) return new ServingStart(line.Release.Definition, line, []);
        if (await catalog.FindAsync(scorecardId, cancellationToken) is not { } definition) return new Problem("scorecard.notFound", "There is no such scorecard.") { Remedy = "See the list of scorecards." };
        if (problems[0].Code == "model.none")
        {
            ServingMetrics.Failed(problems[0].Code);
            return Outcome<ServingStart>.Refused(problems);
        }

        log.LogError("The model of {Scorecard} cannot be used: {Problem}", scorecardId, problems[0]);
        return await PreviousAsync(scorecardId, null, null, cancellationToken).FirstOrDefaultAsync(cancellationToken) is { } previous
            ? new ServingStart(previous.Release.Definition, previous, [Fallbacks.Previous])
            : new ServingStart(definition, null, [Fallbacks.Baseline]);
    }

    /// <summary>Scores a record.</summary>
    /// <param name="start">What can score.</param>
    /// <param name="record">Accepted values of the start's dictionary.</param>
    /// <param name="terms">Amount and term, where no input states them.</param>
    /// <param name="cancellationToken">Stops reading of earlier versions.</param>
    /// <returns>The case, or <c>engine.failed</c> when not even the rules could be asked.</returns>
    public ValueTask<Outcome<ServedCase>> ScoreAsync(ServingStart start, InputRecord record, ApplicationTerms terms, CancellationToken cancellationToken) =>
        start.Line is { } line && start.Warnings.Count == 0 && Try(() => engine.Score(line, record, terms)) is { } scored
            ? new(new ServedCase(line, line.Reference, scored, []))
            : FallBackAsync(start, record, terms, cancellationToken);

    /// <summary>Explains a case; a decline without a reason that could be told becomes a referral.</summary>
    /// <returns>The explanation, or null with a warning that says why there is none.</returns>
    /// <param name="served">The case.</param>
    /// <param name="method">How absent features are imagined.</param>
    /// <param name="briefly">Whether families and favourable sentences may be left out.</param>
    public ExplainedCase Explain(ServedCase served, AttributionMethod method = AttributionMethod.Interventional, bool briefly = false)
    {
        if (served.Line is not { } line) return new ExplainedCase(null, [], served.Scored.Policy, []);
        var outcome = TryOutcome(() => engine.Explain(line, served.Scored, method, briefly));
        return outcome.TryGet(out var explained, out var problems)
            ? new ExplainedCase(explained.Explanation, explained.Explanation.Reasons, explained.Policy, [])
            : Unexplained(served, problems);
    }

    /// <summary>The reasons alone; a decline without a reason that could be told becomes a referral.</summary>
    public ExplainedCase Reasons(ServedCase served)
    {
        if (served.Line is not { } line) return new ExplainedCase(null, [], served.Scored.Policy, []);
        if (!line.Release.Explainer.GivesReasons) return new ExplainedCase(null, [], PolicyEvaluator.WithReasons(served.Scored.Policy, reasons: 0), []);
        var outcome = TryOutcome(() => engine.Reasons(line, served.Scored));
        return outcome.TryGet(out var found, out var problems) ? new ExplainedCase(null, found.Reasons, found.Policy, []) : Unexplained(served, problems);
    }

    /// <summary>A way to a target score, re-scored step by step.</summary>
    /// <param name="served">A case that a line scored.</param>
    /// <param name="target">Issued score.</param>
    public Roadmap Plan(ServedCase served, int target) => engine.Plan(served.Line!, served.Scored, default, target);

    private static ExplainedCase Unexplained(ServedCase served, IReadOnlyList<Problem> problems)
    {
        ServingMetrics.Failed(Fallbacks.Unexplained);
        return new ExplainedCase(null, [], served.Scored.Policy, [.. problems.Select(problem => problem.Code).Distinct()]);
    }

    private async ValueTask<Outcome<ServedCase>> FallBackAsync(ServingStart start, InputRecord record, ApplicationTerms terms, CancellationToken cancellationToken)
    {
        if (start.Line is { } line)
        {
            // The start may itself be an earlier version, because the current one could not be loaded.
            if (start.Warnings.Count > 0 && Try(() => engine.Score(line, record, terms)) is { } scored) return Told(line, line.Reference, scored, start.Warnings);
            if (await ChampionAsync(line, record, terms, cancellationToken) is { } champion) return champion;
            if (Try(() => engine.ScoreRaw(line, record, terms)) is { } raw) return Told(line, line.Reference, raw, [.. start.Warnings, Fallbacks.Raw]);
            await foreach (var previous in PreviousAsync(start.Definition.Id, line, start.Definition.ScoringHash, cancellationToken))
            {
                // Equal scoring hashes mean equal inputs in equal order.
                var rebound = new InputRecord(previous.Release.Definition, [.. record.Values]);
                if (Try(() => engine.Score(previous, rebound, terms)) is { } earlier) return Told(previous, previous.Reference, earlier, [Fallbacks.Previous]);
            }
        }

        var rules = TryBuild(start);
        if (rules is not null && Try(() => rules.Score(record, terms)) is { } ruled) return Told(null, rules.Reference, ruled, [Fallbacks.Baseline]);
        ServingMetrics.Failed("engine.failed");
        return new Problem("engine.failed", "The case could not be scored.") { Remedy = "Try again later; the operators can see why in the log." };
    }

    // A challenger that fails leaves the case to the champion, before anything weaker is tried.
    private async ValueTask<ServedCase?> ChampionAsync(ServingLine failed, InputRecord record, ApplicationTerms terms, CancellationToken cancellationToken)
    {
        if (!(await lines.InProductionAsync(failed.Release.Definition.Id, cancellationToken)).TryGet(out var champion, out _) || champion == failed) return null;
        if (champion.Release.Definition.ScoringHash != failed.Release.Definition.ScoringHash) return null;
        var rebound = new InputRecord(champion.Release.Definition, [.. record.Values]);
        return Try(() => engine.Score(champion, rebound, terms)) is { } scored ? Told(champion, champion.Reference, scored, [Fallbacks.Previous]) : null;
    }

    private RuleBaseline? TryBuild(ServingStart start)
    {
        try
        {
            return new RuleBaseline(start.Definition, start.Line?.Release.Program);
        }
        catch (Exception fault) when (Fallbacks.IsEngineFault(fault))
        {
            log.LogError(fault, "The rules of {Scorecard} cannot be asked.", start.Definition.Id);
            return null;
        }
    }

    private static ServedCase Told(ServingLine? line, ReleaseReference release, ScoredCase scored, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings) ServingMetrics.Failed(warning);
        return new ServedCase(line, release, scored, warnings);
    }

    // A case counts as scored when its figures are numbers: a model of NaN leaves would otherwise pass as one.
    private ScoredCase? Try(Func<ScoredCase> score)
    {
        try
        {
            var scored = score();
            if (double.IsFinite(scored.Score.Margin) && double.IsFinite(scored.Score.Unrounded) && scored.Score.Pd is >= 0 and <= 1) return scored;
            log.LogError("A step of scoring gave no number.");
        }
        catch (Exception fault) when (Fallbacks.IsEngineFault(fault))
        {
            log.LogError(fault, "A step of scoring failed.");
        }

        return null;
    }

    private Outcome<T> TryOutcome<T>(Func<Outcome<T>> explain)
    {
        try
        {
            return explain();
        }
        catch (Exception fault) when (Fallbacks.IsEngineFault(fault))
        {
            log.LogError(fault, "An explanation failed.");
            return new Problem(Fallbacks.Unexplained, "The explanation failed.");
        }
    }

    // Versions that were in production before, the last one first; those that cannot be loaded are passed over.
    private async IAsyncEnumerable<ServingLine> PreviousAsync(
        string scorecardId, ServingLine? current, ContentHash? scoring, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tried = 0;
        var archived = (await models.ListAsync(scorecardId, cancellationToken)).Where(model => model.Stage == ModelStage.Archived && model.ReleaseHash != current?.Reference.Hash);
        foreach (var model in archived.OrderByDescending(model => model.StageSince))
        {
            if (scoring is { } hash && model.ScoringHash != hash) continue;
            if (!(await models.HistoryAsync(model.Id, cancellationToken)).Any(change => change.From == ModelStage.Production)) continue;
            if ((await lines.ByHashAsync(model.ReleaseHash, cancellationToken)).TryGet(out var line, out _)) yield return line;
            if (++tried == MostPrevious) yield break;
        }
    }
}

/// <summary>A case with what could be said of it.</summary>
/// <param name="Explanation">In full; null where only reasons were asked for, or none could be given.</param>
/// <param name="Reasons">At most four.</param>
/// <param name="Policy">What policy says, reasons considered.</param>
/// <param name="Warnings">Why there is no explanation; empty where nothing failed.</param>
public sealed record ExplainedCase(ScoreExplanation? Explanation, IReadOnlyList<Reason> Reasons, PolicyOutcome Policy, IReadOnlyList<string> Warnings);
