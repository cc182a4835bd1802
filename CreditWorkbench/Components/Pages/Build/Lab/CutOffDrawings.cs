using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>Turns costs and strategies over all thresholds into drawings and their tables.</summary>
public static class CutOffDrawings
{
    private const int Per = 1_000;

    // Beyond this share of approved rows the axis would be all tail: one row with a PD near 1 would squeeze the rest.
    private const double AxisShare = 0.985;

    /// <summary>Highest threshold that the axis shows.</summary>
    public static double HighestOf(IReadOnlyList<CutOffFigures> curve, double threshold)
    {
        var most = curve.LastOrDefault(point => point.ApprovalRate <= AxisShare)?.Threshold ?? 1.0;
        return Math.Min(1.0, Math.Max(1.02 * most, 1.05 * threshold));
    }

    /// <summary>Cost of wrong decisions per thousand rows over the threshold.</summary>
    public static Drawn Cost(IReadOnlyList<CutOffFigures> curve, CutOffFigures chosen, CutOffFigures best, string unit, string origin)
    {
        var high = HighestOf(curve, chosen.Threshold);
        var shown = curve.Where(point => point.Threshold <= high).ToList();
        var costs = shown.Select(point => point.CostPerRow * Per).DefaultIfEmpty(1).ToList();
        var marks = new List<XyMark> { new(chosen.Threshold, Formats.Percent(chosen.Threshold), true) };
        if (best.Threshold <= high) marks.Add(new XyMark(Math.Max(0, best.Threshold), Texts.T("lab.cut.best", Formats.Percent(Math.Max(0, best.Threshold)))));
        return new Drawn(
            new XyFigure(
                new XyAxis(Texts.T("lab.axis.threshold"), 0, high, XyUnit.Share), new XyAxis(Texts.T("lab.axis.cost", unit), 0, Math.Max(1e-9, costs.Max() * 1.05)),
                [new XySeries(Texts.T("lab.cut.cost"), XyKind.Line, 1, [.. shown.Select(point => new XyPoint(Math.Max(0, point.Threshold), point.CostPerRow * Per))])])
            { Marks = marks },
            Twin(curve, unit, origin));
    }

    /// <summary>Bad rate of the approved over the share approved.</summary>
    public static Drawn Strategy(IReadOnlyList<CutOffFigures> curve, CutOffFigures chosen, string unit, string origin)
    {
        var known = curve.Where(point => point.ApprovedBadRate is not null).ToList();
        var top = known.Select(point => point.ApprovedBadRate!.Value).DefaultIfEmpty(0.1).Max();
        return new Drawn(
            new XyFigure(
                XyAxis.Whole(Texts.T("lab.axis.approved")), new XyAxis(Texts.T("lab.axis.approvedBad"), 0, Math.Max(0.01, top * 1.08), XyUnit.Share),
                [
                    new XySeries(Texts.T("lab.cut.strategy"), XyKind.Line, 1, [.. known.Select(point => new XyPoint(point.ApprovalRate, point.ApprovedBadRate!.Value))]),
                    .. chosen.ApprovedBadRate is { } rate ? new[] { new XySeries(Texts.T("lab.cut.here"), XyKind.Points, 2, [new XyPoint(chosen.ApprovalRate, rate)]) } : [],
                ]),
            Twin(curve, unit, origin));
    }

    /// <summary>Loss among the approved over the share approved: expected by the PDs, and observed.</summary>
    public static Drawn Loss(IReadOnlyList<CutOffFigures> curve, CutOffFigures chosen, int rows, string unit, string origin)
    {
        double Scaled(double sum) => sum / rows * Per;
        var top = curve.Select(point => Math.Max(Scaled(point.ExpectedLoss), Scaled(point.ObservedLoss))).DefaultIfEmpty(1).Max();
        return new Drawn(
            new XyFigure(
                XyAxis.Whole(Texts.T("lab.axis.approved")), new XyAxis(Texts.T("lab.axis.loss", unit), 0, Math.Max(1e-9, top * 1.08)),
                [
                    new XySeries(Texts.T("lab.cut.expected"), XyKind.Line, 1, [.. curve.Select(point => new XyPoint(point.ApprovalRate, Scaled(point.ExpectedLoss)))]),
                    new XySeries(Texts.T("lab.cut.observed"), XyKind.Dashed, 2, [.. curve.Select(point => new XyPoint(point.ApprovalRate, Scaled(point.ObservedLoss)))]),
                ])
            { Marks = [new XyMark(chosen.ApprovalRate, Formats.Percent(chosen.ApprovalRate), true)] },
            Twin(curve, unit, origin));
    }

    private static ChartTwin Twin(IReadOnlyList<CutOffFigures> curve, string unit, string origin) => new(
        [Texts.T("lab.axis.threshold"), Texts.T("lab.axis.approved"), Texts.T("lab.axis.approvedBad"), Texts.T("lab.cut.caught"), Texts.T("lab.cut.alarms"), Texts.T("lab.axis.cost", unit), Texts.T("lab.cut.expectedSum", unit), Texts.T("lab.cut.observedSum", unit)],
        [.. curve.Where((_, i) => i % 5 == 0 || i == curve.Count - 1).Select(point => (IReadOnlyList<string>)[
            Formats.Percent(Math.Max(0, point.Threshold), 2), Formats.Percent(point.ApprovalRate), LabWords.Share(point.ApprovedBadRate, 2), Formats.Integer(point.DefaultsCaught), Formats.Integer(point.FalseAlarms),
            Formats.Number(point.CostPerRow * Per, 2), Formats.Number(point.ExpectedLoss, 0), Formats.Number(point.ObservedLoss, 0)])], origin);
}
