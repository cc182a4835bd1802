using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Tests.Review;

/// <summary>A review desk on stores in memory that keep the promises of the ports: compare-and-set and one entry per change.</summary>
internal sealed class ReviewRoom
{
    public ReviewRoom()
    {
        Cases = new CasesInMemory(this);
        Desk = new ReviewDesk(Cases, Applications, Scores, new OneScorecard(), Clock);
        Objections = new ObjectionDesk(Cases, Applications, Clock);
    }

    public List<string> AuditKinds { get; } = [];
    public ApplicationsInMemory Applications { get; } = new();
    public ScoresInMemory Scores { get; } = new();
    public CasesInMemory Cases { get; }
    public ReviewDesk Desk { get; }
    public ObjectionDesk Objections { get; }
    public StoppedClock Clock { get; } = new();

    public async Task<ReviewCase> OpenAsync(IssuedScore score, decimal amount, Actor actor)
    {
        Scores.Single = score;
        Applications.Single = Review.Cases.Application(score, amount);
        return (await Desk.OpenAsync(score.ApplicationId, actor, CancellationToken.None)).Value;
    }

    internal sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Review.Cases.Now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class OneScorecard : IScorecardCatalog
    {
        private static readonly ScorecardDefinition Trust = Definitions.WithPolicy(Review.Cases.Policy);

        public ValueTask<ScorecardDefinition?> FindAsync(string scorecardId, CancellationToken cancellationToken) => ValueTask.FromResult<ScorecardDefinition?>(Trust);

        public ValueTask<IReadOnlyList<ScorecardDefinition>> ListAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<ScorecardDefinition>>([Trust]);
    }
}

internal sealed class ApplicationsInMemory : IApplicationStore
{
    public CreditApplication Single { get; set; } = null!;

    public Task<CreditApplication?> FindAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(Single.Id == id ? Single : null);

    public Task<Page<CreditApplication>> SearchAsync(ApplicationQuery query, CancellationToken cancellationToken) => Task.FromResult(new Page<CreditApplication>([Single], 1));

    public Task<CreditApplication> AddAsync(CreditApplication application, AuditDraft audit, CancellationToken cancellationToken) => Task.FromResult(Single = application);

    public Task<Outcome<CreditApplication>> UpdateAsync(CreditApplication application, IReadOnlyList<AuditDraft> audit, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<CreditApplication>>(Single = application with { Version = application.Version + 1 });
}

internal sealed class ScoresInMemory : IScoreStore
{
    public IssuedScore Single { get; set; } = null!;

    public Task<Outcome<IssuedScore>> IssueAsync(IssuedScore score, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken) => Task.FromResult<Outcome<IssuedScore>>(Single = score);

    public Task SaveRoadmapAsync(Guid scoreId, Roadmap roadmap, AuditDraft audit, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IssuedScore?> FindAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(Single.Id == id ? Single : null);

    public Task<IReadOnlyList<IssuedScore>> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<IssuedScore>>([Single]);

    public Task<ScoreList> ListAsync(ScoreQuery query, CancellationToken cancellationToken) => Task.FromResult(new ScoreList([Single], null));

    public Task<IReadOnlyList<IssuedScore>> RecentAsync(ReleaseReference release, int count, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<IssuedScore>>([Single]);

    public Task<IReadOnlyList<ScoreBin>> HistogramAsync(string scorecardId, int width, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ScoreBin>>([]);
}

internal sealed class CasesInMemory(ReviewRoom room) : IReviewStore
{
    private readonly List<CaseDecision> _decisions = [];

    public ReviewCase Single { get; private set; } = null!;

    public Task<ReviewCase?> FindAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(Single?.Id == id ? Single : null);

    public Task<ReviewCase?> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken) => Task.FromResult(Single?.ApplicationId == applicationId ? Single : null);

    public Task<Page<ReviewCase>> ListAsync(CaseQuery query, CancellationToken cancellationToken) => Task.FromResult(new Page<ReviewCase>([Single], 1));

    public Task<ReviewCase> OpenAsync(ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        room.AuditKinds.Add(audit.Kind);
        room.Applications.Single = application;
        return Task.FromResult(Single = reviewCase);
    }

    public Task<Outcome<ReviewCase>> UpdateAsync(ReviewCase reviewCase, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (reviewCase.Version != Single.Version) return Task.FromResult<Outcome<ReviewCase>>(new Problem("version.stale", "Changed meanwhile."));
        room.AuditKinds.Add(audit.Kind);
        return Task.FromResult<Outcome<ReviewCase>>(Single = reviewCase with { Version = reviewCase.Version + 1 });
    }

    public Task<Outcome<CaseDecision>> DecideAsync(CaseDecision decision, ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        room.AuditKinds.Add(audit.Kind);
        _decisions.RemoveAll(known => known.Id == decision.Id);
        _decisions.Insert(0, decision);
        room.Applications.Single = application;
        Single = reviewCase with { Version = reviewCase.Version + 1 };
        return Task.FromResult<Outcome<CaseDecision>>(decision);
    }

    public Task<Outcome<ReviewCase>> ObjectAsync(Objection objection, ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        room.AuditKinds.Add(audit.Kind);
        room.Applications.Single = application;
        return Task.FromResult<Outcome<ReviewCase>>(Single = reviewCase with { Version = reviewCase.Version + 1 });
    }

    public Task<IReadOnlyList<CaseDecision>> DecisionsAsync(Guid caseId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CaseDecision>>([.. _decisions]);
}
