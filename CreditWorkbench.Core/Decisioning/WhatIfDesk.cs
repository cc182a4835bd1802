using System.Globalization;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Where people ask what a score would be if values were different, and keep up to four answers side by side.</summary>
public sealed class WhatIfDesk(IScoreStore scores, IApplicationStore applications, ServingLines lines, IScenarioStore scenarios, TimeProvider clock)
{
    private const int LongestName = 60;

    /// <summary>Opens trials on an issued score under the release that issued it.</summary>
    /// <returns>The session, or <c>score.notFound</c>, or why the release cannot be opened.</returns>
    public async Task<Outcome<WhatIfSession>> OpenAsync(Guid scoreId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        if (await scores.FindAsync(scoreId, cancellationToken) is not { } score) return new Problem("score.notFound", "There is no such score.");
        if (await applications.FindForAsync(score.ApplicationId, actor, cancellationToken) is not { } application) return new Problem("score.notFound", "There is no such score.");
        if (!(await lines.ByHashAsync(score.Release.Hash, cancellationToken)).TryGet(out var line, out var problems)) return Outcome<WhatIfSession>.Refused(problems);
        return InputRecordJson.FromText(line.Release.Definition, score.ValuesJson)
            .Then<WhatIfSession>(record => new WhatIfSession(score, line, record, ScoredTerms.Of(score, application)));
    }

    /// <summary>The actor's scenarios of an application, oldest first.</summary>
    public async Task<Outcome<IReadOnlyList<Scenario>>> ListAsync(Guid applicationId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        return Outcome<IReadOnlyList<Scenario>>.Success(await scenarios.OfAsync(applicationId, actor.Id, cancellationToken));
    }

    /// <summary>Works a trial out once more and keeps it.</summary>
    /// <param name="session">Trials of the case.</param>
    /// <param name="name">What to call it; 1 to 60 characters.</param>
    /// <param name="changes">What differs from the issued score; at least one value.</param>
    /// <param name="actor">Who keeps it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The scenario, or <c>scenario.name</c>, <c>scenario.same</c>, <c>scenario.full</c>, or what is wrong with the changes.</returns>
    public async Task<Outcome<Scenario>> KeepAsync(
        WhatIfSession session, string name, IReadOnlyDictionary<string, InputValue> changes, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Score) is { } refusal) return refusal;
        if (name.Trim() is not { Length: > 0 and <= LongestName } given)
            return new Problem("scenario.name", $"A scenario's name has 1 to {LongestName} characters.") { Field = "name", Remedy = "Name it." };
        if (changes.Count == 0) return new Problem("scenario.same", "Nothing differs from the issued score.") { Remedy = "Move a slider first." };
        if (!session.Try(changes).TryGet(out var trial, out var problems)) return Outcome<Scenario>.Refused(problems);
        var now = clock.GetUtcNow();
        var scenario = new Scenario
        {
            Id = Guid.CreateVersion7(now),
            ApplicationId = session.Score.ApplicationId,
            ApplicantId = session.Score.ApplicantId,
            ScoreId = session.Score.Id,
            UserId = actor.Id,
            Name = given,
            Changes = changes,
            Issued = trial.Scored.Score.Issued,
            Grade = trial.Scored.Score.Grade,
            Pd = trial.Scored.Score.Pd,
            Recommendation = trial.Policy.Recommendation,
            Instalment = trial.Instalment,
            KeptAt = now,
        };
        var facts = new Dictionary<string, string?>
        {
            ["score"] = scenario.Issued.ToString(CultureInfo.InvariantCulture),
            ["issuedScore"] = session.Score.Score.Issued.ToString(CultureInfo.InvariantCulture),
            ["changed"] = string.Join(", ", changes.Keys.Order(StringComparer.Ordinal)),
        };
        return await scenarios.AddAsync(
            scenario, new AuditDraft(actor, "scenario.kept", scenario.ApplicationId.ToString(), facts) { ApplicantId = scenario.ApplicantId, Releases = [session.Score.Release.Hash] }, cancellationToken);
    }

    /// <summary>Throws one of the actor's scenarios away.</summary>
    public async Task<Outcome<Guid>> DropAsync(Scenario scenario, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Score) is { } refusal) return refusal;
        var audit = new AuditDraft(actor, "scenario.dropped", scenario.ApplicationId.ToString(), new Dictionary<string, string?> { ["score"] = scenario.Issued.ToString(CultureInfo.InvariantCulture) })
        { ApplicantId = scenario.ApplicantId };
        return await scenarios.RemoveAsync(scenario.Id, actor.Id, audit, cancellationToken);
    }
}
