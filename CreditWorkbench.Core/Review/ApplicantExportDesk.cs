using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>Everything that is kept about an applicant.</summary>
/// <param name="Applicant">Personal data in clear.</param>
/// <param name="Consents">All consents, newest first.</param>
/// <param name="Cases">Applications with scores and decisions, newest first.</param>
public sealed record ApplicantExport(Applicant Applicant, IReadOnlyList<Consent> Consents, IReadOnlyList<CaseView> Cases);

/// <summary>Hands an applicant's data out, for the applicant's right to a copy. The reason goes into the trail first.</summary>
public sealed class ApplicantExportDesk(ApplicantDesk desk, IApplicationStore applications, CaseReader cases, IAuditTrail trail)
{
    private const int PageSize = 100;

    /// <summary>The copy; needs <see cref="Permission.RevealPersonalData"/> and a reason.</summary>
    public async Task<Outcome<ApplicantExport>> ExportAsync(Guid applicantId, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await desk.RevealAsync(applicantId, reason, actor, cancellationToken)).TryGet(out var applicant, out var problems)) return Outcome<ApplicantExport>.Refused(problems);
        if (!(await desk.ConsentsAsync(applicantId, actor, cancellationToken)).TryGet(out var consents, out problems)) return Outcome<ApplicantExport>.Refused(problems);
        var audit = new AuditDraft(actor, "applicant.exported", applicantId.ToString(), new Dictionary<string, string?> { ["reason"] = reason.Trim() }) { ApplicantId = applicantId };
        await trail.AppendAsync([audit], cancellationToken);
        return new ApplicantExport(applicant, consents, await CasesAsync(applicantId, actor, cancellationToken));
    }

    private async Task<IReadOnlyList<CaseView>> CasesAsync(Guid applicantId, Actor actor, CancellationToken cancellationToken)
    {
        var found = new List<CaseView>();
        var query = new ApplicationQuery(ApplicantId: applicantId) { ClientId = Ownership.Narrowing(actor), PageSize = PageSize };
        while (true)
        {
            var page = await applications.SearchAsync(query, cancellationToken);
            foreach (var application in page.Items)
            {
                if ((await cases.FindAsync(application.Id, actor, cancellationToken)).TryGet(out var view, out _)) found.Add(view);
            }

            if (page.Items.Count < PageSize) return found;
            query = query with { Page = query.Page + 1 };
        }
    }
}
