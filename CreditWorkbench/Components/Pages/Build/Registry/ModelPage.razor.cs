using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Registry;

/// <summary>One thing that a person does to a version.</summary>
/// <param name="Done">Text to show when it is done, with the reference in its slot.</param>
/// <param name="Act">Does it; gives the problems, none on success.</param>
public sealed record ModelAct(string Done, Func<CancellationToken, Task<IReadOnlyList<Problem>>> Act);

/// <summary>One version: what it is, what was shown of it, who approved it, where it comes from, when it decided, what is in its package.</summary>
public sealed partial class ModelPage
{
    private static readonly string[] Tabs = ["overview", "gates", "approval", "lineage", "history", "package"];
    private Actor? _actor;
    private ModelView? _view;
    private VerifiedPackage? _package;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<Problem> _unreadable = [];
    private string? _read;
    private string? _message;
    private bool _failed;
    private bool _busy;

    /// <summary>Name of the address.</summary>
    [Parameter] public string Name { get; set; } = "";

    /// <summary>Version of the address.</summary>
    [Parameter] public int Version { get; set; }

    [SupplyParameterFromQuery] private string? Tab { get; set; }

    private string Current => Tabs.Contains(Tab) ? Tab! : Tabs[0];

    private string Reference => $"{Name}@{Version}";

    // What decides is the natural thing to compare with, then the next older version.
    private RegisteredModel Other => _view!.Others.FirstOrDefault(other => other.Stage == ModelStage.Production) ?? _view.Others[0];

    private IReadOnlyList<TimelineEntry> Entries =>
    [
        .. _view!.Changes.Select(change => new TimelineEntry(change.At, Texts.T(change.IsRollback ? "registry.rolledBackBy" : "registry.movedBy", Words.Of(change.From), Words.Of(change.To), _view.NameOf(change.ActorId)), change.Note)),
        new TimelineEntry(_view.Model.CreatedAt, Texts.T("registry.registeredBy", _view.NameOf(_view.Model.CreatedBy))),
    ];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read != Reference)
        {
            (_read, _message, _package, _unreadable) = (Reference, null, null, []);
            _actor = await ActorAsync();
            await ReadAsync();
        }

        // Reading a package verifies it; the other tabs do without.
        if (_view is not null && _package is null && _unreadable.Count == 0 && Current is "lineage" or "package")
            (await Packages.OpenAsync(_view!.Model, _actor!, Leaving)).TryGet(out _package, out _unreadable);
    }

    private async Task ReadAsync() => (await Reader.FindAsync(Reference, _actor!, Leaving)).TryGet(out _view, out _problems);

    private async Task ActAsync(ModelAct act)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var problems = await act.Act(Leaving);
            _failed = problems.Count > 0;
            _message = _failed ? Words.Of(problems) : Texts.T(act.Done, Reference);
            await ReadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
