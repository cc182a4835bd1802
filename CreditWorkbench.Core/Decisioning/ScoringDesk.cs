using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Scores applications: consent -> values -> score -> explanation -> roadmap, each issued with its audit entry.</summary>
public sealed class ScoringDesk(IApplicationStore applications, IApplicantStore applicants, IScoreStore scores, ServingChain chain, TimeProvider clock)
{
    /// <summary>Scores an application under the release in production, or the challenger that drew the applicant, and stores score, explanation and roadmap.</summary>
    /// <returns>The issued score, or every reason why there is none: <c>consent.missing</c>, <c>application.decided</c>, <c>model.none</c>,
    /// faults of fields.</returns>
    public async Task<Outcome<IssuedScore>> ScoreAsync(Guid applicationId, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await IssueAsync(applicationId, actor, cancellationToken)).TryGet(out var issued, out var problems)) return Outcome<IssuedScore>.Refused(problems);

        // The score is issued: what keeps the roadmap from being worked out must not hide it.
        return (await PlanAsync(issued.Id, null, actor, cancellationToken)).TryGet(out var planned, out _) ? issued with { Roadmap = planned.Roadmap } : issued;
    }

    /// <summary>Scores an application under the release in production, or the challenger that drew the applicant, and stores score and explanation, without a roadmap.</summary>
    /// <returns>As <see cref="ScoreAsync"/>.</returns>
    public async Task<Outcome<IssuedScore>> IssueAsync(Guid applicationId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Score) is { } refusal) return refusal;
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } application) return new Problem("application.notFound", "There is no such application.");
        if (application.State == ApplicationState.Withdrawn || application.WasDecided) return ApplicationProblems.Decided(application);
        var chosen = await chain.Lines.ChooseAsync(application.ScorecardId, ServingLines.SubjectOf(application.ApplicantId), cancellationToken);
        var choice = chosen.Succeeded ? chosen.Value : null;
        if (!(await chain.OpenAsync(application.ScorecardId, chosen.Then<ServingLine>(found => found.Line), cancellationToken)).TryGet(out var start, out var problems)) return Outcome<IssuedScore>.Refused(problems);
        if (!(await ConsentedValuesAsync(application, start.Definition, cancellationToken)).TryGet(out var values, out problems)) return Outcome<IssuedScore>.Refused(problems);

        var (started, terms) = (clock.GetTimestamp(), ScoredTerms.Of(application));
        if (!(await chain.ScoreAsync(start, values.Record, terms, cancellationToken)).TryGet(out var served, out problems))
        {
            choice?.Failed();
            return Outcome<IssuedScore>.Refused(problems);
        }

        var issued = Issue(application, served, values.ClosedSources);
        var elapsed = clock.GetElapsedTime(started);
        var stored = await scores.IssueAsync(issued, StateAfter(application, issued), DraftOf(actor, application, issued), cancellationToken);
        if (stored.Succeeded && choice is not null) Tell(choice, issued, served.Scored, terms, elapsed);
        return stored;
    }

    private static void Tell(ServingChoice choice, IssuedScore issued, ScoredCase scored, ApplicationTerms terms, TimeSpan elapsed)
    {
        if (issued.Explanation is not { } explanation || issued.Warnings.Any(Fallbacks.IsFallback)) choice.Failed();
        else
        {
            var reasons = explanation.Reasons.Select(reason => reason.Code).ToList();
            choice.Decided(new DecidedCase(issued.Id, scored, terms, issued.Policy.Recommendation, reasons, Explained: true, elapsed) { ApplicationId = issued.ApplicationId, ApplicantId = issued.ApplicantId });
        }
    }

    /// <summary>Works out the roadmap of an issued score.</summary>
    /// <param name="scoreId">The score.</param>
    /// <param name="targetScore">Where to; null: approval, or the next better grade.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops before the search.</param>
    public async Task<Outcome<IssuedScore>> PlanAsync(Guid scoreId, int? targetScore, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Score) is { } refusal) return refusal;
        if (await scores.FindAsync(scoreId, cancellationToken) is not { } issued) return new Problem("score.notFound", "There is no such score.");
        if (await applications.FindForAsync(issued.ApplicationId, actor, cancellationToken) is not { } application) return new Problem("score.notFound", "There is no such score.");
        if (!(await chain.Lines.ByHashAsync(issued.Release.Hash, cancellationToken)).TryGet(out var line, out var problems)) return Outcome<IssuedScore>.Refused(problems);
        var scale = line.Release.Definition.Scale;
        if (targetScore < scale.Min || targetScore > scale.Max)
            return new Problem("roadmap.target", $"The target is {targetScore}. Allowed: {scale.Min} to {scale.Max}.") { Field = "targetScore", Remedy = "Choose a score on the scale." };
        if (!InputRecordJson.FromText(line.Release.Definition, issued.ValuesJson).TryGet(out var record, out problems)) return Outcome<IssuedScore>.Refused(problems);
        var terms = ScoredTerms.Of(issued, application);
        return await PlanAsync(issued, line, line.Score(record, terms), terms, targetScore ?? line.DefaultTarget(issued.Score.Issued), actor, cancellationToken);
    }

    private async Task<Outcome<IssuedScore>> PlanAsync(
        IssuedScore issued, ServingLine line, ScoredCase scored, ApplicationTerms terms, int target, Actor actor, CancellationToken cancellationToken)
    {
        var roadmap = await Task.Run(() => line.Plan(scored, terms, target), cancellationToken);
        var audit = new AuditDraft(actor, "roadmap.issued", issued.Id.ToString(), new Dictionary<string, string?>
        {
            ["target"] = Text(target),
            ["outcome"] = roadmap.Outcome.ToString(),
            ["scoreAfter"] = Text(roadmap.ScoreAfter),
            ["steps"] = Text(roadmap.Steps.Count),
        })
        { ApplicantId = issued.ApplicantId, Releases = [issued.Release.Hash] };
        await scores.SaveRoadmapAsync(issued.Id, roadmap, audit, cancellationToken);
        return issued with { Roadmap = roadmap };
    }

    private async Task<Outcome<ConsentedValues>> ConsentedValuesAsync(CreditApplication application, ScorecardDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.ScoringHash != application.ScoringHash)
            return new Problem("application.dictionary", "The scorecard has changed since this application was entered.") { Remedy = "Start a linked application." };
        if (!InputRecordJson.FromText(definition, application.ValuesJson).TryGet(out var entered, out var problems)) return Outcome<ConsentedValues>.Refused(problems);
        var consents = await applicants.ConsentsAsync(application.ApplicantId, cancellationToken);
        var now = clock.GetUtcNow();
        if (ConsentCheck.Check(definition, entered, consents, now) is { Count: > 0 } missing) return Outcome<ConsentedValues>.Refused(missing);

        // Values of a withdrawn source take the missing path; what is still required must be there.
        var reading = RecordReading.Strict with { ClosedSources = ConsentCheck.ClosedSources(definition, consents, now), KeptElsewhere = SensitiveInputs.ForAuditsOnly(definition) };
        using var values = JsonDocument.Parse(application.ValuesJson);
        return InputRecordJson.Read(new RecordValidator(definition), values.RootElement, reading).Then<ConsentedValues>(record => new ConsentedValues(record, reading.ClosedSources));
    }

    private IssuedScore Issue(CreditApplication application, ServedCase served, IReadOnlySet<string> closedSources)
    {
        var now = clock.GetUtcNow();
        var (line, scored) = (served.Line, served.Scored);
        var definition = scored.Record.Definition;
        var stated = ValueSources.FromText(application.SourcesJson);
        var explained = chain.Explain(served);
        return new IssuedScore
        {
            Id = Guid.CreateVersion7(now),
            ApplicationId = application.Id,
            ApplicantId = application.ApplicantId,
            Release = served.Release,
            ScoredAt = now,
            ExpiresAt = now.AddDays(definition.ScoreValidDays),
            Score = scored.Score,
            Policy = IssuedPolicy.Of(explained.Policy),
            Confidence = scored.Confidence,
            Explanation = explained.Explanation is { } explanation ? line!.WithFragileReasons(scored, explanation) : null,
            ValuesJson = InputRecordJson.ToText(scored.Record),
            Provenance = definition.Inputs.Where(input => scored.Record[input.Name].Kind != InputValueKind.Missing).ToDictionary(input => input.Name, input => OriginOf(input, stated, closedSources)),
            Warnings = [.. served.Warnings, .. explained.Warnings],
            Bins = line?.Bins(scored) ?? [],
            ExpectedLoss = scored.ExpectedLoss,
            Terms = ScoredTerms.Of(application),
        };
    }

    // A case that a person already works on stays in review; the first score moves a draft to scored.
    private static CreditApplication StateAfter(CreditApplication application, IssuedScore issued) =>
        application with { ScoreId = issued.Id, State = application.State == ApplicationState.InReview ? ApplicationState.InReview : ApplicationState.Scored };

    private static AuditDraft DraftOf(Actor actor, CreditApplication application, IssuedScore issued) =>
        new(actor, "application.scored", application.Id.ToString(), new Dictionary<string, string?>
        {
            ["application"] = application.Number,
            ["scoreId"] = issued.Id.ToString(),
            ["score"] = Text(issued.Score.Issued),
            ["marginBits"] = BitConverter.DoubleToInt64Bits(issued.Score.Margin).ToString("x16", CultureInfo.InvariantCulture),
            ["grade"] = issued.Score.Grade,
            ["recommendation"] = issued.Policy.Recommendation.ToString(),
            ["model"] = issued.Release.Model,
            ["warnings"] = issued.Warnings.Count == 0 ? null : string.Join(", ", issued.Warnings),
        })
        { ApplicantId = application.ApplicantId, Releases = [issued.Release.Hash] };

    // What was said about the value at intake; where nothing was, the source that the dictionary names.
    private static string OriginOf(InputDefinition input, IReadOnlyDictionary<string, ValueSource> stated, IReadOnlySet<string> closedSources) =>
        stated.GetValueOrDefault(input.Name) is { } source ? ValueSources.Word(source.Origin) : SourceOf(input, closedSources);

    // Of the sources that a value may come from, the most trusted one that may be used.
    private static string SourceOf(InputDefinition input, IReadOnlySet<string> closedSources) =>
        input.AlsoFrom.Prepend(input.Source).FirstOrDefault(source => !closedSources.Contains(source), input.Source);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record ConsentedValues(InputRecord Record, IReadOnlySet<string> ClosedSources);
}
