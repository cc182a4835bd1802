using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Applicants;

/// <summary>What came of a correction.</summary>
/// <param name="Application">The application that holds the corrected values: the same one, or a new one linked to it.</param>
/// <param name="CorrectedId">The application that was to be corrected.</param>
/// <param name="Fields">Inputs that were corrected.</param>
public sealed record Correction(CreditApplication Application, Guid CorrectedId, IReadOnlyList<string> Fields);

/// <summary>Where an applicant's correction of values is taken in. Before a decision it changes the application, which is then scored again.
/// What was decided on stays as it was: the corrected values go into a new application linked to it.</summary>
public sealed class CorrectionDesk(ApplicationDesk desk, IApplicationStore applications, IScorecardCatalog scorecards, IAuditTrail trail)
{
    /// <summary>Fewest characters of the grounds.</summary>
    public const int ShortestGrounds = 10;

    /// <summary>Most characters of the grounds.</summary>
    public const int LongestGrounds = 2000;

    /// <summary>Takes corrected values in.</summary>
    /// <param name="applicationId">Application.</param>
    /// <param name="values">An object of corrected values by input, at least one.</param>
    /// <param name="grounds">What is wrong and what shows it.</param>
    /// <param name="actor">Who takes it in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The corrected application, or <c>correction.grounds</c>, <c>correction.nothing</c>, <c>application.notFound</c>, faults of fields.</returns>
    public async Task<Outcome<Correction>> CorrectAsync(Guid applicationId, JsonElement values, string grounds, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (grounds.Trim() is not { Length: >= ShortestGrounds and <= LongestGrounds } said)
            return new Problem("correction.grounds", $"The grounds have {ShortestGrounds} to {LongestGrounds} characters.") { Field = "grounds", Remedy = "Say what is wrong and what shows it." };
        if (values.ValueKind != JsonValueKind.Object || !values.EnumerateObject().Any()) return new Problem("correction.nothing", "No value is corrected.") { Field = "values", Remedy = "Send at least one." };
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } found) return new Problem("application.notFound", "There is no such application.");
        if (await scorecards.FindAsync(found.ScorecardId, cancellationToken) is not { } definition) return new Problem("scorecard.notFound", "There is no such scorecard.");

        // Judged before anything is opened: a fault must not leave an empty linked application behind.
        if (!EnteredValues.Merge(definition, found.ValuesJson, values).TryGet(out _, out var problems)) return Outcome<Correction>.Refused(problems);
        var target = found;
        if (found.WasDecided || found.State == ApplicationState.Withdrawn)
        {
            if (!(await desk.RenewAsync(applicationId, definition, actor, cancellationToken)).TryGet(out target, out problems)) return Outcome<Correction>.Refused(problems);
        }

        if (!EnteredValues.Merge(definition, target.ValuesJson, values).TryGet(out var record, out problems)) return Outcome<Correction>.Refused(problems);
        var request = new ApplicationRequest(record, target.Amount, target.TermMonths, target.BranchId, target.LinkedTo);
        if (!(await desk.ChangeAsync(target.Id, target.Version, request, actor, cancellationToken)).TryGet(out var corrected, out problems)) return Outcome<Correction>.Refused(problems);
        var fields = values.EnumerateObject().Select(value => value.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        var facts = new Dictionary<string, string?> { ["fields"] = string.Join(", ", fields), ["grounds"] = said, ["into"] = corrected.Id.ToString(), ["application"] = found.Number };
        await trail.AppendAsync([new AuditDraft(actor, "correction.recorded", applicationId.ToString(), facts) { ApplicantId = found.ApplicantId }], cancellationToken);
        return new Correction(corrected, applicationId, fields);
    }
}
