using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace CreditWorkbench.Web.Components.Pages.Decide.Statements;

/// <summary>Reads a bank statement for an application: file, mapping, preview, what it gives, and the bookings behind each number.</summary>
public sealed partial class StatementPage
{
    private const int LongestName = 120;
    private CreditApplication? _application;
    private ScorecardDefinition? _definition;
    private StatementSource? _file;
    private IReadOnlyList<FileColumn> _columns = [];
    private StatementMapping? _mapping;
    private StatementFacts _facts = new(default);
    private StatementReading? _reading;
    private StatementDerivation? _derivation;
    private IReadOnlyList<Problem> _problems = [];
    private string? _open;
    private int _round;
    private bool _isKept;
    private bool _busy;
    private bool _ready;
    private bool _taken;

    /// <summary>Application.</summary>
    [Parameter] public Guid Id { get; set; }

    [Inject] private StatementDesk Desk { get; set; } = null!;

    [Inject] private IApplicationStore Applications { get; set; } = null!;

    [Inject] private IScorecardCatalog Catalog { get; set; } = null!;

    private string FormAddress => $"/applications/new?application={Id}&step=data";

    private IReadOnlyList<Crumb> CrumbTrail =>
        [new(Texts.T("nav.applications"), "/applications"), new(_application?.Number ?? Texts.T("intake.new"), FormAddress), new(Texts.T("statement.card"))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _application = await Applications.FindAsync(Id, Leaving);
        if (_application is not null) _definition = await Catalog.FindAsync(_application.ScorecardId, Leaving);
        _facts = new StatementFacts(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Clock.Now, Zone).DateTime)) { Holder = HolderOf() };
        _ready = true;
    }

    private string HolderOf()
    {
        if (_definition?.Inputs.FirstOrDefault(input => input.Pii is not null && input.Type == InputType.Text) is not { } holder) return "";
        return InputRecordJson.FromText(_definition, _application!.ValuesJson) is { Succeeded: true } read ? read.Value[holder.Name].Text ?? "" : "";
    }

    private static string NameOf(string name) => Path.GetFileName(name) is var file && file.Length > LongestName ? file[..LongestName] : Path.GetFileName(name);

    private async Task ChooseAsync(InputFileChangeEventArgs chosen)
    {
        (_busy, _problems, _reading, _derivation, _open) = (true, [], null, null, null);
        if (chosen.File.Size > StatementDesk.MostBytes) _problems = [new Problem("statement.tooLarge", "The file is too large.") { Field = $"{StatementDesk.MostBytes >> 20}" }];
        else
        {
            using var whole = new MemoryStream();
            await using (var content = chosen.File.OpenReadStream(StatementDesk.MostBytes, Leaving)) await content.CopyToAsync(whole, Leaving);
            _file = new StatementSource(NameOf(chosen.File.Name), whole.ToArray());
            await OpenAsync(null);
        }
        _busy = false;
    }

    // Another delimiter means other columns, and with them another mapping.
    private async Task OpenAsync(char? delimiter)
    {
        (_mapping, _columns) = (null, []);
        if (!(await _file!.OpenAsync(delimiter, Leaving)).TryGet(out var rows, out var problems))
        {
            _problems = problems;
            return;
        }
        await using (rows) _columns = rows.Columns;
        (_mapping, _isKept) = await Desk.MappingAsync(_definition!, _columns, Leaving);
        if (delimiter is not null) _mapping = _mapping with { Delimiter = delimiter };
        await ReadAsync();
    }

    private Task RemapAsync(StatementMapping mapping)
    {
        if (_mapping is null) return Task.CompletedTask;
        var other = mapping.Delimiter != _mapping.Delimiter;
        _mapping = mapping;
        return other ? OpenAsync(mapping.Delimiter) : ReadAsync();
    }

    private Task RestateAsync(StatementFacts facts)
    {
        _facts = facts;
        return ReadAsync();
    }

    // Each change reads again; only the last answer counts.
    private async Task ReadAsync()
    {
        var round = ++_round;
        var (file, mapping, facts, definition) = (_file!, _mapping!, _facts, _definition!);
        var outcome = await file.ReadAsync(definition, mapping, facts.Upload(mapping.Rate), Leaving);
        var derivation = outcome.Succeeded ? await Task.Run(() => BankStatementMetrics.Derive(definition, outcome.Value.Statement), Leaving) : null;
        if (round != _round) return;
        (_reading, _derivation, _problems) = (outcome.Succeeded ? outcome.Value : null, derivation, outcome.Problems);
    }

    private async Task TakeAsync()
    {
        if (_busy || _taken) return;
        _busy = true;
        var entry = new StatementEntry(_file!.Name, _file.Bytes, StatementMapping.HeaderOf(_columns), _mapping!, _derivation!);
        var taken = await Desk.TakeOverAsync(Id, _definition!, entry, await ActorAsync(), Leaving);
        (_busy, _taken) = (false, taken.Succeeded);
        if (_taken) Navigation.NavigateTo(FormAddress);
        else _problems = taken.Problems;
    }
}
