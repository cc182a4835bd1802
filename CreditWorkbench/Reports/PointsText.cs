using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Web.Components.Pages.Build.Lab;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Reports;

/// <summary>A points scorecard in words and tables: what is issued, and beside it what the card was trained with.</summary>
public static class PointsText
{
    /// <summary>The section of a report; none where the candidate is no points scorecard.</summary>
    public static IEnumerable<ReportSection> Section(ReportSubject subject) => subject.Candidate.Points is not { } points ? [] :
    [
        new ReportSection("points", Texts.T("points.title")) { Texts = Notes(points), Tables = [Base(points), .. points.Characteristics.Where(one => one.Coefficient != 0.0).Select(one => Table(points, one))] },
    ];

    /// <summary>How to read the points.</summary>
    public static IReadOnlyList<string> Notes(IssuedPoints points) =>
    [
        points.Decimals == 0 ? Texts.T("points.whole") : Texts.T("points.folded", Formats.Number(points.Slope, 4), Formats.Number(points.Intercept, 4), Formats.Number(points.Rounding, 2)),
        .. points.PdIsApart ? new[] { Texts.T("points.pdApart") } : [],
        .. points.Characteristics.Where(one => one.Coefficient == 0.0).Select(one => one.Feature).ToList() is { Count: > 0 } left ? new[] { Texts.T("points.leftOut", string.Join(", ", left)) } : [],
    ];

    /// <summary>Points as they are printed.</summary>
    public static string Printed(IssuedPoints points, double value) => Formats.Number(value, points.Decimals);

    /// <summary>The values of a line.</summary>
    public static string Values(IssuedPointsLine line) => line switch
    {
        { Line: PointsLine.Missing } => Texts.T("points.missing"),
        { Line: PointsLine.Unseen } => Texts.T("points.unseen"),
        { Values.Count: > 0 } => string.Join(", ", line.Values),
        { Above: { } above, UpTo: { } upTo } => Texts.T("points.between", Formats.Plain(above), Formats.Plain(upTo)),
        { Above: { } above } => Texts.T("points.above", Formats.Plain(above)),
        { UpTo: { } upTo } => Texts.T("points.upTo", Formats.Plain(upTo)),
        _ => Texts.T("points.any"),
    };

    private static ReportTable Base(IssuedPoints points) => new(null, [Texts.T("points.base"), Texts.T("points.card")],
        [[Printed(points, points.BasePoints), Formats.Integer(points.CardBasePoints)]]);

    private static ReportTable Table(IssuedPoints points, IssuedCharacteristic characteristic) => new(
        Texts.T("points.characteristic", characteristic.Feature, Formats.Number(characteristic.InformationValue, 3)),
        [Texts.T("points.values"), Texts.T("lab.rows"), Texts.T("lab.badRate"), Texts.T("points.woe"), Texts.T("points.issued"), Texts.T("points.card")],
        [.. characteristic.Lines.Select(line => (string[])
        [
            Values(line), Formats.Integer((long)Math.Round(line.Goods + line.Bads)), LabWords.Share(line.Goods + line.Bads > 0 ? line.Bads / (line.Goods + line.Bads) : null, 1),
            Formats.Number(line.Woe, 3), Printed(points, line.Points), Formats.Integer(line.CardPoints),
        ])]);
}
