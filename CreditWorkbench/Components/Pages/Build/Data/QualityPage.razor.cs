using System.Text.Json;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Data;

/// <summary>The quality report of a data set: findings with what people said of them, profile, contract, drift, origin.</summary>
public sealed partial class QualityPage
{
    private static readonly string[] Tabs = ["findings", "columns", "contract", "drift", "origin"];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private Actor? _actor;
    private DatasetVersion? _version;
    private DatasetQuality? _report;
    private IReadOnlyList<DatasetAcknowledgement> _acknowledged = [];
    private IReadOnlyList<DatasetVersion> _others = [];
    private IReadOnlyList<DatasetVersion> _same = [];
    private IReadOnlyList<Problem> _problems = [];
    private TextFile? _file;
    private (Guid Id, Guid? Reference)? _read;

    /// <summary>Version of the address.</summary>
    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery] private string? Tab { get; set; }

    [SupplyParameterFromQuery] private string? Column { get; set; }

    [SupplyParameterFromQuery] private Guid? Against { get; set; }

    private string Current => Tabs.Contains(Tab) ? Tab! : Tabs[0];

    private string Title => _version is null ? Texts.T("nav.data") : Texts.T("quality.title", _version.Reference);

    private IReadOnlyList<DatasetFinding> Open =>
        [.. _report?.Findings.Where(finding => finding.Severity != QualitySeverity.Note && !_acknowledged.Any(one => one.Column == finding.Column && one.Kind == finding.Kind)) ?? []];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == (Id, Against)) return;
        _read = (Id, Against);
        _actor ??= await ActorAsync();
        (_report, _problems) = (null, []);
        if (!(await Desk.FindAsync(Id, _actor, Leaving)).TryGet(out _version, out _problems)) return;
        if (!(await Desk.ListAsync(_actor, Leaving)).TryGet(out var all, out _problems)) return;
        (_others, _same) = ([.. all.Where(version => version.Id != Id)], [.. all.Where(version => version.Name == _version.Name)]);
        if (!(await Desk.AcknowledgedAsync(Id, _actor, Leaving)).TryGet(out var acknowledged, out _problems)) return;
        _acknowledged = acknowledged;
        StateHasChanged();
        var asked = (Id, Against);
        // Reading the rows takes seconds: beside the circuit, so that the page answers meanwhile.
        var worked = await Task.Run(() => Quality.ReportAsync(Id, Against, _actor, Leaving), Leaving);
        if (_read == asked) worked.TryGet(out _report, out _problems);
    }

    private string TabAddress(string tab) => Navigation.GetUriWithQueryParameter("tab", tab == Tabs[0] ? null : tab);

    private void ChooseColumn(string column) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("column", column));

    private void ChooseReference(string? id) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("against", string.IsNullOrEmpty(id) ? null : id));

    private async Task AcknowledgeAsync((DatasetFinding Finding, string Note) said)
    {
        var outcome = await Desk.AcknowledgeAsync(Id, said.Finding.Column, said.Finding.Kind, said.Note, _actor!, Leaving);
        _problems = outcome.Problems;
        await ReadAcknowledgedAsync();
    }

    private async Task RevokeAsync(DatasetFinding finding)
    {
        _problems = (await Desk.RevokeAsync(Id, finding.Column, finding.Kind, _actor!, Leaving)).Problems;
        await ReadAcknowledgedAsync();
    }

    private async Task ReadAcknowledgedAsync()
    {
        if ((await Desk.AcknowledgedAsync(Id, _actor!, Leaving)).TryGet(out var acknowledged, out _)) _acknowledged = acknowledged;
    }

    private void Export() => _file = new TextFile($"{_version!.Name}-{_version.Number}-quality.json", "application/json;charset=utf-8", JsonSerializer.Serialize(new
    {
        dataset = _version.Reference,
        content = _version.Content.Hex,
        rows = _version.Rows,
        bad = _version.Bad,
        rejected = _version.Rejected,
        duplicateRows = _report!.DuplicateRows,
        mapping = _version.Mapping,
        columns = _report.Columns.Select(column => column.Profile),
        findings = _report.Findings.Select(finding => new
        {
            finding.Column,
            finding.Kind,
            finding.Severity,
            finding.Evidence,
            acknowledged = _acknowledged.FirstOrDefault(one => one.Column == finding.Column && one.Kind == finding.Kind)?.Note,
        }),
        reference = _report.Reference?.Reference,
        drift = _report.Drift,
    }, Json));
}
