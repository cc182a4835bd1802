using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Portfolio figures, counted and averaged by the database; only columns that are stored in clear are read.</summary>
internal sealed class PortfolioStore(IDbContextFactory<WorkbenchContext> contexts) : IPortfolioStore
{
    private static readonly int[] TermBands = [12, 24, 36, 60];

    public async Task<PortfolioTotals> TotalsAsync(PortfolioQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await Final(context, query).GroupBy(_ => 1).Select(all => new
        {
            Decided = all.Count(),
            Overrides = all.Count(one => one.Override != OverrideKind.None),
            LowSide = all.Count(one => one.Override == OverrideKind.LowSide),
            Second = all.Count(one => one.SecondBy != null),
        }).SingleOrDefaultAsync(cancellationToken);
        var booked = await Booked(context, query).GroupBy(one => one.Currency).Select(all => new
        {
            Currency = all.Key,
            Count = all.Count(),
            Minor = all.Sum(one => one.Amount ?? 0),
            Pd = all.Sum(one => one.Pd),
            Loss = all.Sum(one => one.Loss),
            WithLoss = all.Count(one => one.Loss != null),
        }).ToListAsync(cancellationToken);
        return new PortfolioTotals
        {
            Applications = await Opened(context, query).CountAsync(cancellationToken),
            Decided = counts?.Decided ?? 0,
            Approved = booked.Sum(each => each.Count),
            Overrides = counts?.Overrides ?? 0,
            LowSide = counts?.LowSide ?? 0,
            SecondApprovals = counts?.Second ?? 0,
            PdOfBooked = booked.Count == 0 ? null : booked.Sum(each => each.Pd) / booked.Sum(each => each.Count),
            Booked = [.. booked.Where(each => each.Currency is not null).Select(each => new Money(each.Minor, each.Currency!)).OrderByDescending(money => money.Major)],
            ExpectedLoss = booked.Sum(each => each.WithLoss) == 0 ? null : booked.Sum(each => each.Loss ?? 0),
            TimeToDecision = await MedianAsync(context, query, cancellationToken),
        };
    }

    public async Task<IReadOnlyList<PortfolioStep>> TrendAsync(PortfolioQuery query, IReadOnlyList<DateTimeOffset> starts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var steps = new List<PortfolioStep>(starts.Count);
        for (var i = 0; i < starts.Count; i++)
        {
            var step = query with { From = starts[i], To = i + 1 < starts.Count ? starts[i + 1] : query.To };
            var decided = await Final(context, step).CountAsync(cancellationToken);
            var booked = decided == 0 ? null : await Booked(context, step).GroupBy(_ => 1).Select(all => new { Count = all.Count(), Pd = all.Average(one => one.Pd) }).SingleOrDefaultAsync(cancellationToken);
            steps.Add(new PortfolioStep(starts[i], decided, booked?.Count ?? 0, booked?.Pd));
        }
        return steps;
    }

    public async Task<IReadOnlyList<PortfolioSegment>> SegmentsAsync(PortfolioQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var scored = Scored(context, query);
        var byScorecard = await SumAsync(scored.GroupBy(one => one.Score.ScorecardId), cancellationToken);
        var byBranch = await SumAsync(scored.GroupBy(one => one.Application.BranchId ?? ""), cancellationToken);
        var (first, second, third, fourth) = (TermBands[0], TermBands[1], TermBands[2], TermBands[3]);
        var byTerm = await SumAsync(scored.Where(one => one.Application.TermMonths != null).GroupBy(one =>
            one.Application.TermMonths <= first ? "12" : one.Application.TermMonths <= second ? "24" : one.Application.TermMonths <= third ? "36"
            : one.Application.TermMonths <= fourth ? "60" : ""), cancellationToken);
        return [.. Named(SegmentKind.Scorecard, byScorecard), .. Named(SegmentKind.Branch, byBranch), .. Named(SegmentKind.Term, byTerm)];
    }

    public async Task<IReadOnlyList<ScoreBin>> HistogramAsync(PortfolioQuery query, int width, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await Scored(context, query).GroupBy(one => one.Score.Issued).Select(all => new { Issued = all.Key, Count = all.Count() }).ToListAsync(cancellationToken);
        return [.. counts.GroupBy(count => (int)Math.Floor((double)count.Issued / width)).OrderBy(bin => bin.Key)
            .Select(bin => new ScoreBin(bin.Key * width, (bin.Key + 1) * width, bin.Sum(count => count.Count)))];
    }

    public async Task<WaitingCases> WaitingAsync(Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var hour = now.AddHours(1);
        var drafts = await context.Applications.CountAsync(row => row.State == ApplicationState.Draft && row.CreatedBy == personId, cancellationToken);
        var open = await context.Cases.Where(row => row.State != CaseState.Decided).GroupBy(_ => 1).Select(all => new
        {
            Mine = all.Count(row => row.State == CaseState.Claimed && row.ClaimedBy == personId),
            Waiting = all.Count(row => row.State == CaseState.Waiting),
            Late = all.Count(row => row.DueAt < now),
            Soon = all.Count(row => row.DueAt >= now && row.DueAt < hour),
        }).SingleOrDefaultAsync(cancellationToken);
        var second = await context.Cases.CountAsync(row => row.State == CaseState.SecondApproval && row.ClaimedBy != personId, cancellationToken);
        return new WaitingCases(drafts, open?.Mine ?? 0, open?.Waiting ?? 0, second, open?.Late ?? 0, open?.Soon ?? 0);
    }

    private static IQueryable<ApplicationRow> Opened(WorkbenchContext context, PortfolioQuery query) => context.Applications.AsNoTracking()
        .Where(row => row.CreatedAt >= query.From && row.CreatedAt < query.To && (query.ScorecardId == null || row.ScorecardId == query.ScorecardId));

    // A recommendation that still waits for its second approver has decided nothing; nor has one that refers the case on.
    private static IQueryable<DecisionRow> Final(WorkbenchContext context, PortfolioQuery query) => context.Decisions.AsNoTracking()
        .Where(row => row.DecidedAt >= query.From && row.DecidedAt < query.To && (!row.NeedsSecond || row.SecondAt != null) && row.Verdict != Verdict.Refer
            && context.Applications.Any(application => application.Id == row.ApplicationId && application.State == ApplicationState.Decided
                && (query.ScorecardId == null || application.ScorecardId == query.ScorecardId)));

    private static IQueryable<BookedLoan> Booked(WorkbenchContext context, PortfolioQuery query) =>
        from decision in Final(context, query)
        where decision.Verdict == Verdict.Approve || decision.Verdict == Verdict.CounterOffer
        join application in context.Applications on decision.ApplicationId equals application.Id
        join score in context.Scores on decision.ScoreId equals score.Id
        select new BookedLoan { Currency = decision.Currency ?? application.Currency, Amount = decision.AmountMinorUnits ?? application.AmountMinorUnits, Pd = score.Pd, Loss = score.ExpectedLoss };

    private static IQueryable<ScoredApplication> Scored(WorkbenchContext context, PortfolioQuery query) =>
        from application in context.Applications.AsNoTracking()
        join score in context.Scores on application.ScoreId equals score.Id
        where score.ScoredAt >= query.From && score.ScoredAt < query.To && (query.ScorecardId == null || score.ScorecardId == query.ScorecardId)
        select new ScoredApplication { Application = application, Score = score };

    // Two instants per decision are read: no database here subtracts them alike.
    private static async Task<TimeSpan?> MedianAsync(WorkbenchContext context, PortfolioQuery query, CancellationToken cancellationToken)
    {
        var spans = (await Final(context, query).Join(context.Applications, decision => decision.ApplicationId, application => application.Id,
                (decision, application) => new { application.CreatedAt, End = decision.SecondAt ?? decision.DecidedAt }).ToListAsync(cancellationToken))
            .Select(each => each.End - each.CreatedAt).Order().ToList();
        return spans.Count == 0 ? null : (spans[(spans.Count - 1) / 2] + spans[spans.Count / 2]) / 2;
    }

    private static async Task<List<Sums>> SumAsync(IQueryable<IGrouping<string, ScoredApplication>> groups, CancellationToken cancellationToken) =>
        await groups.Select(all => new Sums
        {
            Value = all.Key,
            Count = all.Count(),
            Score = all.Average(one => (double)one.Score.Issued),
            Pd = all.Average(one => one.Score.Pd),
            Declines = all.Count(one => one.Score.Recommendation == Recommendation.Decline),
        }).ToListAsync(cancellationToken);

    private static IEnumerable<PortfolioSegment> Named(SegmentKind kind, List<Sums> sums) =>
        sums.OrderByDescending(each => each.Pd).ThenBy(each => each.Value, StringComparer.Ordinal)
            .Select(each => new PortfolioSegment(kind, each.Value, each.Count, each.Score, each.Pd, each.Declines));

    private sealed class BookedLoan
    {
        public string? Currency { get; init; }
        public long? Amount { get; init; }
        public double Pd { get; init; }
        public double? Loss { get; init; }
    }

    private sealed class ScoredApplication
    {
        public ApplicationRow Application { get; init; } = null!;
        public ScoreRow Score { get; init; } = null!;
    }

    private sealed class Sums
    {
        public string Value { get; init; } = "";
        public int Count { get; init; }
        public double Score { get; init; }
        public double Pd { get; init; }
        public int Declines { get; init; }
    }
}
