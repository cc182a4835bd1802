using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Applicants;

/// <summary>Whether an applicant's consents carry a score: every required purpose, and every source whose values are used.</summary>
public static class ConsentCheck
{
    /// <summary>Purpose under which the values of a source are used for a score.</summary>
    private const string Scoring = "scoring";

    /// <summary>Every reason why there is no score: <c>consent.missing</c>, <c>consent.expired</c>, <c>consent.source.missing</c>; empty
    /// when the consents carry it.</summary>
    /// <param name="definition">Dictionary with purposes and sources.</param>
    /// <param name="record">Values to be scored.</param>
    /// <param name="consents">All consents of the applicant.</param>
    /// <param name="now">The moment of scoring.</param>
    public static IReadOnlyList<Problem> Check(ScorecardDefinition definition, InputRecord record, IReadOnlyList<Consent> consents, DateTimeOffset now)
    {
        var ours = consents.Where(consent => consent.ScorecardId == definition.Id).ToList();
        var problems = new List<Problem>();
        foreach (var purpose in definition.Consent.RequiredForScore)
        {
            var given = ours.Where(consent => consent.Purpose == purpose).ToList();
            if (given.Any(consent => consent.IsActive(now))) continue;
            problems.Add(given.Any(consent => consent.WithdrawnAt is null && consent.ExpiresAt <= now)
                ? new Problem("consent.expired", $"The consent for {purpose} has expired.") { Field = purpose, Remedy = "Ask for consent again." }
                : new Problem("consent.missing", $"No score without consent. Missing: {purpose}.") { Field = purpose, Remedy = "Ask for consent." });
        }

        if (problems.Count > 0) return problems;
        var closed = ClosedSources(definition, ours, now);
        foreach (var source in UsedOnlyFrom(definition, record, closed))
        {
            // The last word counts: a source withdrawn by the applicant takes the missing path, one that ran out or was never asked does not.
            var last = ours.Where(consent => consent.Source == source.Name && consent.Purpose == Scoring).MaxBy(consent => consent.GivenAt);
            if (last is { WithdrawnAt: not null }) continue;
            problems.Add(last is null
                ? new Problem("consent.source.missing", $"No score without consent. Missing: {source.Label.In("en")}, for {Scoring}.") { Field = source.Name, Remedy = "Ask for consent, or leave the values of this source out." }
                : new Problem("consent.expired", $"No score without consent. Expired: {source.Label.In("en")}, for {Scoring}.") { Field = source.Name, Remedy = "Ask for consent again, or leave the values of this source out." });
        }

        return problems;
    }

    /// <summary>Sources that need consent and have none that is active for scoring: their inputs take the missing path.</summary>
    public static IReadOnlySet<string> ClosedSources(ScorecardDefinition definition, IReadOnlyList<Consent> consents, DateTimeOffset now)
    {
        var open = consents.Where(consent => consent.ScorecardId == definition.Id && consent.Purpose == Scoring && consent.IsActive(now)).Select(consent => consent.Source).ToHashSet();
        return definition.Sources.Where(source => source.NeedsConsent && !open.Contains(source.Name)).Select(source => source.Name).ToHashSet();
    }

    // Closed sources that are the only ones an entered value can have come from.
    private static IEnumerable<SourceDefinition> UsedOnlyFrom(ScorecardDefinition definition, InputRecord record, IReadOnlySet<string> closed)
    {
        var names = definition.Inputs
            .Where(input => record[input.Name].Kind != InputValueKind.Missing && closed.Contains(input.Source) && input.AlsoFrom.All(closed.Contains))
            .Select(input => input.Source).ToHashSet();
        return definition.Sources.Where(source => names.Contains(source.Name));
    }
}
