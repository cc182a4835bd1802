namespace CreditWorkbench.Web.Components.Charts;

/// <summary>How many scores lie in a bin.</summary>
/// <param name="From">Lowest score of the bin.</param>
/// <param name="To">Highest score of the bin.</param>
/// <param name="Count">Scores in it.</param>
public sealed record HistogramBin(int From, int To, int Count);

/// <summary>A distribution of scores.</summary>
/// <param name="Bins">Bins in rising order; empty ones included.</param>
/// <param name="Bands">Bands of the scale, best first: they give the colours.</param>
/// <param name="DeclineBelow">Cut-off for decline; null without one.</param>
/// <param name="ApproveFrom">Cut-off for approval; null without one.</param>
/// <param name="Marked">A score that is pointed out; null without one.</param>
public sealed record HistogramFigure(IReadOnlyList<HistogramBin> Bins, IReadOnlyList<ScoreBand> Bands, int? DeclineBelow, int? ApproveFrom, int? Marked)
{
    /// <summary>Scores in all bins.</summary>
    public int Total => Bins.Sum(b => b.Count);

    /// <summary>Scores per band, in the bands' order; a bin counts for the band of its lowest score.</summary>
    public IReadOnlyList<(ScoreBand Band, int Count)> PerBand => [.. Bands.Select(band => (band, Bins.Where(b => band.Holds(b.From)).Sum(b => b.Count)))];

    /// <summary>Fewest scores that a comparison among peers rests on.</summary>
    public const int FewestPeers = 30;

    /// <summary>Scores below the marked one's bin, of 100; null without a mark or with too few scores to compare.</summary>
    public int? Below => Marked is not { } score || Total < FewestPeers ? null
        : (int)Math.Round(100.0 * Bins.Where(b => b.To < score).Sum(b => b.Count) / Total, MidpointRounding.AwayFromZero);
}
