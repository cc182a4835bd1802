using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Applicants;

/// <summary>What an application asks for.</summary>
public sealed record ApplicationRequest(InputRecord Record, Money? Amount, int? TermMonths, string? BranchId, Guid? LinkedTo = null)
{
    /// <summary>Where values come from, by input; null leaves the sources of unchanged values as they are and forgets the others.</summary>
    public IReadOnlyDictionary<string, ValueSource>? Sources { get; init; }
}

/// <summary>Where applications are opened and their values are changed until a decision.</summary>
public sealed class ApplicationDesk(IApplicationStore applications, IApplicantStore applicants, ISensitiveVault vault, TimeProvider clock)
{
    /// <summary>Which state may follow which.</summary>
    public static IReadOnlySet<(ApplicationState From, ApplicationState To)> Transitions { get; } = new HashSet<(ApplicationState, ApplicationState)>
    {
        (ApplicationState.Draft, ApplicationState.Scored), (ApplicationState.Scored, ApplicationState.Scored), (ApplicationState.Scored, ApplicationState.InReview), (ApplicationState.Scored, ApplicationState.Draft),
        (ApplicationState.InReview, ApplicationState.InReview), (ApplicationState.InReview, ApplicationState.Decided), (ApplicationState.Decided, ApplicationState.InReview), (ApplicationState.Draft, ApplicationState.Withdrawn),
        (ApplicationState.Scored, ApplicationState.Withdrawn), (ApplicationState.InReview, ApplicationState.Withdrawn),
    };

    /// <summary>Opens an application with accepted values. Those that only audits read go into the vault, and first: a crash in between
    /// leaves values without an application, never the reverse.</summary>
    public async Task<Outcome<CreditApplication>> OpenAsync(Guid applicantId, ApplicationRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applicants.FindForAsync(applicantId, actor, cancellationToken) is not { ErasedAt: null }) return new Problem("applicant.notFound", "There is no such applicant.");
        if (Faults(request) is { Count: > 0 } faults) return faults;
        if (request.LinkedTo is { } earlier && (await applications.FindForAsync(earlier, actor, cancellationToken))?.ApplicantId != applicantId)
            return new Problem("application.link", "The application to link to is not this applicant's.") { Field = "linkedTo", Remedy = "Choose one of the applicant's own." };
        var now = clock.GetUtcNow();
        var definition = request.Record.Definition;
        var parted = PartedRecord.Of(request.Record);
        var application = new CreditApplication
        {
            Id = Guid.CreateVersion7(now),
            Number = "",
            ApplicantId = applicantId,
            ScorecardId = definition.Id,
            ScoringHash = definition.ScoringHash,
            State = ApplicationState.Draft,
            ValuesJson = parted.ValuesJson,
            SourcesJson = ValueSources.ToText(request.Sources ?? new Dictionary<string, ValueSource>()),
            Amount = request.Amount,
            TermMonths = request.TermMonths,
            LinkedTo = request.LinkedTo,
            BranchId = request.BranchId,
            ClientId = Ownership.Narrowing(actor),
            CreatedBy = actor.Id,
            CreatedAt = now,
        };
        await vault.KeepAsync(application.Id, applicantId, parted.Sensitive, cancellationToken);
        return await applications.AddAsync(application, Draft(actor, "application.opened", application), cancellationToken);
    }

    /// <summary>Replaces the values of an application that is not decided; a scored one becomes a draft again. A blank sensitive value that
    /// only audits read leaves the earlier one in the vault.</summary>
    /// <param name="applicationId">Application.</param>
    /// <param name="version">Version that the caller saw; <c>version.stale</c> when it changed meanwhile.</param>
    /// <param name="request">New values and terms.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<CreditApplication>> ChangeAsync(Guid applicationId, int version, ApplicationRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await ChangedAsync(applicationId, version, request, actor, cancellationToken)).TryGet(out var change, out var problems)) return Outcome<CreditApplication>.Refused(problems);
        var changed = change.After with { OpenEdits = null };
        var entry = Draft(actor, "application.changed", changed, FieldsOf(change.Before, changed));
        return await applications.UpdateAsync(changed, change.Before.OpenEdits is { } open ? [Closing(open, change.Before), entry] : [entry], cancellationToken);
    }

    /// <summary>Saves a draft while somebody types. The trail is told once, when the typing ends: by <see cref="CloseEditsAsync"/>, or by
    /// whoever touches the draft next.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="request">Values so far.</param>
    /// <param name="session">One opening of the form.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<CreditApplication>> SaveDraftAsync(Guid applicationId, int version, ApplicationRequest request, Guid session, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await ChangedAsync(applicationId, version, request, actor, cancellationToken)).TryGet(out var change, out var problems)) return Outcome<CreditApplication>.Refused(problems);
        var (before, after) = (change.Before, change.After);
        var fields = FieldsOf(before, after);
        if (fields.Count == 0) return before.Version == version ? before : await applications.UpdateAsync(after, [], cancellationToken);
        var open = before.OpenEdits;
        var ours = open?.Session == session ? open : new DraftEdits(session, actor.Id, actor.Name, clock.GetUtcNow(), "");
        IReadOnlyList<AuditDraft> audit = open is null || open == ours ? [] : [Closing(open, before)];
        return await applications.UpdateAsync(after with { OpenEdits = ours.With(fields) }, audit, cancellationToken);
    }

    /// <summary>Tells the trail what was typed since the last entry; nothing where nothing was.</summary>
    public async Task<Outcome<CreditApplication>> CloseEditsAsync(Guid applicationId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } application) return new Problem("application.notFound", "There is no such application.");
        if (application.OpenEdits is not { } open) return application;
        return await applications.UpdateAsync(application with { OpenEdits = null }, [Closing(open, application)], cancellationToken);
    }

    /// <summary>Opens a new application of the same applicant from an earlier one: what the dictionary of today still accepts is taken over with
    /// its source, everything else is asked again. The two are linked; the earlier one stays as it is.</summary>
    /// <param name="applicationId">The earlier application, decided or withdrawn.</param>
    /// <param name="definition">The dictionary as it is today.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The new draft, or <c>application.open</c> while the earlier one can still be changed.</returns>
    public async Task<Outcome<CreditApplication>> RenewAsync(Guid applicationId, ScorecardDefinition definition, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } earlier) return new Problem("application.notFound", "There is no such application.");
        if (!IsClosed(earlier)) return new Problem("application.open", "This application is still open.") { Remedy = "Change its data instead." };
        var record = StillAccepted(definition, earlier.ValuesJson);
        var sources = ValueSources.FromText(earlier.SourcesJson).Where(source => definition.Input(source.Key) is not null && record[source.Key].Kind != InputValueKind.Missing).ToDictionary();
        var request = new ApplicationRequest(record, earlier.Amount, earlier.TermMonths, earlier.BranchId, earlier.Id) { Sources = sources };
        return await OpenAsync(earlier.ApplicantId, request, actor, cancellationToken);
    }

    /// <summary>Withdraws an application on the applicant's wish, before it is decided.</summary>
    public async Task<Outcome<CreditApplication>> WithdrawAsync(Guid applicationId, int version, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } application) return new Problem("application.notFound", "There is no such application.");
        if (IsClosed(application) || !Transitions.Contains((application.State, ApplicationState.Withdrawn))) return ApplicationProblems.Decided(application);
        var withdrawn = application with { State = ApplicationState.Withdrawn, Version = version };
        return await applications.UpdateAsync(withdrawn, Draft(actor, "application.withdrawn", withdrawn), cancellationToken);
    }

    private async Task<Outcome<Change>> ChangedAsync(Guid applicationId, int version, ApplicationRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } application) return new Problem("application.notFound", "There is no such application.");
        if (IsClosed(application)) return ApplicationProblems.Decided(application);
        if (await applicants.FindAsync(application.ApplicantId, cancellationToken) is not { ErasedAt: null }) return ApplicationProblems.Erased;
        if (Faults(request) is { Count: > 0 } faults) return faults;
        var parted = PartedRecord.Of(request.Record);
        var after = Unscored(application, application with
        {
            ValuesJson = parted.ValuesJson,
            SourcesJson = ValueSources.ToText(request.Sources ?? SourcesKept(application, parted.ValuesJson)),
            Amount = request.Amount,
            TermMonths = request.TermMonths,
            ScoringHash = request.Record.Definition.ScoringHash,
            Version = version,
        });
        if (application.Version == version) await vault.KeepAsync(applicationId, application.ApplicantId, parted.Sensitive, cancellationToken);
        return new Change(application, after);
    }

    private static Dictionary<string, ValueSource> SourcesKept(CreditApplication before, string valuesJson)
    {
        var changed = DraftFields.OfValues(before.ValuesJson, valuesJson);
        return ValueSources.FromText(before.SourcesJson).Where(source => !changed.Contains(source.Key)).ToDictionary();
    }

    private static InputRecord StillAccepted(ScorecardDefinition definition, string valuesJson)
    {
        using var values = JsonDocument.Parse(valuesJson);
        var (validator, reading) = (new RecordValidator(definition), RecordReading.Strict with { DemandsRequired = false });
        var raw = values.RootElement.EnumerateObject().Where(value => definition.Input(value.Name) is not null)
            .Select(value => (value.Name, Raw: RawValue.OfJson(value.Value))).Where(value => validator.Check(value.Name, value.Raw, reading) is null or { Code: "field.category.other" });
        return validator.Validate(raw.ToDictionary(value => value.Name, value => value.Raw), reading).Value;
    }

    private static IReadOnlyList<string> FieldsOf(CreditApplication before, CreditApplication after) => DraftFields.Of(before, after);

    // The entry of what was typed: by whom and since when, and what stands there now.
    private static AuditDraft Closing(DraftEdits edits, CreditApplication application)
    {
        var entry = Draft(edits.Actor, "application.changed", application, edits.Fields.Split(','));
        return entry with { Payload = new Dictionary<string, string?>(entry.Payload) { ["since"] = edits.Since.ToString("O", CultureInfo.InvariantCulture) } };
    }

    private sealed record Change(CreditApplication Before, CreditApplication After);

    // The score of other values says nothing about these: it stays as history. The application is a draft again; a case in review stays
    // with its reviewer and cannot be decided until it is scored again.
    private static CreditApplication Unscored(CreditApplication before, CreditApplication after)
    {
        if (before with { Version = after.Version, SourcesJson = after.SourcesJson } == after) return after;
        return after with { State = before.State == ApplicationState.Scored ? ApplicationState.Draft : before.State, ScoreId = null };
    }

    // Nothing is entered after a decision or a withdrawal: while an objection is heard, the values stay those that were decided on.
    private static bool IsClosed(CreditApplication application) =>
        application.WasDecided || application.State == ApplicationState.Withdrawn;

    private static List<Problem> Faults(ApplicationRequest request)
    {
        var faults = new List<Problem>();
        if (request.Amount is { MinorUnits: <= 0 }) faults.Add(new Problem("application.amount", "The amount is above zero.") { Field = "amount", Remedy = "Enter the amount asked for." });
        if (request.TermMonths is < 1 or > 600) faults.Add(new Problem("application.term", $"Term is {request.TermMonths} months. Allowed: 1 to 600.") { Field = "termMonths", Remedy = "Enter the term in months." });
        return faults;
    }

    private static AuditDraft Draft(Actor actor, string kind, CreditApplication application, IReadOnlyList<string>? fields = null) =>
        new(actor, kind, application.Id.ToString(), new Dictionary<string, string?>
        {
            ["scorecard"] = application.ScorecardId,
            ["amount"] = application.Amount?.Major.ToString(CultureInfo.InvariantCulture),
            ["termMonths"] = application.TermMonths?.ToString(CultureInfo.InvariantCulture),
            ["values"] = ContentHash.Of(application.ValuesJson).Hex,
            ["sources"] = application.SourcesJson == ValueSources.None ? null : application.SourcesJson,
            ["fields"] = fields is null ? null : string.Join(", ", fields),
        })
        { ApplicantId = application.ApplicantId };
}
