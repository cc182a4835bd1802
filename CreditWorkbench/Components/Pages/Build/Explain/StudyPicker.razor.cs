using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>Which model explains which rows against which baseline; takes files in.</summary>
public sealed partial class StudyPicker
{
    private const string FolderMark = "import/";
    private const string Path = "path";
    private double? _sent;
    private bool _removing;
    private IReadOnlyList<Problem> _problems = [];

    /// <summary>All models.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<RegisteredModel> Models { get; set; } = [];

    /// <summary>The chosen one.</summary>
    [Parameter, EditorRequired] public RegisteredModel Chosen { get; set; } = null!;

    /// <summary>Kept files.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<StudyFile> Files { get; set; } = [];

    /// <summary>Names of files in the folder of the data directory.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Folder { get; set; } = [];

    /// <summary>The chosen rows.</summary>
    [Parameter, EditorRequired] public StudySource Source { get; set; } = null!;

    /// <summary>Whether the path-dependent baseline is chosen.</summary>
    [Parameter] public bool IsPath { get; set; }

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired] public Actor Reader { get; set; } = null!;

    /// <summary>Zone of clocks.</summary>
    [Parameter, EditorRequired] public TimeZoneInfo Zone { get; set; } = null!;

    /// <summary>Keeps files.</summary>
    [Parameter, EditorRequired] public StudyDesk Desk { get; set; } = null!;

    /// <summary>Largest file in bytes.</summary>
    [Parameter, EditorRequired] public long MaxBytes { get; set; }

    /// <summary>Raised with the reference of a model.</summary>
    [Parameter] public EventCallback<string?> OnModel { get; set; }

    /// <summary>Raised with the short hash of a file; null for the background.</summary>
    [Parameter] public EventCallback<string?> OnData { get; set; }

    /// <summary>Raised with <c>path</c> or null.</summary>
    [Parameter] public EventCallback<string?> OnBaseline { get; set; }

    private bool MayAdd => Reader.May(Permission.BuildModels);

    private static string Whole(double share) => Math.Round(Math.Clamp(share, 0, 1) * 100).ToString(CultureInfo.InvariantCulture);

    private async Task ChooseAsync(ChangeEventArgs change)
    {
        _problems = [];
        var value = change.Value?.ToString() ?? "";
        if (!value.StartsWith(FolderMark, StringComparison.Ordinal)) await OnData.InvokeAsync(value.Length == 0 ? null : value);
        else await TakeAsync(Desk.AddFromFolderAsync(value[FolderMark.Length..], Reader, CancellationToken.None));
    }

    private async Task UploadAsync(InputFileChangeEventArgs change)
    {
        (_problems, _sent) = ([], 0);
        var file = change.File;
        if (file.Size > MaxBytes)
        {
            (_problems, _sent) = ([new Problem("study.file.tooLarge", "The file is too large.") { Field = $"{MaxBytes >> 20}" }], null);
            return;
        }

        await using var stream = new CountingStream(file.OpenReadStream(MaxBytes), sent => _ = InvokeAsync(() => ShowSent((double)sent / Math.Max(1, file.Size))));
        await TakeAsync(Desk.AddAsync(file.Name, stream, Reader, CancellationToken.None));
        _sent = null;
    }

    private async Task TakeAsync(Task<Outcome<StudyFile>> adding)
    {
        if ((await adding).TryGet(out var file, out var problems)) await OnData.InvokeAsync(file.Hash.Short);
        else _problems = problems;
    }

    private async Task RemoveAsync(StudyFile file)
    {
        (_problems, _removing) = ([], true);
        var removal = await Desk.RemoveAsync(file, Reader, CancellationToken.None);
        _removing = false;
        if (removal.TryGet(out _, out var problems)) await OnData.InvokeAsync(null);
        else _problems = problems;
    }

    private void ShowSent(double share)
    {
        if (_sent is null) return;
        _sent = share;
        StateHasChanged();
    }
}
