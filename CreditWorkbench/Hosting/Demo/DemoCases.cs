using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Hosting.Demo;

/// <summary>Takes in, scores and partly decides the applications of the demo applicants, through the same desks as everybody.</summary>
public sealed class DemoCases(ApplicantDesk applicants, ApplicationDesk applications, ScoringDesk scoring, ReviewDesk reviews)
{
    private const int RowSeed = 41;
    private static readonly decimal[] Amounts = [5_000_000, 10_000_000, 15_000_000, 20_000_000, 30_000_000, 60_000_000];
    private static readonly int[] Terms = [6, 12, 18, 24, 36];

    /// <summary>Makes a case per demo person.</summary>
    /// <param name="definition">Scorecard with a generator and a model in production.</param>
    /// <param name="officer">Who takes in and decides.</param>
    /// <param name="cancellationToken">Stops between cases.</param>
    public async Task<Outcome<int>> CreateAsync(ScorecardDefinition definition, Actor officer, CancellationToken cancellationToken)
    {
        if (!SyntheticGenerator.Create(definition).TryGet(out var generator, out var problems)) return Outcome<int>.Refused(problems);
        var made = 0;
        foreach (var (n, row) in generator.Rows(DemoPeople.Count, new SyntheticSwitches(RowSeed)).Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!(await applicants.RegisterAsync(DemoPeople.Request(n), officer, cancellationToken)).TryGet(out var applicant, out _)) continue;
            var consent = new ConsentRequest(definition.Consent.Purposes, [.. definition.Sources.Select(source => source.Name)], applicant.Language, "branch");
            await applicants.GiveConsentAsync(applicant.Id, definition, consent, officer, cancellationToken);
            var request = new ApplicationRequest(row.Record, Money.FromMajor(Amounts[n % Amounts.Length], definition.Currency), Terms[n % Terms.Length], applicant.BranchId);
            if (!(await applications.OpenAsync(applicant.Id, request, officer, cancellationToken)).TryGet(out var application, out problems)) return Outcome<int>.Refused(problems);
            made++;
            // Every twelfth stays a draft: an empty state to start from.
            if (n % 12 != 11) await ReviewAsync(application, n, officer, cancellationToken);
        }

        return made;
    }

    private async Task ReviewAsync(CreditApplication application, int n, Actor officer, CancellationToken cancellationToken)
    {
        if (!(await scoring.ScoreAsync(application.Id, officer, cancellationToken)).TryGet(out var score, out _)) return;
        if (!(await reviews.OpenAsync(application.Id, officer, cancellationToken)).TryGet(out var opened, out _)) return;
        if (n % 3 != 0 || score.Policy.Recommendation == Recommendation.Refer) return;
        await reviews.ClaimAsync(opened.Id, officer, cancellationToken);
        var approve = score.Policy.Recommendation == Recommendation.Approve;
        var request = approve
            ? new DecisionRequest(Verdict.Approve, "Score and statement agree; identity and income were checked at the branch.", application.Amount, 0.18, application.TermMonths)
            : new DecisionRequest(Verdict.Decline, "The account shows too little steady income for this instalment; the reasons were explained.");
        await reviews.DecideAsync(opened.Id, request, officer, cancellationToken);
    }

    /// <summary>The demo loan officer as the domain's actor.</summary>
    public static Actor Officer(Guid id, string name) => new(id, name, ActorKind.User, Roles.PermissionsOf([Roles.LoanOfficer]));
}
