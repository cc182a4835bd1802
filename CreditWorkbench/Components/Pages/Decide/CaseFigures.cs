using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Turns what the domain issued into the figures of the charts.</summary>
public static class CaseFigures
{
    /// <summary>Bands of a scorecard, best first.</summary>
    public static IReadOnlyList<ScoreBand> Bands(ScorecardDefinition definition) =>
        ScoreBand.Of([.. definition.Grades.Select(grade => (grade.Code, Words.Of(grade.Label), grade.From))], definition.Scale.Max);

    /// <summary>The band that a score falls into.</summary>
    public static ScoreBand Band(ScorecardDefinition definition, int score) => Bands(definition).First(band => band.Holds(score));

    /// <summary>The gauge of a score.</summary>
    public static GaugeFigure Gauge(ScorecardDefinition definition, IssuedScore score) => new(
        definition.Scale.Min, definition.Scale.Max, score.Score.Issued, Bands(definition),
        Texts.T("score.caption", score.Score.Grade, Words.Of(score.Policy.Recommendation)),
        score.Confidence.Kind == "none" ? null : score.Confidence.Low, score.Confidence.Kind == "none" ? null : score.Confidence.High, score.Policy.ApproveFrom);

    /// <summary>The waterfall of an explanation.</summary>
    public static WaterfallFigure Waterfall(ScorecardDefinition definition, IssuedScore score, ScoreExplanation explanation) => new(
        Texts.T("explanation.base"), explanation.BasePoints,
        [.. explanation.Contributions.Select(c => new WaterfallFactor(Words.Of(c.Label), Words.Of(c.DisplayValue), c.Points))],
        explanation.Rounding, explanation.Clip, score.Score.Issued, Band(definition, score.Score.Issued).Tone, score.Policy.ApproveFrom);

    /// <summary>The table behind a waterfall: same data, same order.</summary>
    public static ChartTwin WaterfallTwin(WaterfallFigure figure, string origin)
    {
        var rows = figure.AddsUp ? WaterfallRow.Of(figure, int.MaxValue - 1, PointsWaterfall.Words()) : [];
        return new ChartTwin(
            [Texts.T("explanation.factor"), Texts.T("explanation.value"), Texts.T("explanation.points"), Texts.T("explanation.total")],
            [.. rows.Select(row => (IReadOnlyList<string>)[row.Label, row.Value, row.Part is WaterfallPart.Base or WaterfallPart.Score ? "" : Formats.Signed(row.Points), Formats.Number(row.To)])],
            origin);
    }

    /// <summary>The chart of a roadmap that was found.</summary>
    public static RoadmapFigure Roadmap(ScorecardDefinition definition, IssuedScore score, Roadmap roadmap) => new(
        roadmap.ScoreNow, [.. roadmap.Steps.Select(step => new RoadmapPoint(step.Months, step.ScoreAfter))], Bands(definition), roadmap.Target, score.Policy.ApproveFrom);

    /// <summary>The distribution of scores of a scorecard over its whole scale.</summary>
    public static HistogramFigure Histogram(ScorecardDefinition definition, IReadOnlyList<ScoreBin> bins, int width, int? marked)
    {
        var counts = bins.ToDictionary(bin => bin.From, bin => bin.Count);
        var (low, high) = (definition.Scale.Min, definition.Scale.Max);
        var full = new List<HistogramBin>();
        for (var from = low; from < high; from += width)
        {
            var to = from + width >= high ? high : from + width - 1;
            full.Add(new HistogramBin(from, to, counts.Where(c => c.Key >= from && c.Key <= to).Sum(c => c.Value)));
        }
        return new HistogramFigure(full, Bands(definition), definition.Policy.DeclineBelow, definition.Policy.ApproveFrom, marked);
    }

    /// <summary>The table behind a distribution.</summary>
    public static ChartTwin HistogramTwin(HistogramFigure figure, string origin) => new(
        [Texts.T("score.from"), Texts.T("score.to"), Texts.T("score.count")],
        [.. figure.Bins.Select(bin => (IReadOnlyList<string>)[Formats.Integer(bin.From), Formats.Integer(bin.To), Formats.Integer(bin.Count)])], origin);
}
