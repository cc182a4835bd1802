using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>A candidate with what its series are called and coloured.</summary>
/// <param name="Name">Name.</param>
/// <param name="Test">Figures.</param>
/// <param name="Place">Place among the candidates shown, from 0: colour and dash.</param>
public sealed record Shown(string Name, ModelEvaluation Test, int Place)
{
    /// <summary>Colour.</summary>
    public int Colour => 1 + Place % 6;

    /// <summary>Line: the first one is drawn through.</summary>
    public XyKind Line => Place switch { 0 => XyKind.Line, 1 => XyKind.Dashed, _ => XyKind.Dotted };
}

/// <summary>A figure with its table.</summary>
public sealed record Drawn(XyFigure Figure, ChartTwin Twin);

/// <summary>Turns the figures of candidates into drawings and their tables.</summary>
public static class LabFigures
{
    /// <summary>Share of bad rows declined over the share of good rows declined.</summary>
    public static Drawn Roc(IReadOnlyList<Shown> shown, string origin) => new(
        new XyFigure(XyAxis.Whole(Texts.T("lab.axis.goodDeclined")), XyAxis.Whole(Texts.T("lab.axis.badDeclined")),
            [.. shown.Select(one => new XySeries(Named(one, one.Test.Report.Auc), one.Line, one.Colour, [.. one.Test.Curves.Roc.Select(point => new XyPoint(point.FalsePositiveRate, point.TruePositiveRate))]))])
        { Diagonal = true },
        new ChartTwin(
            [Texts.T("lab.candidate"), Texts.T("lab.axis.goodDeclined"), Texts.T("lab.axis.badDeclined")],
            [.. shown.SelectMany(one => Few(one.Test.Curves.Roc).Select(point => Row(one.Name, Formats.Percent(point.FalsePositiveRate), Formats.Percent(point.TruePositiveRate))))], origin));

    /// <summary>Share of bad rows among the declined over the share of bad rows that are declined.</summary>
    public static Drawn PrecisionRecall(IReadOnlyList<Shown> shown, string origin) => new(
        new XyFigure(XyAxis.Whole(Texts.T("lab.axis.badDeclined")), XyAxis.Whole(Texts.T("lab.axis.badAmongDeclined")),
            [.. shown.Select(one => new XySeries(Named(one, one.Test.Report.PrAuc), one.Line, one.Colour, [.. one.Test.Curves.PrecisionRecall.Select(point => new XyPoint(point.Recall, point.Precision))]))]),
        new ChartTwin(
            [Texts.T("lab.candidate"), Texts.T("lab.axis.badDeclined"), Texts.T("lab.axis.badAmongDeclined")],
            [.. shown.SelectMany(one => Few(one.Test.Curves.PrecisionRecall).Select(point => Row(one.Name, Formats.Percent(point.Recall), Formats.Percent(point.Precision))))], origin));

    /// <summary>Shares of good and bad rows declined, and where they lie furthest apart.</summary>
    public static Drawn KolmogorovSmirnov(ModelEvaluation test, string origin)
    {
        var points = test.Curves.KolmogorovSmirnov;
        return new Drawn(
            new XyFigure(XyAxis.Whole(Texts.T("lab.axis.declined")), XyAxis.Whole(Texts.T("lab.axis.ofClass")),
            [
                new XySeries(Texts.T("lab.bad"), XyKind.Line, 2, [.. points.Select(point => new XyPoint(point.Share, point.BadShare))]),
                new XySeries(Texts.T("lab.good"), XyKind.Dashed, 1, [.. points.Select(point => new XyPoint(point.Share, point.GoodShare))]),
            ])
            { Marks = test.Curves.KsAt is { } at ? [new XyMark(at.Share, Texts.T("lab.ksAt", Formats.Number(test.Report.Ks, 3)), true)] : [] },
            new ChartTwin(
                [Texts.T("lab.axis.declined"), Texts.T("lab.bad"), Texts.T("lab.good")],
                [.. Few(points).Select(point => Row(Formats.Percent(point.Share), Formats.Percent(point.BadShare), Formats.Percent(point.GoodShare)))], origin));
    }

    /// <summary>Share of the bad rows among the riskiest.</summary>
    public static Drawn Gains(IReadOnlyList<Shown> shown, string origin) => new(
        new XyFigure(XyAxis.Whole(Texts.T("lab.axis.declined")), XyAxis.Whole(Texts.T("lab.axis.badDeclined")),
            [.. shown.Select(one => new XySeries(one.Name, one.Line, one.Colour, [new XyPoint(0, 0), .. one.Test.Curves.Gains.Select(point => new XyPoint(point.Share, point.Captured))]))])
        { Diagonal = true },
        GainsTwin(shown, origin));

    /// <summary>Bad rate among the riskiest over the bad rate of all.</summary>
    public static Drawn Lift(IReadOnlyList<Shown> shown, string origin)
    {
        var top = shown.SelectMany(one => one.Test.Curves.Gains).Select(point => point.Lift).DefaultIfEmpty(1).Max();
        return new Drawn(
            new XyFigure(XyAxis.Whole(Texts.T("lab.axis.declined")), new XyAxis(Texts.T("lab.axis.lift"), 0, top * 1.08),
                [.. shown.Select(one => new XySeries(one.Name, one.Line, one.Colour, [.. one.Test.Curves.Gains.Select(point => new XyPoint(point.Share, point.Lift))]))]),
            GainsTwin(shown, origin));
    }

    /// <summary>Observed bad rate over the predicted PD, in bins of equal count, with intervals.</summary>
    public static Drawn Calibration(IReadOnlyList<Shown> shown, string origin, bool before = false)
    {
        (string Name, XyKind Kind, int Colour, CalibrationError Curve)[] curves =
        [
            .. shown.Select(one => (Named(one, one.Test.Report.EceAfter), XyKind.Points, one.Colour, one.Test.Curves.CalibrationAfter)),
            .. before && shown[0].Test.Curves.CalibrationBefore is { } raw ? [(Texts.T("lab.beforeCalibration"), XyKind.Dashed, 6, raw)] : Array.Empty<(string, XyKind, int, CalibrationError)>(),
        ];
        var high = Math.Min(1, 1.08 * curves.SelectMany(curve => curve.Curve.Bins).Select(bin => Math.Max(bin.MeanProbability, bin.High)).DefaultIfEmpty(0.1).Max());
        return new Drawn(
            new XyFigure(new XyAxis(Texts.T("lab.axis.predicted"), 0, high, XyUnit.Share), new XyAxis(Texts.T("lab.axis.observed"), 0, high, XyUnit.Share),
                [.. curves.Select(curve => new XySeries(curve.Name, curve.Kind, curve.Colour, [.. curve.Curve.Bins.Select(bin => curve.Kind == XyKind.Points
                    ? new XyPoint(bin.MeanProbability, bin.BadRate, bin.Low, bin.High) { Hint = Texts.T("lab.nRows", Formats.Integer(bin.Count)) }
                    : new XyPoint(bin.MeanProbability, bin.BadRate))]))])
            { Diagonal = true },
            new ChartTwin(
                [Texts.T("lab.candidate"), Texts.T("lab.axis.predicted"), Texts.T("lab.axis.observed"), Texts.T("lab.low"), Texts.T("lab.high"), Texts.T("lab.rows")],
                [.. curves.SelectMany(curve => curve.Curve.Bins.Select(bin => Row(curve.Name, Formats.Percent(bin.MeanProbability, 2), Formats.Percent(bin.BadRate, 2), Formats.Percent(bin.Low, 2), Formats.Percent(bin.High, 2), Formats.Integer(bin.Count))))], origin));
    }

    /// <summary>Scores of good and bad rows, each as shares of their class.</summary>
    public static Drawn Scores(ModelEvaluation test, string origin)
    {
        var bins = test.Curves.Scores;
        var (goods, bads) = (Math.Max(1, bins.Sum(bin => bin.Good)), Math.Max(1, bins.Sum(bin => bin.Bad)));
        var top = bins.Select(bin => Math.Max((double)bin.Good / goods, (double)bin.Bad / bads)).DefaultIfEmpty(0.1).Max();
        XyPoint At(ScoreBin bin, int count, int of) => new((bin.From + bin.To) / 2.0, (double)count / of) { Hint = Texts.T("lab.nRows", Formats.Integer(count)) };
        return new Drawn(
            new XyFigure(
                new XyAxis(Texts.T("lab.axis.score"), bins.Count == 0 ? 300 : bins[0].From, bins.Count == 0 ? 900 : bins[^1].To), new XyAxis(Texts.T("lab.axis.ofClass"), 0, top * 1.08, XyUnit.Share),
                [
                    new XySeries(Texts.T("lab.good"), XyKind.Bars, 1, [.. bins.Select(bin => At(bin, bin.Good, goods))]),
                    new XySeries(Texts.T("lab.bad"), XyKind.Bars, 2, [.. bins.Select(bin => At(bin, bin.Bad, bads))]),
                ]),
            new ChartTwin(
                [Texts.T("lab.scoreFrom"), Texts.T("lab.scoreTo"), Texts.T("lab.good"), Texts.T("lab.bad"), Texts.T("lab.badRate")],
                [.. bins.Select(bin => Row(Formats.Integer(bin.From), Formats.Integer(bin.To), Formats.Integer(bin.Good), Formats.Integer(bin.Bad), LabWords.Share(bin.Good + bin.Bad == 0 ? null : (double)bin.Bad / (bin.Good + bin.Bad))))], origin));
    }

    private static ChartTwin GainsTwin(IReadOnlyList<Shown> shown, string origin) => new(
        [Texts.T("lab.candidate"), Texts.T("lab.axis.declined"), Texts.T("lab.axis.badDeclined"), Texts.T("lab.axis.lift")],
        [.. shown.SelectMany(one => one.Test.Curves.Gains.Select(point => Row(one.Name, Formats.Percent(point.Share), Formats.Percent(point.Captured), Formats.Number(point.Lift, 2))))], origin);

    private static string Named(Shown one, double figure) => $"{one.Name} {Formats.Number(figure, 3)}";

    // A table of two hundred cuts is read by nobody: every tenth one, and the ends.
    private static IEnumerable<T> Few<T>(IReadOnlyList<T> points)
    {
        var step = Math.Max(1, points.Count / 20);
        return points.Where((_, i) => i % step == 0 || i == points.Count - 1);
    }

    private static string[] Row(params string[] cells) => cells;
}
