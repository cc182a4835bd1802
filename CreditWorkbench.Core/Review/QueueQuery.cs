using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Review;

/// <summary>Which cases of the queue to show.</summary>
public enum QueueFilter
{
    /// <summary>Everything that is not decided.</summary>
    Open,
    /// <summary>What the reader has claimed.</summary>
    Mine,
    /// <summary>What nobody has.</summary>
    Free,
    /// <summary>What waits for a second approver.</summary>
    Second,
    /// <summary>Open cases that the applicant objected to.</summary>
    Objections,
    /// <summary>Open cases past their due time.</summary>
    Late,
    /// <summary>What was decided.</summary>
    Decided,
}

/// <summary>What the queue is ordered by. Names are encrypted, so nothing orders by them.</summary>
public enum QueueSort
{
    /// <summary>Priority, then due time.</summary>
    Priority,
    /// <summary>Due time.</summary>
    Due,
    /// <summary>Application number.</summary>
    Number,
    /// <summary>Scorecard.</summary>
    Scorecard,
    /// <summary>Amount asked for.</summary>
    Amount,
    /// <summary>Issued score.</summary>
    Score,
    /// <summary>Where the case stands, then who has it.</summary>
    State,
}

/// <summary>A page of the queue.</summary>
/// <param name="Filter">Which cases.</param>
/// <param name="Reader">Whose cases <see cref="QueueFilter.Mine"/> are.</param>
/// <param name="Now">When cases count as late.</param>
public sealed record QueueQuery(QueueFilter Filter, Guid Reader, DateTimeOffset Now)
{
    /// <summary>Most rows of a page.</summary>
    public const int MostRows = 200;
    /// <summary>One scorecard only; null for all.</summary>
    public string? ScorecardId { get; init; }
    /// <summary>An application number or its end, or words of a name; null for all.</summary>
    public string? Search { get; init; }
    /// <summary>Order.</summary>
    public QueueSort Sort { get; init; }
    /// <summary>Largest, or latest, first.</summary>
    public bool Descending { get; init; }
    /// <summary>One-based page.</summary>
    public int Page { get; init; } = 1;
    /// <summary>Rows per page, 1 to <see cref="MostRows"/>.</summary>
    public int PageSize { get; init; } = 25;
}

/// <summary>A row as it is stored: what the queue shows lies beside the case, copied when it opened or was pointed at a newer score.</summary>
/// <param name="Case">The case.</param>
/// <param name="Applicant">Who applies, in clear; pages get a name only.</param>
/// <param name="Facts">What the queue shows about the application and its score.</param>
public sealed record QueueEntry(ReviewCase Case, Applicant Applicant, QueueFacts Facts);

/// <summary>What the queue shows about an application and its score.</summary>
/// <param name="Number">Application number.</param>
/// <param name="ScorecardId">Scorecard.</param>
/// <param name="Amount">Amount asked for; null when not stated.</param>
/// <param name="Issued">Issued score.</param>
/// <param name="Grade">Grade.</param>
/// <param name="Recommendation">What policy says.</param>
public sealed record QueueFacts(string Number, string ScorecardId, Money? Amount, int Issued, string Grade, Recommendation Recommendation);

/// <summary>A row of the queue for a reader.</summary>
/// <param name="Case">The case.</param>
/// <param name="ApplicantName">Name, masked unless the reader may see it.</param>
/// <param name="Facts">What the queue shows about the application and its score.</param>
public sealed record QueueRow(ReviewCase Case, string ApplicantName, QueueFacts Facts);

/// <summary>How many cases each filter holds.</summary>
/// <param name="Waiting">Nobody has them.</param>
/// <param name="Claimed">Somebody has them.</param>
/// <param name="Second">They wait for a second approver.</param>
/// <param name="Decided">They are decided.</param>
/// <param name="Mine">Of the open ones, the reader's own.</param>
/// <param name="Objections">Of the open ones, those objected to.</param>
/// <param name="Late">Of the open ones, those past their due time.</param>
/// <param name="Soon">Of the open ones, those due within the hour, late ones included.</param>
public sealed record QueueCounts(int Waiting, int Claimed, int Second, int Decided, int Mine, int Objections, int Late, int Soon)
{
    /// <summary>Everything that is not decided.</summary>
    public int Open => Waiting + Claimed + Second;

    /// <summary>Cases of a filter.</summary>
    public int Of(QueueFilter filter) => filter switch
    {
        QueueFilter.Mine => Mine,
        QueueFilter.Free => Waiting,
        QueueFilter.Second => Second,
        QueueFilter.Objections => Objections,
        QueueFilter.Late => Late,
        QueueFilter.Decided => Decided,
        _ => Open,
    };
}
