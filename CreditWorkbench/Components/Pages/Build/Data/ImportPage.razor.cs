using System.Globalization;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace CreditWorkbench.Web.Components.Pages.Build.Data;

/// <summary>Brings a file in: what it is, what its columns are and why, a dry run over every row, and a name to keep it under. The file
/// stands in the address, so that a reload does not ask for it again.</summary>
public sealed partial class ImportPage
{
    // A table of thousands of columns is no preview, and the browser would have to hold it.
    private const int PreviewColumns = 60;

    private static readonly (string Sign, string Name)[] Delimiters = [("", "auto"), (",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe"), (" ", "space")];
    private readonly StepperStep[] _steps = [new(Texts.T("dataset.step.file")), new(Texts.T("dataset.step.columns")), new(Texts.T("dataset.step.try")), new(Texts.T("dataset.step.keep"))];
    private Actor? _actor;
    private DatasetLook? _look;
    private ImportDraft? _draft;
    private DatasetTrial? _trial;
    private string? _rejects;
    private string? _mappingName;
    private string? _read;
    private string _name = "";
    private TextFile? _file;
    private IReadOnlyList<Problem> _problems = [];
    private double? _sent;
    private bool _busy;
    private bool _looking;
    private bool _trying;
    private bool _edited;

    /// <summary>Hash of the file that was brought in.</summary>
    [SupplyParameterFromQuery] public string? File { get; set; }

    private char? Delimiter { get; set; }

    private int StepNow => _look is null ? 0 : _trial is null ? _draft?.ToMapping() is null ? 1 : 2 : 3;

    private string FileFacts
    {
        get
        {
            var layout = _look!.Inspection.Profile.Layout;
            return Texts.T("dataset.facts", Texts.T("dataset.format." + layout.Format), Texts.T("dataset.packing." + layout.Packing), layout.Encoding.Length == 0 ? Formats.Unknown : layout.Encoding,
                layout.Delimiter is { } sign ? Texts.T("dataset.delimiter." + NameOf(sign)) : Formats.Unknown, Formats.Integer(_look.Inspection.Profile.Rows), Formats.Integer(layout.Columns.Count), _look.File.Content.Short);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _actor ??= await ActorAsync();
        if (File == _read || File is not { Length: 64 } || !File.All(char.IsAsciiHexDigitLower)) return;
        _read = File;
        await LookAsync(null);
    }

    private async Task UploadAsync(InputFileChangeEventArgs change)
    {
        if (_busy) return;
        (_busy, _problems, _sent) = (true, [], 0);
        try
        {
            var file = change.File;
            if (file.Size > Desk.MaxBytes)
            {
                _problems = [new Problem("dataset.file.tooLarge", "The file is too large.") { Field = Formats.Integer(Desk.MaxBytes >> 20) }];
                return;
            }

            await using var stream = new CountingStream(file.OpenReadStream(Desk.MaxBytes, Leaving), sent => _ = InvokeAsync(() => ShowSent((double)sent / Math.Max(1, file.Size))));
            if ((await Desk.BringAsync(file.Name, stream, _actor!, Leaving)).TryGet(out var kept, out _problems))
            {
                _read = null;
                Navigation.NavigateTo($"/data/import?file={kept.Content.Hex}");
            }
        }
        finally
        {
            (_busy, _sent) = (false, null);
        }
    }

    private async Task LookAsync(FileReadOptions? reading)
    {
        (_busy, _looking, _edited, _trial, _look, _draft, _problems) = (true, true, false, null, null, null, []);
        StateHasChanged();
        try
        {
            var content = new ContentHash(File!);
            // A large file takes seconds to read: beside the circuit, so that the page answers meanwhile.
            if (!(await Task.Run(() => Desk.LookAsync(content, reading, _actor!, Leaving), Leaving)).TryGet(out _look, out _problems)) return;
            _draft = new ImportDraft(_look.Inspection, Delimiter);
            if (_name.Length == 0) _name = Path.GetFileNameWithoutExtension(_look.File.Name.Replace(".csv.", ".", StringComparison.OrdinalIgnoreCase));
            UseMapping(_look.Mappings.Count > 0 ? _look.Mappings[0].Name : null);
        }
        finally
        {
            (_busy, _looking) = (false, false);
        }
    }

    private Task AgainAsync(bool header, char? delimiter)
    {
        Delimiter = delimiter;
        return LookAsync(FileReadOptions.Default with { HasHeader = header, Delimiter = delimiter });
    }

    private void UseMapping(string? name)
    {
        var saved = _look!.Mappings.FirstOrDefault(mapping => mapping.Name == name);
        _draft = new ImportDraft(_look.Inspection, Delimiter);
        if (saved is not null)
        {
            _draft.Take(saved.Mapping);
            _name = saved.Name;
        }

        _mappingName = saved?.Name;
        Changed();
    }

    private void Edited()
    {
        _edited = true;
        Changed();
    }

    // What was tried is no longer what would be kept.
    private void Changed() => (_trial, _rejects, _file) = (null, null, null);

    private async Task TryAsync()
    {
        if (_busy || _draft?.ToMapping() is not { } mapping) return;
        (_busy, _trying, _problems) = (true, true, []);
        Changed();
        StateHasChanged();
        try
        {
            await using var rejects = new StringWriter(CultureInfo.InvariantCulture);
            var content = new ContentHash(File!);
            if ((await Task.Run(() => Desk.TryAsync(content, mapping, rejects, _actor!, Leaving), Leaving)).TryGet(out _trial, out _problems)) _rejects = rejects.ToString();
        }
        finally
        {
            (_busy, _trying) = (false, false);
        }
    }

    private async Task KeepAsync()
    {
        if (_busy || _draft?.ToMapping() is not { } mapping) return;
        (_busy, _problems) = (true, []);
        try
        {
            var content = new ContentHash(File!);
            if ((await Task.Run(() => Desk.AddAsync(content, _name, mapping, _actor!, Leaving), Leaving)).TryGet(out var version, out _problems))
            {
                _edited = false;
                Navigation.NavigateTo(DataAddress.Of(version.Id));
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private void SaveRejects() => _file = TextFile.Csv($"{Path.GetFileNameWithoutExtension(_look!.File.Name)}-rejects", _rejects ?? "");

    private static string ProblemText(Problem problem) => problem.Row is { } row ? $"{Texts.T("dataset.rowOf", Formats.Integer(row))} {Words.Of(problem)}" : problem.Field is { } field && !Texts.Has("problem." + problem.Code) ? $"{field}: {Words.Of(problem)}" : Words.Of(problem);

    private static char? CharOf(string? text) => string.IsNullOrEmpty(text) ? null : text[0];

    private static string NameOf(char sign) => Delimiters.FirstOrDefault(one => one.Sign == sign.ToString()).Name ?? "auto";

    private static string Whole(double share) => Math.Round(Math.Clamp(share, 0, 1) * 100).ToString(CultureInfo.InvariantCulture);

    private void ShowSent(double share)
    {
        if (_sent is null) return;
        _sent = share;
        StateHasChanged();
    }
}
