using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Applicants;

/// <summary>What an application asks for.</summary>
public sealed record ApplicationRequest(InputRecord Record, Money? Amount, int? TermMonths, string? BranchId, Guid? LinkedTo = null);

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
        if (await applicants.FindAsync(applicantId, cancellationToken) is not { ErasedAt: null }) return new Problem("applicant.notFound", "There is no such applicant.");
        if (Faults(request) is { Count: > 0 } faults) return faults;
        if (request.LinkedTo is { } earlier && (await applications.FindAsync(earlier, cancellationToken))?.ApplicantId != applicantId)
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
            Amount = request.Amount,
            TermMonths = request.TermMonths,
            LinkedTo = request.LinkedTo,
            BranchId = request.BranchId,
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
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applications.FindAsync(applicationId, cancellationToken) is not { } application) return new Problem("application.notFound", "There is no such application.");
        if (IsClosed(application)) return ApplicationProblems.Decided(application);
        if (Faults(request) is { Count: > 0 } faults) return faults;
        var parted = PartedRecord.Of(request.Record);
        var changed = Unscored(application, application with
        {
            ValuesJson = parted.ValuesJson,
            Amount = request.Amount,
            TermMonths = request.TermMonths,
            ScoringHash = request.Record.Definition.ScoringHash,
            Version = version,
        });
        if (application.Version == version) await vault.KeepAsync(applicationId, application.ApplicantId, parted.Sensitive, cancellationToken);
        return await applications.UpdateAsync(changed, Draft(actor, "application.changed", changed), cancellationToken);
    }

    /// <summary>Withdraws an application on the applicant's wish, before it is decided.</summary>
    public async Task<Outcome<CreditApplication>> WithdrawAsync(Guid applicationId, int version, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applications.FindAsync(applicationId, cancellationToken) is not { } application) return new Problem("application.notFound", "There is no such application.");
        if (IsClosed(application) || !Transitions.Contains((application.State, ApplicationState.Withdrawn))) return ApplicationProblems.Decided(application);
        var withdrawn = application with { State = ApplicationState.Withdrawn, Version = version };
        return await applications.UpdateAsync(withdrawn, Draft(actor, "application.withdrawn", withdrawn), cancellationToken);
    }

    // The score of other values says nothing about these: it stays as history. The application is a draft again; a case in review stays
    // with its reviewer and cannot be decided until it is scored again.
    private static CreditApplication Unscored(CreditApplication before, CreditApplication after)
    {
        if (before with { Version = after.Version } == after) return after;
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

    private static AuditDraft Draft(Actor actor, string kind, CreditApplication application) =>
        new(actor, kind, application.Id.ToString(), new Dictionary<string, string?>
        {
            ["scorecard"] = application.ScorecardId,
            ["amount"] = application.Amount?.Major.ToString(CultureInfo.InvariantCulture),
            ["termMonths"] = application.TermMonths?.ToString(CultureInfo.InvariantCulture),
            ["values"] = ContentHash.Of(application.ValuesJson).Hex,
        })
        { ApplicantId = application.ApplicantId };
}
