using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Where outcomes are reported. A report is taken whole or not at all; a later one about the same score corrects it, and the
/// earlier ones stay as history.</summary>
public sealed class OutcomeDesk(IOutcomeStore outcomes, IPredictionOutcomes predictions, IAuditTrail trail, TimeProvider clock)
{
    /// <summary>Most rows of one report.</summary>
    public const int MostRows = 10_000;

    /// <summary>Records outcomes; needs <see cref="Permission.TakeIn"/> or <see cref="Permission.BuildModels"/>.</summary>
    /// <returns>What it came to, or every fault with its one-based row: <c>outcome.subject</c>, <c>outcome.unknown</c>, <c>outcome.twice</c>,
    /// <c>outcome.observedAt</c>; <c>outcome.rows</c> for an empty or too long report.</returns>
    public async Task<Outcome<OutcomeReceipt>> RecordAsync(IReadOnlyList<OutcomeReport> reports, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.BuildModels) && actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (reports.Count is 0 or > MostRows) return new Problem("outcome.rows", $"A report has 1 to {MostRows} rows; this one has {reports.Count}.") { Remedy = "Send them in parts." };
        var now = clock.GetUtcNow();
        var subjects = await SubjectsAsync(reports, actor, cancellationToken);
        if (Faults(reports, subjects, now) is { Count: > 0 } faults) return faults;
        var standing = (await outcomes.CurrentOfAsync([.. subjects.Select(subject => subject!.Id)], cancellationToken)).ToDictionary(outcome => outcome.Subject.Id);
        var fresh = new List<ObservedOutcome>();
        foreach (var (at, report) in reports.Index())
        {
            var subject = subjects[at]!;
            if (standing.GetValueOrDefault(subject.Id) is { } known && known.Bad == report.Bad && SameInstant(known.ObservedAt, report.ObservedAt)) continue;
            fresh.Add(new ObservedOutcome(Guid.CreateVersion7(now), subject, report.Bad, report.ObservedAt, actor.Id, now, IsCurrent: true));
        }

        var corrected = fresh.Count(outcome => standing.ContainsKey(outcome.Subject.Id));
        var receipt = new OutcomeReceipt(fresh.Count - corrected, corrected, reports.Count - fresh.Count);
        var audit = Draft(receipt, fresh, actor);
        if (fresh.Count == 0) await trail.AppendAsync([audit], cancellationToken);
        else await outcomes.RecordAsync(fresh, audit, cancellationToken);
        return receipt;
    }

    private async Task<OutcomeSubject?[]> SubjectsAsync(IReadOnlyList<OutcomeReport> reports, Actor actor, CancellationToken cancellationToken)
    {
        Guid? client = actor.Kind == ActorKind.Client ? actor.Id : null;
        var byId = (await outcomes.ApplicationsAsync([.. reports.Select(report => report.ApplicationId).OfType<Guid>().Distinct()], client, cancellationToken)).ToDictionary(subject => subject.Id);
        var byNumber = (await outcomes.ApplicationsAsync([.. reports.Select(report => report.Reference).OfType<string>().Distinct()], client, cancellationToken)).ToDictionary(subject => subject.Reference!, StringComparer.Ordinal);
        var found = new OutcomeSubject?[reports.Count];
        foreach (var (at, report) in reports.Index())
        {
            if (!NamesOne(report)) continue;
            found[at] = report switch
            {
                { ApplicationId: { } application } => byId.GetValueOrDefault(application),
                { PredictionId: { } prediction } => await predictions.FindAsync(prediction, actor, cancellationToken),
                { Reference: { } reference } => byNumber.GetValueOrDefault(reference) ?? await predictions.FindAsync(reference, actor, cancellationToken),
                _ => null,
            };
        }

        return found;
    }

    private static List<Problem> Faults(IReadOnlyList<OutcomeReport> reports, OutcomeSubject?[] subjects, DateTimeOffset now)
    {
        var (faults, seen) = (new List<Problem>(), new HashSet<Guid>());
        foreach (var (at, report) in reports.Index())
        {
            var row = at + 1;
            if (!NamesOne(report))
                faults.Add(new Problem("outcome.subject", "A row names exactly one of applicationId, predictionId and reference.") { Row = row, Remedy = "Name the score once." });
            else if (subjects[at] is not { } subject)
                faults.Add(new Problem("outcome.unknown", "There is no score by this name.") { Row = row, Field = FieldOf(report), Remedy = "Check the identity; an application has an outcome once it was scored." });
            else if (!seen.Add(subject.Id))
                faults.Add(new Problem("outcome.twice", "An earlier row of this report is about the same score.") { Row = row, Field = FieldOf(report), Remedy = "Send one row per score." });
            else if (report.ObservedAt > now || report.ObservedAt < subject.ScoredAt)
                faults.Add(new Problem("outcome.observedAt", "An outcome is seen after the score and not in the future.") { Row = row, Field = "observedAt", Remedy = "Send the time at which it was seen." });
        }

        return faults;
    }

    // No store keeps more than microseconds.
    private static bool SameInstant(DateTimeOffset kept, DateTimeOffset reported) => (kept - reported).Duration() < TimeSpan.FromMicroseconds(1);

    private static bool NamesOne(OutcomeReport report) =>
        (report.ApplicationId is null ? 0 : 1) + (report.PredictionId is null ? 0 : 1) + (string.IsNullOrEmpty(report.Reference) ? 0 : 1) == 1;

    private static string FieldOf(OutcomeReport report) => report.ApplicationId is not null ? "applicationId" : report.PredictionId is not null ? "predictionId" : "reference";

    private static AuditDraft Draft(OutcomeReceipt receipt, List<ObservedOutcome> fresh, Actor actor) => new(actor, "outcomes.reported", "outcomes", new Dictionary<string, string?>
    {
        ["recorded"] = Text(receipt.Recorded),
        ["corrected"] = Text(receipt.Corrected),
        ["unchanged"] = Text(receipt.Unchanged),
        ["bad"] = Text(fresh.Count(outcome => outcome.Bad)),
        ["scorecards"] = string.Join(", ", fresh.Select(outcome => outcome.Subject.ScorecardId).Distinct().Order(StringComparer.Ordinal)),
    });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
