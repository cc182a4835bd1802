using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>Which part of the portfolio.</summary>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after it.</param>
/// <param name="ScorecardId">One scorecard; null for all.</param>
public sealed record PortfolioQuery(DateTimeOffset From, DateTimeOffset To, string? ScorecardId = null);

/// <summary>What happened in a period.</summary>
public sealed record PortfolioTotals
{
    /// <summary>Applications that were opened.</summary>
    public required int Applications { get; init; }
    /// <summary>Applications on which a decision became final.</summary>
    public required int Decided { get; init; }
    /// <summary>Of these, approved as asked or on other terms.</summary>
    public required int Approved { get; init; }
    /// <summary>Final decisions against the recommendation.</summary>
    public required int Overrides { get; init; }
    /// <summary>Of these, approvals below the cut-off (low side).</summary>
    public required int LowSide { get; init; }
    /// <summary>Decisions that a second person approved.</summary>
    public required int SecondApprovals { get; init; }
    /// <summary>Mean probability of default of what was approved, in [0, 1]; null when nothing was.</summary>
    public required double? PdOfBooked { get; init; }
    /// <summary>Amount approved, per currency, largest first.</summary>
    public required IReadOnlyList<Money> Booked { get; init; }
    /// <summary>Sum of the expected losses of what was approved, in major units; null where no scorecard states costs.</summary>
    public required double? ExpectedLoss { get; init; }
    /// <summary>Median time from opening an application to its final decision; null without decisions.</summary>
    public required TimeSpan? TimeToDecision { get; init; }

    /// <summary>Share of final decisions that approve, in [0, 1]; null without decisions.</summary>
    public double? ApprovalRate => Decided == 0 ? null : (double)Approved / Decided;

    /// <summary>Share of final decisions that go against the recommendation, in [0, 1]; null without decisions.</summary>
    public double? OverrideRate => Decided == 0 ? null : (double)Overrides / Decided;
}

/// <summary>One month (or another step) of the trend.</summary>
/// <param name="From">First instant.</param>
/// <param name="Decided">Final decisions.</param>
/// <param name="Approved">Of these, approvals.</param>
/// <param name="PdOfBooked">Mean probability of default of the approvals, in [0, 1]; null without any.</param>
public sealed record PortfolioStep(DateTimeOffset From, int Decided, int Approved, double? PdOfBooked);

/// <summary>By what applications are put into segments.</summary>
public enum SegmentKind
{
    /// <summary>Scorecard.</summary>
    Scorecard,
    /// <summary>Branch that took the application in.</summary>
    Branch,
    /// <summary>Term: up to 12, 24, 36, 60 months, longer.</summary>
    Term,
}

/// <summary>Scored applications that have something in common.</summary>
/// <param name="Kind">What they have in common.</param>
/// <param name="Value">Scorecard, branch (empty: none), or the longest term in months of the band (empty: longer than the last).</param>
/// <param name="Count">Scored applications.</param>
/// <param name="MeanScore">Mean issued score.</param>
/// <param name="MeanPd">Mean probability of default, in [0, 1].</param>
/// <param name="Declines">Of these, recommended for decline.</param>
public sealed record PortfolioSegment(SegmentKind Kind, string Value, int Count, double MeanScore, double MeanPd, int Declines);

/// <summary>What waits, for one person.</summary>
/// <param name="Drafts">Own applications that are not yet scored.</param>
/// <param name="Mine">Cases that the person has claimed.</param>
/// <param name="Waiting">Cases that nobody has claimed.</param>
/// <param name="Second">Cases that wait for a second approver and were not recommended by this person.</param>
/// <param name="Late">Open cases past their due time.</param>
/// <param name="Soon">Open cases due within an hour.</param>
public sealed record WaitingCases(int Drafts, int Mine, int Waiting, int Second, int Late, int Soon);

/// <summary>Figures of the portfolio, added up where they are stored.</summary>
public interface IPortfolioStore
{
    /// <summary>Totals of a period.</summary>
    Task<PortfolioTotals> TotalsAsync(PortfolioQuery query, CancellationToken cancellationToken);

    /// <summary>Approvals and their risk per step; the steps begin at <paramref name="starts"/> (ascending) and the last ends at the query's end.</summary>
    Task<IReadOnlyList<PortfolioStep>> TrendAsync(PortfolioQuery query, IReadOnlyList<DateTimeOffset> starts, CancellationToken cancellationToken);

    /// <summary>Latest scores of the applications that were scored in the period, per segment; riskiest first within a kind.</summary>
    Task<IReadOnlyList<PortfolioSegment>> SegmentsAsync(PortfolioQuery query, CancellationToken cancellationToken);

    /// <summary>Latest scores of the applications that were scored in the period, in bins of <paramref name="width"/> points.</summary>
    Task<IReadOnlyList<ScoreBin>> HistogramAsync(PortfolioQuery query, int width, CancellationToken cancellationToken);

    /// <summary>What waits for a person now.</summary>
    Task<WaitingCases> WaitingAsync(Guid personId, DateTimeOffset now, CancellationToken cancellationToken);
}
