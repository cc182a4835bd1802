using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Staging;

/// <summary>One run: files and hashes, quality per table and rule beside the run before, the gate, and what was kept out.</summary>
public sealed partial class StagingRunPage
{
    private const int SampleLines = 200;
    private Actor? _actor;
    private StagingRun? _run;
    private StagingRun? _before;
    private Job? _job;
    private string _name = "";
    private string? _problem;
    private IReadOnlyList<TableLine> _tables = [];
    private IReadOnlyList<RuleLine> _rules = [];
    private IReadOnlyList<FindingLine> _sample = [];
    private IReadOnlyList<DataColumn<TableLine>> _tableColumns = [];
    private IReadOnlyList<DataColumn<RuleLine>> _ruleColumns = [];
    private IReadOnlyList<DataColumn<FindingLine>> _findingColumns = [];

    /// <summary>The run.</summary>
    [Parameter] public Guid Id { get; set; }

    private string Heading => _run is null ? Texts.T("staging.run") : Texts.T("staging.runOf", _run.ScorecardId, Formats.Time(_run.StartedAt, Zone));

    // Where the server keeps its files is nobody's business here.
    private string? FolderName => _run is null ? null : Path.GetFileName(Path.TrimEndingDirectorySeparator(_run.Folder));

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _tableColumns =
        [
            new("table", Texts.T("staging.table"), line => line.Report.Table) { SortBy = line => line.Report.Table },
            new("read", Texts.T("staging.rowsRead"), line => $"{Formats.Integer(line.Report.RowsRead)} {StagingWords.Change(line.Report.RowsRead, line.Before?.RowsRead)}") { SortBy = line => line.Report.RowsRead, Numeric = true, PhoneOrder = 1 },
            new("used", Texts.T("staging.rowsUsed"), line => $"{Formats.Integer(line.Report.RowsUsed)} {StagingWords.Change(line.Report.RowsUsed, line.Before?.RowsUsed)}") { SortBy = line => line.Report.RowsUsed, Numeric = true, PhoneOrder = 2 },
            new("passed", Texts.T("staging.passed"), line => Formats.Percent(line.Report.PassRate, 2)) { SortBy = line => line.Report.PassRate, Numeric = true, PhoneOrder = 3 },
            new("missing", Texts.T("staging.mostMissing"), MostMissing) { WideOnly = true },
        ];
        _ruleColumns =
        [
            new("code", Texts.T("staging.code"), line => line.Code) { SortBy = line => line.Code },
            new("table", Texts.T("staging.table"), line => line.Table) { SortBy = line => line.Table, PhoneOrder = 1 },
            new("text", Texts.T("staging.rule"), line => line.Rule is { } rule ? Words.Of(rule.Text) : Formats.Unknown) { FullRow = true, PhoneOrder = 3 },
            new("verdict", Texts.T("staging.verdict"), line => line.Rule is { } rule ? Words.Of(rule.Verdict) : Formats.Unknown) { WideOnly = true },
            new("rows", Texts.T("staging.findings"), line => $"{Formats.Integer(line.Rows)} {StagingWords.Change(line.Rows, line.RowsBefore)}") { SortBy = line => line.Rows, Numeric = true, PhoneOrder = 2 },
            new("share", Texts.T("staging.ofRows"), line => line.RowsRead == 0 ? Formats.Unknown : Formats.Percent(line.Rows / (double)line.RowsRead, 2)) { Numeric = true, WideOnly = true },
        ];
        _findingColumns =
        [
            Column("code", "staging.code", 3, 0), Column("table", "staging.table", 0, 1), Column("file", "staging.file", 1) with { WideOnly = true },
            Column("row", "staging.row", 2, 2) with { Numeric = true }, Column("column", "staging.column", 5, 3), Column("value", "staging.value", 6) with { WideOnly = true }, new("remedy", Texts.T("staging.remedy"), RemedyOf) { FullRow = true, PhoneOrder = 4 },
        ];
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_run?.Id != Id) await ReadAsync();
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? UntilLeavingAsync(FollowAsync) : Task.CompletedTask;

    private async Task FollowAsync()
    {
        await foreach (var job in Jobs.WatchAsync(Id, _actor!, Leaving))
        {
            _job = job;
            if (job.EndedAt is not null || _run is null) await ReadAsync();
            StateHasChanged();
        }
    }

    private async Task ReadAsync()
    {
        if (!(await Desk.FindAsync(Id, _actor!, Leaving)).TryGet(out var run, out var problems))
        {
            _problem = Words.Of(problems);
            return;
        }

        (_problem, _name) = (null, Names.Of([run.RequestedBy])[run.RequestedBy]);
        _before = await Desk.BeforeAsync(run, Leaving);
        var definition = await Scorecards.FindAsync(run.ScorecardId, Leaving);
        (_tables, _rules) = (TableLine.Of(run, _before), RuleLine.Of(run, _before, definition?.Staging));
        _sample = Desk.Sample(run, SampleLines, _actor!).TryGet(out var lines, out _) ? FindingLine.Of(lines) : [];
        _run = run;
    }

    // The file is written once, in English; the dictionary says its rules in both languages.
    private string RemedyOf(FindingLine line) => _rules.FirstOrDefault(rule => rule.Code == line.Cells[3])?.Rule is { } known ? Words.Of(known.Text) : line.Cells[7];

    private static string MostMissing(TableLine line)
    {
        var most = line.Report.Missing.Where(column => column.Value > 0).OrderByDescending(column => column.Value).Take(2).Select(column => $"{column.Key} {Formats.Percent(column.Value)}");
        return string.Join(", ", most) is { Length: > 0 } words ? words : Formats.Unknown;
    }

    private static DataColumn<FindingLine> Column(string key, string title, int cell, int phone = 5) => new(key, Texts.T(title), line => line.Cells[cell]) { SortBy = line => line.Cells[cell], PhoneOrder = phone };
}
