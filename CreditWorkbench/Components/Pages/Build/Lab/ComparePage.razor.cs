using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>A figure of one candidate beside that of another.</summary>
/// <param name="Other">Family of the other candidate.</param>
/// <param name="Metric">Figures of the first and the other.</param>
public sealed record PairedLine(string Other, PairedMetric Metric);

/// <summary>Two to four candidates of one run on the same test rows.</summary>
public sealed partial class ComparePage
{
    private const int MostOthers = 3;
    private LabStudy? _study;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<CandidateComparison> _comparisons = [];
    private IReadOnlyList<PairedLine> _paired = [];
    private IReadOnlyList<DataColumn<PairedLine>> _pairedColumns = [];
    private IReadOnlyList<DataColumn<FairnessPair>> _fairColumns = [];
    private Drawn _roc = null!;
    private Drawn _calibration = null!;
    private string? _drawn;
    private bool _equal;

    /// <summary>The run.</summary>
    [Parameter] public Guid Id { get; set; }

    /// <summary>Family that the others are compared with.</summary>
    [SupplyParameterFromQuery] private string? Base { get; set; }

    /// <summary>Families, separated by commas.</summary>
    [SupplyParameterFromQuery] private string? With { get; set; }

    private IReadOnlyList<string> All => [.. _study!.Record.Training.Candidates.Select(candidate => candidate.Family)];

    private string First => Base is { } wanted && All.Contains(wanted) ? wanted : _study!.Record.Training.Chosen;

    // Without a word in the address the best of the others.
    private IReadOnlyList<string> Others => With is null
        ? [.. All.Where(family => family != First).Take(1)]
        : [.. With.Split(',').Where(family => All.Contains(family) && family != First).Distinct().Take(MostOthers)];

    private string Origin => LabWords.Origin(_study!.Record, string.Join(", ", Others.Prepend(First).Select(LabWords.Family)));

    private string PairedFinding
    {
        get
        {
            var auc = _paired.First(line => line.Metric.Metric == "auc");
            return Texts.T(auc.Metric.PValue < 0.05 ? "lab.pairedProven" : "lab.pairedNotProven", LabWords.Family(First), LabWords.Family(auc.Other), Formats.Signed(auc.Metric.Difference, 4));
        }
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if ((await Desk.OpenAsync(Id, Reader!, Leaving)).TryGet(out var study, out var problems)) _study = study;
        else _problems = problems;
        _pairedColumns =
        [
            new("other", Texts.T("lab.candidate"), line => LabWords.Family(line.Other)) { SortBy = line => line.Other },
            new("metric", Texts.T("lab.metricHead"), line => LabWords.Metric(line.Metric.Metric)) { SortBy = line => line.Metric.Metric },
            new("first", Texts.T("lab.first"), line => Formats.Number(line.Metric.First, 4)) { Numeric = true, WideOnly = true },
            new("second", Texts.T("lab.second"), line => Formats.Number(line.Metric.Second, 4)) { Numeric = true, WideOnly = true },
            new("difference", Texts.T("lab.difference"), line => Texts.T("lab.interval", Formats.Signed(line.Metric.Difference, 4), Formats.Signed(line.Metric.Low, 4), Formats.Signed(line.Metric.High, 4))) { Numeric = true, SortBy = line => line.Metric.Difference },
            new("p", Texts.T("lab.fair.p"), line => LabWords.Chance(line.Metric.PValue)) { Numeric = true, SortBy = line => line.Metric.PValue },
        ];
        _fairColumns =
        [
            new("group", Texts.T("lab.fair.group"), pair => Texts.T("lab.fair.pair", pair.Column, pair.Group, pair.Reference)),
            new("n", "n", pair => Formats.Integer(pair.First.Count)) { Numeric = true, SortBy = pair => pair.First.Count, WideOnly = true },
            new("first", Texts.T("lab.first"), pair => Ratio(pair.First)) { Numeric = true, SortBy = pair => pair.First.Approval.Ratio },
            new("second", Texts.T("lab.second"), pair => Ratio(pair.Second)) { Numeric = true, SortBy = pair => pair.Second.Approval.Ratio },
            new("verdict", Texts.T("lab.fair.verdict"), pair => Texts.T("lab.fromTo", LabWords.Verdict(pair.First, false).Text, LabWords.Verdict(pair.Second, false).Text)) { FullRow = true },
        ];
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_study is null) return;
        var wanted = string.Join(',', Others.Prepend(First));
        if (_drawn == wanted) return;
        _drawn = wanted;
        _comparisons = [.. Others.Select(other => LabComparison.Of(_study, First, other))];
        _paired = [.. _comparisons.SelectMany(one => one.Metrics.Select(metric => new PairedLine(one.Second, metric)))];
        var shown = Others.Prepend(First).Select((family, place) => new Shown(LabWords.Family(family), _study.Of(family)!.Test, place)).ToList();
        (_roc, _calibration) = (LabFigures.Roc(shown, Origin), LabFigures.Calibration(shown, Origin));
    }

    private static string Ratio(GroupFairness group) => group.Approval switch
    {
        { Ratio: { } ratio, RatioLow: { } low, RatioHigh: { } high } => LabWords.Interval(ratio, low, high, 2),
        { Ratio: { } ratio } => Formats.Number(ratio, 2),
        _ => Formats.Unknown,
    };

    private void ChooseBase(string? family) => Put(("base", family), ("with", string.Join(',', Others.Append(First).Where(other => other != family).Take(MostOthers))));

    private void Toggle(string family, bool on) => Put(("with", string.Join(',', on ? Others.Append(family) : Others.Where(other => other != family))));
}
