using System.Globalization;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>Where to cut: every figure follows the threshold and the costs as one moves them. Rows are sorted once; a threshold costs a search.</summary>
public sealed partial class CutOffTab
{
    private CutOffTable _table = null!;
    private CandidateRecord? _sorted;
    private CutOffState _state = new();
    private CutOffState? _seen;
    private DecisionCosts _costs = null!;
    private IReadOnlyList<CutOffFigures> _curve = [];
    private CutOffFigures _at = null!;
    private CutOffFigures _best = null!;
    private CutOffZones _zones = null!;
    private BusinessImpact _impact = null!;
    private Drawn _cost = null!;
    private Drawn _strategy = null!;
    private Drawn _loss = null!;
    private double _high = 1;

    /// <summary>The run.</summary>
    [Parameter, EditorRequired] public LabStudy Study { get; set; } = null!;

    /// <summary>The candidate.</summary>
    [Parameter, EditorRequired] public CandidateRecord Record { get; set; } = null!;

    /// <summary>What stands in the address.</summary>
    [Parameter, EditorRequired] public CutOffState Held { get; set; } = new();

    /// <summary>Raised when the address is to follow.</summary>
    [Parameter] public EventCallback<CutOffState> OnChange { get; set; }

    private DecisionCosts Recorded => Study.Record.Training.Costs;

    private CostKind Kind => _state.KindOf(Recorded, _table.HasLoans);

    private double Capacity => _state.Capacity ?? 0.1;

    private string Unit => Recorded.Currency ?? Texts.T("lab.units");

    private double? ClosedForm => Kind == CostKind.Loan || _costs.FalseNegative + _costs.FalsePositive <= 0 ? null : _costs.FalsePositive / (_costs.FalseNegative + _costs.FalsePositive);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_sorted, Record))
        {
            var rows = Study.Rows.Test;
            (_sorted, _table, _seen) = (Record, rows.CutOffs(rows.Of(Record.Family)!), null);
        }

        if (_seen == Held) return;
        (_seen, _state) = (Held, Held);
        Reckon();
    }

    private static string Plain(double value) => Formats.Plain(value, 4);

    private static string N5(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    private static double? Part(int part, int whole) => whole == 0 ? null : (double)part / whole;

    private string Money(double amount) => Recorded.Currency is { } currency ? Formats.ShortMoney((decimal)Math.Round(amount, 2), currency) : Formats.Number(amount, 1);

    // What does not move with the threshold: curve, best cut, zones.
    private void Reckon()
    {
        _costs = _state.CostsOf(Recorded, _table.HasLoans);
        (_curve, _best, _zones) = (_table.Curve(_costs), _table.Best(_costs), _table.Zones(_costs, Capacity));
        Move();
    }

    private void Move()
    {
        var threshold = _state.Threshold ?? Record.Threshold.Pd;
        (_at, _impact) = (_table.At(threshold, _costs), _table.Impact(threshold, _costs));
        _high = CutOffDrawings.HighestOf(_curve, threshold);
        var origin = LabWords.Origin(Study.Record, LabWords.Family(Record.Family));
        _cost = CutOffDrawings.Cost(_curve, _at, _best, Unit, origin);
        _strategy = CutOffDrawings.Strategy(_curve, _at, Unit, origin);
        _loss = CutOffDrawings.Loss(_curve, _at, _table.Rows, Unit, origin);
    }

    private void Drag(ChangeEventArgs change)
    {
        if (!double.TryParse(change.Value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold)) return;
        _state = _state with { Threshold = Math.Clamp(threshold, 0, 1) };
        Move();
    }

    // The address follows when the handle is let go.
    private Task KeepAsync()
    {
        _seen = _state;
        return OnChange.InvokeAsync(_state);
    }

    private Task SetAsync(ChangeEventArgs change, Func<double, CutOffState> set) =>
        Typed.TryDecimal(change.Value?.ToString(), out var value) && value >= 0 ? ChangeAsync(set((double)value)) : Task.CompletedTask;

    private Task ChangeAsync(CutOffState state)
    {
        _state = state;
        Reckon();
        return KeepAsync();
    }
}
