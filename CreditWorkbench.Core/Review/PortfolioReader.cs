using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>Everything that the overview shows of a portfolio.</summary>
/// <param name="Now">The period.</param>
/// <param name="Before">The period of the same length before it.</param>
/// <param name="Trend">Twelve months, oldest first.</param>
/// <param name="Segments">Segments of the period.</param>
/// <param name="Drawn">Scorecard of the distribution: the chosen one, else that with most scores; null without scores.</param>
/// <param name="Histogram">Its latest scores in bins of <see cref="PortfolioReader.BinWidth"/> points.</param>
public sealed record PortfolioView(
    PortfolioTotals Now, PortfolioTotals Before, IReadOnlyList<PortfolioStep> Trend, IReadOnlyList<PortfolioSegment> Segments, string? Drawn, IReadOnlyList<ScoreBin> Histogram);

/// <summary>Reads the portfolio for people who may see dashboards, and what waits for people who review.</summary>
public sealed class PortfolioReader(IPortfolioStore store, TimeProvider time)
{
    /// <summary>Points per bin of the distribution.</summary>
    public const int BinWidth = 10;

    private const int Months = 12;

    /// <summary>Figures of the last days.</summary>
    /// <param name="days">Length of the period, 1 to 366.</param>
    /// <param name="scorecardId">One scorecard; null for all.</param>
    /// <param name="zone">Zone of the organisation: months of the trend begin at its midnight.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<PortfolioView>> ReadAsync(int days, string? scorecardId, TimeZoneInfo zone, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadDashboards) is { } refusal) return refusal;
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 366);
        var now = time.GetUtcNow();
        var period = new PortfolioQuery(now.AddDays(-days), now.AddTicks(1), scorecardId);
        var starts = MonthStarts(now, zone);
        var segments = await store.SegmentsAsync(period, cancellationToken);
        // Scores of two scales do not belong into one picture.
        var drawn = scorecardId ?? segments.Where(segment => segment.Kind == SegmentKind.Scorecard).MaxBy(segment => segment.Count)?.Value;
        return new PortfolioView(
            await store.TotalsAsync(period, cancellationToken),
            await store.TotalsAsync(period with { From = period.From.AddDays(-days), To = period.From }, cancellationToken),
            await store.TrendAsync(period with { From = starts[0] }, starts, cancellationToken),
            segments, drawn,
            drawn is null ? [] : await store.HistogramAsync(period with { ScorecardId = drawn }, BinWidth, cancellationToken));
    }

    /// <summary>What waits for this person; nothing for people who neither take in nor review.</summary>
    public async Task<WaitingCases> WaitingAsync(Actor actor, CancellationToken cancellationToken) =>
        actor.May(Permission.TakeIn) || actor.May(Permission.Review)
            ? await store.WaitingAsync(actor.Id, time.GetUtcNow(), cancellationToken)
            : new WaitingCases(0, 0, 0, 0, 0, 0);

    /// <summary>Starts of the last twelve calendar months of a zone, oldest first.</summary>
    internal static IReadOnlyList<DateTimeOffset> MonthStarts(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var first = new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return [.. Enumerable.Range(0, Months).Select(i => first.AddMonths(i - Months + 1)).Select(start => new DateTimeOffset(start, zone.GetUtcOffset(start)).ToUniversalTime())];
    }
}
