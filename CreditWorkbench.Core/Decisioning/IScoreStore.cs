using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>A number of scores per bin of the score axis, for histograms.</summary>
public sealed record ScoreBin(int From, int To, int Count);

/// <summary>Which scores to list; null members do not filter.</summary>
public sealed record ScoreQuery(string? ScorecardId = null, Guid? ApplicationId = null)
{
    /// <summary>Only of applications that this client system took in.</summary>
    public Guid? ClientId { get; init; }
    /// <summary>Cursor: scores that come after this one in the list; null from the newest.</summary>
    public Guid? After { get; init; }
    /// <summary>Rows at most.</summary>
    public int Take { get; init; } = 25;
}

/// <summary>A part of a list of scores.</summary>
/// <param name="Items">Scores, newest first; those of erased applicants are left out.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
public sealed record ScoreList(IReadOnlyList<IssuedScore> Items, Guid? Next);

/// <summary>Durable scores.</summary>
public interface IScoreStore
{
    /// <summary>Commits score, explanation, the application's new state, the counts of its bins and the audit
    /// entry together; <c>version.stale</c> when the application changed meanwhile.</summary>
    Task<Outcome<IssuedScore>> IssueAsync(IssuedScore score, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Adds the roadmap to a score.</summary>
    Task SaveRoadmapAsync(Guid scoreId, Roadmap roadmap, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>One score; null when unknown.</summary>
    Task<IssuedScore?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Scores of an application, newest first.</summary>
    Task<IReadOnlyList<IssuedScore>> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken);

    /// <summary>Scores that match, newest first, from a cursor on.</summary>
    Task<ScoreList> ListAsync(ScoreQuery query, CancellationToken cancellationToken);

    /// <summary>The newest scores that a release issued, newest first.</summary>
    Task<IReadOnlyList<IssuedScore>> RecentAsync(ReleaseReference release, int count, CancellationToken cancellationToken);

    /// <summary>Counts of the latest issued score per application of a scorecard, in bins of <paramref name="width"/> points.</summary>
    Task<IReadOnlyList<ScoreBin>> HistogramAsync(string scorecardId, int width, CancellationToken cancellationToken);
}
