using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>How well a candidate ranks and how true its PDs are, on test rows or later ones.</summary>
public sealed partial class EvaluationTab
{
    private ModelEvaluation? _drawn;
    private Drawn _roc = null!;
    private Drawn _pr = null!;
    private Drawn _ks = null!;
    private Drawn _gains = null!;
    private Drawn _lift = null!;
    private Drawn _calibration = null!;
    private Drawn _scores = null!;
    private IReadOnlyList<DataColumn<MetricInterval>> _metrics = [];
    private IReadOnlyList<DataColumn<SegmentFigures>> _segments = [];

    /// <summary>The run.</summary>
    [Parameter, EditorRequired] public LabStudy Study { get; set; } = null!;

    /// <summary>The candidate.</summary>
    [Parameter, EditorRequired] public CandidateRecord Record { get; set; } = null!;

    /// <summary><c>late</c> for the out-of-time part.</summary>
    [Parameter] public string? Part { get; set; }

    /// <summary>Raised with the part that is wanted.</summary>
    [Parameter] public EventCallback<string?> OnPart { get; set; }

    private bool IsLate => Part == "late" && Record.OutOfTime is not null;

    private ModelEvaluation Shown => IsLate ? Record.OutOfTime! : Record.Test;

    private string Name => LabWords.Family(Record.Family);

    private string Origin => LabWords.Origin(Study.Record, $"{Name}, {LabWords.Part(IsLate ? LabPart.OutOfTime : LabPart.Test)}");

    private string CalibrationWords => Texts.T(
        "lab.calibrationWords", Formats.Number(Shown.Report.EceAfter, 3), LabWords.Number(Shown.Report.EceBefore), Formats.Number(Shown.Curves.CalibrationAfter.NullLimit, 3));

    private string? BackTestWords => Shown.BackTest is { } test
        ? Texts.T("lab.backtestWords", Formats.Number(test.HosmerLemeshow.Statistic, 1), test.HosmerLemeshow.Degrees, LabWords.Chance(test.HosmerLemeshow.PValue), Texts.T("lab.light." + test.Light))
        : null;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_drawn, Shown)) return;
        _drawn = Shown;
        IReadOnlyList<Shown> one = [new Shown(Name, Shown, 0)];
        _roc = LabFigures.Roc(one, Origin);
        _pr = LabFigures.PrecisionRecall(one, Origin);
        _ks = LabFigures.KolmogorovSmirnov(Shown, Origin);
        _gains = LabFigures.Gains(one, Origin);
        _lift = LabFigures.Lift(one, Origin);
        _calibration = LabFigures.Calibration(one, Origin, before: true);
        _scores = LabFigures.Scores(Shown, Origin);
        _metrics = MetricColumns();
        _segments = SegmentColumns();
    }

    private static Tone ToneOf(TrafficLight light) => light switch
    {
        TrafficLight.Green => Tone.Favourable,
        TrafficLight.Yellow => Tone.Caution,
        _ => Tone.Adverse,
    };

    private static IReadOnlyList<DataColumn<MetricInterval>> MetricColumns() =>
    [
        new("metric", Texts.T("lab.metricHead"), one => LabWords.Metric(one.Metric)) { SortBy = one => LabWords.Metric(one.Metric) },
        new("value", Texts.T("lab.value"), one => LabWords.Number(one.Value, 4)) { Numeric = true, PhoneOrder = 1 },
        new("low", Texts.T("lab.low"), one => LabWords.Number(one.Low, 4)) { Numeric = true, PhoneOrder = 2 },
        new("high", Texts.T("lab.high"), one => LabWords.Number(one.High, 4)) { Numeric = true, PhoneOrder = 3 },
        new("method", Texts.T("lab.method"), one => Texts.TOr("lab.method." + one.Method, one.Method)) { WideOnly = true },
    ];

    private static IReadOnlyList<DataColumn<SegmentFigures>> SegmentColumns() =>
    [
        new("segment", Texts.T("lab.segment"), one => one.Segment) { SortBy = one => one.Segment },
        new("count", "n", one => Formats.Integer(one.Count)) { Numeric = true, SortBy = one => one.Count, PhoneOrder = 1 },
        new("bad", Texts.T("lab.badRate"), one => Formats.Percent(one.BadRate, 2)) { Numeric = true, SortBy = one => one.BadRate, PhoneOrder = 2 },
        new("pd", Texts.T("lab.meanPd"), one => Formats.Percent(one.MeanPd, 2)) { Numeric = true, SortBy = one => one.MeanPd, WideOnly = true },
        new("auc", "AUC", one => LabWords.Number(one.Auc)) { Numeric = true, SortBy = one => one.Auc, PhoneOrder = 3 },
        new("interval", "95 %", one => one is { AucLow: { } low, AucHigh: { } high } ? Texts.T("lab.range", Formats.Number(low, 3), Formats.Number(high, 3)) : Formats.Unknown) { Numeric = true, WideOnly = true },
        new("ks", "KS", one => LabWords.Number(one.Ks)) { Numeric = true, SortBy = one => one.Ks, WideOnly = true },
        new("approved", Texts.T("lab.axis.approved"), one => Formats.Percent(one.ApprovalRate)) { Numeric = true, SortBy = one => one.ApprovalRate, WideOnly = true },
        new("approvedBad", Texts.T("lab.axis.approvedBad"), one => LabWords.Share(one.ApprovedBadRate, 2)) { Numeric = true, SortBy = one => one.ApprovedBadRate, WideOnly = true },
        new("brier", "Brier", one => Formats.Number(one.Brier, 4)) { Numeric = true, SortBy = one => one.Brier, WideOnly = true },
    ];
}
