using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Frame of the tabs of a case: reads the case, shows its head, and hands it to the tab.</summary>
public sealed partial class CaseFrame
{
    private CaseFile? _file;
    private IReadOnlyList<Problem> _problems = [];
    private IDisposable? _ear;
    private string? _told;
    private bool _gone;
    private Guid _read;

    /// <summary>Application.</summary>
    [Parameter, EditorRequired] public Guid Id { get; set; }

    /// <summary>Which tab is open: data, score, explanation, roadmap, review, history.</summary>
    [Parameter, EditorRequired] public string Tab { get; set; } = "";

    /// <summary>The tab.</summary>
    [Parameter, EditorRequired] public RenderFragment<CaseFile> ChildContent { get; set; } = null!;

    /// <summary>Buttons of the head.</summary>
    [Parameter] public RenderFragment<CaseFile>? Actions { get; set; }

    /// <summary>Raised when the case was read, also again after a change.</summary>
    [Parameter] public EventCallback<CaseFile> OnRead { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == Id) return;
        _read = Id;
        await ReadAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        // What others do to this case appears here; the page of a reader who cannot act yet need not listen.
        if (RendererInfo.IsInteractive) _ear = Feed.Listen(change => { if (change.ApplicationId == Id) _ = InvokeAsync(() => HeardAsync(change)); });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _gone = true;
        if (disposing) _ear?.Dispose();
        base.Dispose(disposing);
    }

    private async Task HeardAsync(CaseChange change)
    {
        if (_gone || _file?.View.Case?.Version >= change.Version) return;
        await ReadAsync();
        if (_file?.View.Case is not { } changed) return;
        _told = Texts.T("case.changed", Words.Of(changed.State));
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        var actor = await ActorAsync();
        if ((await Reader.FindAsync(Id, actor, Leaving)).TryGet(out var view, out var problems))
        {
            _file = new CaseFile(view, actor, ReadAsync);
            await OnRead.InvokeAsync(_file);
        }
        else
        {
            (_file, _problems) = (null, problems);
        }
        StateHasChanged();
    }

    private static IReadOnlyList<Crumb> CrumbsOf(CaseView view) => [new(Texts.T("nav.applications"), "/applications"), new(view.Application.Number)];

    private List<string> FactsOf(CaseView view)
    {
        var facts = new List<string> { Words.Of(view.Definition.Title) };
        if (view.Application.Amount is { } amount)
        {
            var money = Formats.Money(amount.Major, amount.Currency);
            facts.Add(view.Application.TermMonths is { } months ? Texts.T("case.amountOver", money, months) : Texts.T("case.amount", money));
        }
        if (view.Score is { } score)
        {
            facts.Add(Texts.T("case.scored", Formats.Time(score.ScoredAt, Zone)));
            facts.Add(Texts.T("case.model", score.Release.Model));
        }
        return facts;
    }

    private IReadOnlyList<CaseTab> TabsOf(CaseView view)
    {
        var root = $"/applications/{view.Application.Id}";
        string[] tabs = view.Score is null ? ["data", "history"] : ["data", "score", "explanation", "roadmap", "review", "history"];
        return [.. tabs.Select(tab => new CaseTab(Texts.T("case.tab." + tab), tab == "data" ? root : $"{root}/{tab}", tab == Tab))];
    }
}
