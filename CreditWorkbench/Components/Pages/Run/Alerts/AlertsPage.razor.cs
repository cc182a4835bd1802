using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Alerts;

/// <summary>Alerts, open ones first; the chosen one stands in the address.</summary>
public sealed partial class AlertsPage
{
    private const int Newest = 500;
    private static readonly string[] Shows = ["open", "acknowledged", "all"];
    private Actor? _actor;
    private IReadOnlyList<Alert>? _alerts;
    private IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();
    private IReadOnlyList<DataColumn<Alert>> _columns = [];
    private string? _read;
    private string _note = "";
    private string? _message;
    private bool _failed;
    private bool _busy;

    [SupplyParameterFromQuery] private string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "alert")] private string? AlertId { get; set; }

    private string Current => Shows.Contains(Show) ? Show! : Shows[0];

    private Alert? Chosen => Guid.TryParse(AlertId, out var id) ? _alerts?.FirstOrDefault(alert => alert.Id == id) : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _columns =
        [
            new("what", Texts.T("alerts.what"), AlertWords.Of) { SortBy = AlertWords.Of, Cell = alert => builder => Cells.Link(builder, $"/alerts?show={Current}&alert={alert.Id}", AlertWords.Of(alert)) },
            new("severity", Texts.T("alerts.severity"), alert => Words.Of(alert.Severity))
            {
                SortBy = alert => alert.Severity, Filter = ColumnFilterKind.Choice, PhoneOrder = 3, Cell = alert => builder => Cells.Badge(builder, AlertWords.ToneOf(alert.Severity), Words.Of(alert.Severity)),
            },
            new("scorecard", Texts.T("alerts.scorecard"), alert => alert.ScorecardId ?? Formats.Unknown) { SortBy = alert => alert.ScorecardId, Filter = ColumnFilterKind.Choice, WideOnly = true },
            new("raised", Texts.T("alerts.raised"), alert => Formats.Time(alert.RaisedAt, Zone)) { SortBy = alert => alert.RaisedAt, NoWrap = true, PhoneOrder = 1 },
            new("times", Texts.T("alerts.times"), alert => Formats.Integer(alert.Times)) { Numeric = true, SortBy = alert => alert.Times, WideOnly = true },
            new("state", Texts.T("alerts.state"), alert => Texts.T(alert.IsOpen ? "alerts.open" : "alerts.acknowledged")) { SortBy = alert => alert.IsOpen, WideOnly = true },
        ];
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == Current) return;
        _read = Current;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        bool? open = Current switch { "open" => true, "acknowledged" => false, _ => null };
        var alerts = (await Desk.ListAsync(new AlertQuery(Open: open, Take: Newest), _actor!, Leaving)).Value.Items;
        _names = Names.Of(alerts.Select(alert => alert.AcknowledgedBy).OfType<Guid>());
        _alerts = alerts;
    }

    private async Task AcknowledgeAsync(Alert alert)
    {
        if (_busy) return;
        _busy = true;
        var outcome = await Desk.AcknowledgeAsync(alert.Id, _note, alert.RowVersion, _actor!, Leaving);
        _failed = !outcome.Succeeded;
        _message = outcome.Succeeded ? Texts.T("alerts.done") : Words.Of(outcome.Problems);
        if (outcome.Succeeded) _note = "";
        await ReadAsync();
        _busy = false;
    }
}
