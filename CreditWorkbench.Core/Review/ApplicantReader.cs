using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>One applicant with everything that happened.</summary>
/// <param name="Applicant">Personal data as the reader may see it.</param>
/// <param name="Consents">All consents, newest first.</param>
/// <param name="Cases">Applications with scores and decisions, newest first; the latest twenty.</param>
/// <param name="Total">How many applications there are.</param>
public sealed record ApplicantView(Applicant Applicant, IReadOnlyList<Consent> Consents, IReadOnlyList<CaseView> Cases, int Total);

/// <summary>Reads applicants for pages, masked as cases are. Search goes by whole words: an e-mail, telephone, national id or a word of the name.</summary>
public sealed class ApplicantReader(IApplicantStore applicants, IApplicationStore applications, CaseReader cases)
{
    private const int MostCases = 20;

    /// <summary>Applicants that match, newest first. Who may not see personal data cannot search by it either, and gets all of them; a
    /// client system searches among its own.</summary>
    public Task<Outcome<Page<Applicant>>> ListAsync(string? query, int page, int pageSize, Actor actor, CancellationToken cancellationToken) =>
        ListAsync(new ApplicantQuery(query) { Page = page, PageSize = pageSize }, actor, cancellationToken);

    /// <summary>Applicants that match, in the order of the query; as above.</summary>
    public async Task<Outcome<Page<Applicant>>> ListAsync(ApplicantQuery query, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        var asked = MaySearch(actor) && !string.IsNullOrWhiteSpace(query.Text) ? query.Text.Trim() : null;
        var found = await applicants.SearchAsync(query with { Text = asked, ClientId = Ownership.Narrowing(actor) }, cancellationToken);
        return new Page<Applicant>([.. found.Items.Select(applicant => CaseReader.Shown(applicant, actor))], found.Total);
    }

    /// <summary>Whether an actor may look for people by their personal data.</summary>
    public static bool MaySearch(Actor actor) => actor.May(Permission.RevealPersonalData) || actor.Kind == ActorKind.Client;

    /// <summary>One applicant; <c>applicant.notFound</c> where there is none.</summary>
    public async Task<Outcome<ApplicantView>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        if (await applicants.FindForAsync(id, actor, cancellationToken) is not { } applicant) return new Problem("applicant.notFound", "There is no such applicant.");
        var page = await applications.SearchAsync(new ApplicationQuery(ApplicantId: id) { ClientId = Ownership.Narrowing(actor), PageSize = MostCases }, cancellationToken);
        var views = new List<CaseView>();
        foreach (var application in page.Items)
        {
            if ((await cases.FindAsync(application.Id, actor, cancellationToken)).TryGet(out var view, out _)) views.Add(view);
        }

        return new ApplicantView(CaseReader.Shown(applicant, actor), await applicants.ConsentsAsync(id, cancellationToken), views, page.Total);
    }
}
