using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>The stateless door: values in, a score, an explanation or a roadmap out, and a record of it; never an application, a letter or a
/// decision on credit.</summary>
/// <param name="chain">Scores whatever fails.</param>
/// <param name="cache">What was worked out before.</param>
/// <param name="log">Keeps the record before the answer.</param>
/// <param name="clock">Time of records.</param>
public sealed class PredictionDesk(ServingChain chain, PredictionCache cache, IPredictionLog log, TimeProvider clock)
{
    private readonly ConditionalWeakTable<ScorecardDefinition, StatelessForm> _forms = [];

    /// <summary>Answers a call; needs <see cref="Permission.ScoreStateless"/>.</summary>
    /// <returns>The answer, or every reason why there is none: faults of fields, <c>legalBasis.missing</c>, <c>scorecard.notFound</c>,
    /// <c>model.none</c>, <c>background.missing</c>, <c>roadmap.target</c>, <c>predictions.unavailable</c>, <c>engine.failed</c>.</returns>
    public async ValueTask<Outcome<PredictionAnswer>> AnswerAsync(PredictionCall call, CancellationToken cancellationToken)
    {
        if (call.Actor.Lacks(Permission.ScoreStateless) is { } refusal) return refusal;
        var current = await chain.Lines.InProductionAsync(call.ScorecardId, cancellationToken);
        if (!(await chain.OpenAsync(call.ScorecardId, current, cancellationToken)).TryGet(out var start, out var problems)) return Outcome<PredictionAnswer>.Refused(problems);
        var form = _forms.GetValue(start.Definition, static definition => new StatelessForm(definition));
        if (!Read(form, call).TryGet(out var asked, out problems)) return Outcome<PredictionAnswer>.Refused(problems);
        var (request, basis) = asked;
        if (Fault(call.Kind, request, start) is { } unfit) return unfit;

        var values = form.Writer.ToBytes(request.Record);
        var hash = ContentHash.Of(values);
        var (choice, chosen) = current.Succeeded ? await ChooseAsync(call.ScorecardId, request.Reference ?? hash.Hex, start, cancellationToken) : (null, start);
        var started = clock.GetTimestamp();
        var known = chosen.Line is { } line ? cache.Find(line.Reference.Hash, hash) : null;
        if (!(await ServeAsync(chosen, request, known, hash, cancellationToken)).TryGet(out var kept, out problems))
        {
            choice?.Failed();
            return Outcome<PredictionAnswer>.Refused(problems);
        }

        var explained = Explain(call, request, kept);
        var roadmap = call.Kind == PredictionKind.Roadmap ? await PlanAsync(kept.Served, request, cancellationToken) : null;
        var record = Record(call, request, basis, (hash, values), kept.Served, explained, known is not null);
        if (await log.KeepAsync(record) is { } unkept) return unkept;
        ServingMetrics.Answered(call.Kind, record.FromCache);
        if (choice is { Contests.Count: > 0 }) Tell(choice, record, kept.Served, explained, clock.GetElapsedTime(started));
        return new PredictionAnswer(record, kept, explained, request, roadmap);
    }

    /// <summary>The score that a roadmap request aims at.</summary>
    public static int TargetOf(ServingLine line, PredictionRequest request, int issued) =>
        request.TargetScore ?? line.Release.Definition.Grades.FirstOrDefault(grade => grade.Code == request.TargetGrade)?.From ?? line.DefaultTarget(issued);

    private static Outcome<(PredictionRequest Request, string Basis)> Read(StatelessForm form, PredictionCall call)
    {
        var read = form.Read(call.Body.Span, call.Kind);
        var basis = LegalBases.Of(read.Succeeded ? read.Value.LegalBasis : null, call.LegalBasis);
        if (read.Succeeded && basis.Succeeded) return (read.Value, basis.Value);
        ServingMetrics.Failed("input.invalid");
        return Outcome<(PredictionRequest, string)>.Refused(read.Succeeded ? basis.Problems : read.Problems);
    }

    // The same reference, or the same values, meet the same side of a rollout. A challenger has the scoring dictionary of the champion.
    private async ValueTask<(ServingChoice? Choice, ServingStart Start)> ChooseAsync(string scorecardId, string subject, ServingStart start, CancellationToken cancellationToken)
    {
        if (!(await chain.Lines.ChooseAsync(scorecardId, subject, cancellationToken)).TryGet(out var choice, out _) || choice.Champion.Release.Definition.ScoringHash != start.Definition.ScoringHash) return (null, start);
        return (choice, ReferenceEquals(choice.Line, start.Line) ? start : new ServingStart(choice.Line.Release.Definition, choice.Line, []));
    }

    private static void Tell(ServingChoice choice, Prediction record, ServedCase served, ExplainedCase explained, TimeSpan elapsed)
    {
        if (record.Warnings.Any(Fallbacks.IsFallback)) choice.Failed();
        else choice.Decided(new DecidedCase(record.Id, served.Scored, default, record.Decision, [.. explained.Reasons.Select(reason => reason.Code)], explained.Explanation is not null, elapsed));
    }

    private async ValueTask<Outcome<KeptCase>> ServeAsync(ServingStart start, PredictionRequest request, KeptCase? known, ContentHash hash, CancellationToken cancellationToken)
    {
        if (known is not null) return known;
        if (!(await chain.ScoreAsync(start, Bound(request.Record, start), default, cancellationToken)).TryGet(out var served, out var problems)) return Outcome<KeptCase>.Refused(problems);
        var kept = new KeptCase(served, clock.GetUtcNow());
        if (served.Warnings.Count == 0) cache.Add(served.Release.Hash, hash, kept);
        return kept;
    }

    private static InputRecord Bound(InputRecord record, ServingStart start) =>
        ReferenceEquals(record.Definition, start.Definition) ? record : new InputRecord(start.Definition, [.. record.Values]);

    private ExplainedCase Explain(PredictionCall call, PredictionRequest request, KeptCase kept)
    {
        if (call.Kind == PredictionKind.Explain) return kept.Explained(chain, request.Method);
        var policy = kept.Served.Scored.Policy;

        // A decline by score stands only when a reason could be told: whoever asks for the score alone gets the same decision.
        return call.WithReasons || (policy.Recommendation == Recommendation.Decline && policy.DecidedByRule is null)
            ? kept.Reasons(chain)
            : new ExplainedCase(null, [], policy, []);
    }

    private async Task<Roadmap> PlanAsync(ServedCase served, PredictionRequest request, CancellationToken cancellationToken) =>
        await Task.Run(() => chain.Plan(served, TargetOf(served.Line!, request, served.Scored.Score.Issued)), cancellationToken);

    private static Problem? Fault(PredictionKind kind, PredictionRequest request, ServingStart start)
    {
        if (kind == PredictionKind.Explain && start.Line is { } line && !line.Release.Explainer.Explains(request.Method)) return Explanation.ScoreExplainer.BackgroundMissing with { Remedy = "Send \"method\":\"path\"." };
        if (kind != PredictionKind.Roadmap) return null;
        if (start.Line is null) return new Problem("model.unavailable", "No version of the model can be loaded, so no roadmap can be proved.") { Remedy = "Try again later." };
        var (scale, grades) = (start.Definition.Scale, start.Definition.Grades);
        if (request.TargetScore is not null && request.TargetGrade is not null)
            return new Problem("roadmap.target", "Both a score and a grade are named.") { Field = "targetGrade", Remedy = "Name one of them, or none." };
        if (request.TargetScore is { } target && (target < scale.Min || target > scale.Max))
            return new Problem("roadmap.target", $"The target is {target}. Allowed: {scale.Min} to {scale.Max}.") { Field = "targetScore", Remedy = "Choose a score on the scale." };
        return request.TargetGrade is { } wanted && !grades.Any(grade => grade.Code == wanted)
            ? new Problem("roadmap.target", "There is no such grade.") { Field = "targetGrade", Remedy = $"Grades: {string.Join(", ", grades.Select(grade => grade.Code))}." }
            : null;
    }

    private Prediction Record(PredictionCall call, PredictionRequest request, string basis, (ContentHash Hash, byte[] Bytes) values, ServedCase served, ExplainedCase explained, bool fromCache)
    {
        var (now, score) = (clock.GetUtcNow(), served.Scored.Score);
        return new Prediction
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            ClientId = call.Actor.Id,
            Kind = call.Kind,
            Reference = request.Reference,
            LegalBasis = basis,
            Release = served.Release,
            InputHash = values.Hash,
            Values = values.Bytes,
            MarginBits = BitConverter.DoubleToInt64Bits(score.Margin),
            Issued = score.Issued,
            Grade = score.Grade,
            Pd = score.Pd,
            Decision = explained.Policy.Recommendation,
            Warnings = WarningsOf(request, served, explained),
            FromCache = fromCache,
        };
    }

    private static IReadOnlyList<string> WarningsOf(PredictionRequest request, ServedCase served, ExplainedCase explained)
    {
        var quiet = served.Warnings.Count == 0 && explained.Policy.Notes.Count == 0 && explained.Warnings.Count == 0 && !request.IgnoredSensitive;
        return quiet ? [] : [.. served.Warnings, .. explained.Policy.Notes, .. explained.Warnings, .. request.IgnoredSensitive ? [Fallbacks.SensitiveIgnored] : Array.Empty<string>()];
    }
}
