using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>A page over a study: model, rows and baseline stand in the address; the study runs beside the page, with progress and a way
/// to cancel, and is there at once where it ran before.</summary>
public abstract class StudyPage : WorkbenchPage
{
    private static readonly TimeSpan ShownEvery = TimeSpan.FromMilliseconds(120);
    private CancellationTokenSource? _waiting;
    private string? _asked;
    private long _shownAt;

    /// <summary>Reference of the model: NAME@V.</summary>
    [SupplyParameterFromQuery] public string? Model { get; set; }

    /// <summary>First digits of the hash of a kept file; anything else is the model's own background.</summary>
    [SupplyParameterFromQuery] public string? Data { get; set; }

    /// <summary><c>path</c> for the path-dependent baseline.</summary>
    [SupplyParameterFromQuery] public string? Baseline { get; set; }

    /// <summary>Opens studies.</summary>
    [Inject] protected StudyDesk Desk { get; set; } = null!;

    /// <summary>Who looks at the page.</summary>
    protected Actor? Reader { get; private set; }

    /// <summary>All models; null until they are read.</summary>
    protected IReadOnlyList<RegisteredModel>? ModelList { get; private set; }

    /// <summary>Kept files, newest first.</summary>
    protected IReadOnlyList<StudyFile> FileList { get; private set; } = [];

    /// <summary>Names of files in the folder of the data directory.</summary>
    protected IReadOnlyList<string> Folder { get; private set; } = [];

    /// <summary>The study; null until it is there.</summary>
    protected ExplanationStudy? Study { get; private set; }

    /// <summary>How far it is; null when nothing runs.</summary>
    protected StudyProgress? Progress { get; private set; }

    /// <summary>Why there is no study.</summary>
    protected IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Whether the reader cancelled.</summary>
    protected bool IsCancelled { get; private set; }

    /// <summary>Largest file in bytes.</summary>
    protected long MaxBytes => Files.MaxBytes;

    /// <summary>The chosen model: that of the address, else what is in production, else the newest.</summary>
    protected RegisteredModel? Chosen =>
        ModelList?.FirstOrDefault(model => model.Reference == Model) ?? ModelList?.FirstOrDefault(model => model.Stage == ModelStage.Production) ?? (ModelList is { Count: > 0 } ? ModelList[0] : null);

    /// <summary>The chosen rows.</summary>
    protected StudySource Source => Data is { Length: >= 8 } hash && FileList.FirstOrDefault(file => file.Hash.Hex.StartsWith(hash, StringComparison.Ordinal)) is { } file ? new StudySource(file) : StudySource.Background;

    /// <summary>The chosen baseline.</summary>
    protected AttributionMethod Method => Baseline == "path" ? AttributionMethod.PathDependent : AttributionMethod.Interventional;

    /// <summary>Words of the study's dictionary.</summary>
    protected StudyWords? Terms { get; private set; }

    /// <summary>Last line of exported tables.</summary>
    protected string Origin => Study is null ? "" : StudyWords.Origin(Study);

    [Inject] private IModelStore Models { get; set; } = null!;

    [Inject] private IStudyFiles Files { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Reader = await ActorAsync();
        ModelList = await Models.ListAsync(null, Leaving);
        await ReadFilesAsync();
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        // The first answer of the server is still: what takes time runs once the page lives.
        if (ModelList is null || !RendererInfo.IsInteractive || Chosen is not { } model) return Task.CompletedTask;
        var asked = $"{model.ReleaseHash.Hex}/{Source.Key}/{Method}";
        if (asked != _asked)
        {
            _asked = asked;
            return BeginAsync();
        }

        return Study is null ? Task.CompletedTask : OnStudyAsync();
    }

    /// <summary>Called when the study is there, and again when the address changes.</summary>
    protected virtual Task OnStudyAsync() => Task.CompletedTask;

    /// <summary>Begins the study anew, after it failed or was cancelled.</summary>
    protected Task BeginAsync()
    {
        _waiting?.Cancel();
        _waiting?.Dispose();
        _waiting = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        (Study, Problems, IsCancelled, Progress) = (null, [], false, new StudyProgress(StudyPhase.Reading, 0, 0));
        return RunAsync(Chosen!, Source, Method, _waiting.Token);
    }

    /// <summary>Stops waiting; the work stops when nobody else waits for it.</summary>
    protected void Cancel()
    {
        _waiting?.Cancel();
        (IsCancelled, Progress) = (true, null);
    }

    /// <summary>Reads the list of files again.</summary>
    protected async Task ReadFilesAsync()
    {
        FileList = await Files.ListAsync(Leaving);
        Folder = Files.InFolder();
    }

    /// <summary>Changes parts of the address; null removes one.</summary>
    protected void Go(params (string Name, object? Value)[] changes) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(changes.ToDictionary(change => change.Name, change => change.Value)));

    /// <summary>Takes another model; what belongs to the columns of the old one goes.</summary>
    protected void ChooseModel(string? reference) => Go(("model", reference), ("feature", null), ("colour", null), ("a", null), ("b", null), ("with", null));

    /// <summary>Takes another baseline.</summary>
    protected void ChooseBaseline(string? baseline) => Go(("baseline", baseline));

    /// <summary>Takes another file, by its short hash; null for the model's background.</summary>
    protected async Task ChooseDataAsync(string? hash)
    {
        await ReadFilesAsync();
        Go(("data", hash), ("a", null), ("b", null), ("row", null), ("with", null));
    }

    /// <summary>Takes the model's background.</summary>
    protected void ChooseBackground() => Go(("data", null));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _waiting?.Dispose();
    }

    private async Task RunAsync(RegisteredModel model, StudySource source, AttributionMethod method, CancellationToken waiting)
    {
        Outcome<ExplanationStudy> outcome;
        try
        {
            outcome = await Desk.OpenAsync(model, source, method, new Told(this, waiting), waiting);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested)
        {
            return;
        }

        if (waiting.IsCancellationRequested) return;
        Progress = null;
        if (outcome.TryGet(out var study, out var problems))
        {
            (Study, Terms) = (study, new StudyWords(study.Release.Definition, study.Columns));
            await OnStudyAsync();
        }
        else
        {
            Problems = problems;
        }
    }

    private sealed class Told(StudyPage page, CancellationToken waiting) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value)
        {
            if (waiting.IsCancellationRequested || page.Time.GetElapsedTime(Interlocked.Read(ref page._shownAt)) < ShownEvery) return;
            Interlocked.Exchange(ref page._shownAt, page.Time.GetTimestamp());
            _ = page.InvokeAsync(() =>
            {
                if (waiting.IsCancellationRequested || page.Progress is null) return;
                page.Progress = value;
                page.StateHasChanged();
            });
        }
    }
}
