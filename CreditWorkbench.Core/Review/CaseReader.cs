using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Review;

/// <summary>Reads what pages show. Personal data stays masked but for the name, which those see who work with applicants; revealing the rest is a deed of its
/// own, with a reason and an entry.</summary>
public sealed class CaseReader(
    IApplicationStore applications, IApplicantStore applicants, IScoreStore scores, IReviewStore cases, IScorecardCatalog scorecards)
{
    /// <summary>One application with all that belongs to it; <c>application.notFound</c> where it does not exist.</summary>
    public async Task<Outcome<CaseView>> FindAsync(Guid applicationId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        if (await applications.FindForAsync(applicationId, actor, cancellationToken) is not { } application) return new Problem("application.notFound", "There is no such application.");
        if (await applicants.FindForAsync(application.ApplicantId, actor, cancellationToken) is not { } applicant) return new Problem("applicant.notFound", "There is no such applicant.");
        if (await scorecards.FindAsync(application.ScorecardId, cancellationToken) is not { } definition) return new Problem("scorecard.notFound", $"There is no scorecard {application.ScorecardId}.");
        var issued = await scores.OfApplicationAsync(applicationId, cancellationToken);
        var reviewCase = await cases.OfApplicationAsync(applicationId, cancellationToken);
        return new CaseView(
            application, Shown(applicant, actor), definition, await applicants.ConsentsAsync(applicant.Id, cancellationToken), issued.Count > 0 ? issued[0] : null, [.. issued.Skip(1)],
            reviewCase, reviewCase is null ? [] : await cases.DecisionsAsync(reviewCase.Id, cancellationToken));
    }

    /// <summary>Applications that match, newest first.</summary>
    public async Task<Outcome<Page<CaseSummary>>> ListAsync(ApplicationQuery query, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        var page = await applications.SearchAsync(query with { ClientId = Ownership.Narrowing(actor) ?? query.ClientId }, cancellationToken);
        var rows = new List<CaseSummary>(page.Items.Count);
        foreach (var application in page.Items)
            rows.Add(await RowAsync(application, await cases.OfApplicationAsync(application.Id, cancellationToken), actor, cancellationToken));
        return new Page<CaseSummary>(rows, page.Total);
    }

    /// <summary>Cases of the queue that match, by priority, then due time.</summary>
    public async Task<Outcome<Page<CaseSummary>>> QueueAsync(CaseQuery query, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Review) is { } refusal) return refusal;
        var page = await cases.ListAsync(query, cancellationToken);
        var rows = new List<CaseSummary>(page.Items.Count);
        foreach (var reviewCase in page.Items)
        {
            if (await applications.FindForAsync(reviewCase.ApplicationId, actor, cancellationToken) is { } application)
                rows.Add(await RowAsync(application, reviewCase, actor, cancellationToken));
        }

        return new Page<CaseSummary>(rows, page.Total);
    }

    private async Task<CaseSummary> RowAsync(CreditApplication application, ReviewCase? reviewCase, Actor actor, CancellationToken cancellationToken)
    {
        var applicant = await applicants.FindForAsync(application.ApplicantId, actor, cancellationToken);
        var score = application.ScoreId is { } scoreId ? await scores.FindAsync(scoreId, cancellationToken) : null;
        return new CaseSummary(application, applicant is null ? "" : Shown(applicant, actor).Name, score, reviewCase);
    }

    // Who works with applicants must be able to call them by name; everything else, and everybody else, waits for a reveal.
    internal static Applicant Shown(Applicant applicant, Actor actor) =>
        actor.May(Permission.RevealPersonalData) ? PersonalDataMask.Of(applicant) with { Name = applicant.Name } : PersonalDataMask.Of(applicant);
}
