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
/// <remarks>Cases that end in a decision lie up to five months back, some days apart, so that trends have months to show; what waits is of today. The audit trail tells
/// for all of them when they were really written.</remarks>
public sealed class DemoCases
{
    private const int DaysApart = 8;
    private static readonly TimeSpan ToClaim = TimeSpan.FromHours(3);
    private static readonly TimeSpan ToDecide = TimeSpan.FromMinutes(50);
    private const int RowSeed = 41;
    private static readonly decimal[] Amounts = [5_000_000, 10_000_000, 15_000_000, 20_000_000, 30_000_000, 60_000_000];
    private static readonly int[] Terms = [6, 12, 18, 24, 36];
    private readonly DemoClock _clock;
    private readonly ApplicantDesk _applicants;
    private readonly ApplicationDesk _applications;
    private readonly ScoringDesk _scoring;
    private readonly ReviewDesk _reviews;

    /// <summary>Makes desks of their own, that go by the demo's clock.</summary>
    public DemoCases(IServiceProvider services, TimeProvider now)
    {
        _clock = new DemoClock(now);
        _applicants = ActivatorUtilities.CreateInstance<ApplicantDesk>(services, _clock);
        _applications = ActivatorUtilities.CreateInstance<ApplicationDesk>(services, _clock);
        _scoring = ActivatorUtilities.CreateInstance<ScoringDesk>(services, _clock);
        _reviews = ActivatorUtilities.CreateInstance<ReviewDesk>(services, _clock);
    }

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
            _clock.PutBack(IsDecided(n) ? DaysApart * (n + 1) / 2 : 0);
            if (!(await _applicants.RegisterAsync(DemoPeople.Request(n), officer, cancellationToken)).TryGet(out var applicant, out _)) continue;
            var consent = new ConsentRequest(definition.Consent.Purposes, [.. definition.Sources.Select(source => source.Name)], applicant.Language, "branch");
            await _applicants.GiveConsentAsync(applicant.Id, definition, consent, officer, cancellationToken);
            var request = new ApplicationRequest(row.Record, Money.FromMajor(Amounts[n % Amounts.Length], definition.Currency), Terms[n % Terms.Length], applicant.BranchId);
            if (!(await _applications.OpenAsync(applicant.Id, request, officer, cancellationToken)).TryGet(out var application, out problems)) return Outcome<int>.Refused(problems);
            made++;
            // Every twelfth stays a draft: an empty state to start from.
            if (n % 12 != 11) await ReviewAsync(application, n, officer, cancellationToken);
        }

        return made;
    }

    private async Task ReviewAsync(CreditApplication application, int n, Actor officer, CancellationToken cancellationToken)
    {
        if (!(await _scoring.ScoreAsync(application.Id, officer, cancellationToken)).TryGet(out var score, out _)) return;
        if (!(await _reviews.OpenAsync(application.Id, officer, cancellationToken)).TryGet(out var opened, out _)) return;
        if (!IsDecided(n)) return;
        _clock.Pass(ToClaim);
        await _reviews.ClaimAsync(opened.Id, officer, cancellationToken);
        _clock.Pass(ToDecide);
        // A referred case is decided by what the officer saw beside the score: here, two of three for it. What the desk refuses to an officer alone goes the other way.
        var approve = score.Policy.Recommendation == Recommendation.Approve || score.Policy.Recommendation == Recommendation.Refer && n % 3 == 0;
        if (!(await _reviews.DecideAsync(opened.Id, Request(application, approve), officer, cancellationToken)).Succeeded)
            await _reviews.DecideAsync(opened.Id, Request(application, !approve), officer, cancellationToken);
    }

    // Half of them: amounts that an officer decides alone.
    private static bool IsDecided(int n) => n % Amounts.Length is 0 or 2 or 3;

    private static DecisionRequest Request(CreditApplication application, bool approve) => approve
        ? new DecisionRequest(Verdict.Approve, "Score and statement agree; identity and income were checked at the branch.", application.Amount, 0.18, application.TermMonths)
        : new DecisionRequest(Verdict.Decline, "The account shows too little steady income for this instalment; the reasons were explained.");

    /// <summary>The demo loan officer as the domain's actor.</summary>
    public static Actor Officer(Guid id, string name) => new(id, name, ActorKind.User, Roles.PermissionsOf([Roles.LoanOfficer]));
}
