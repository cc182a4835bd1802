using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>One run: its progress while it works, its leader board afterwards.</summary>
public sealed partial class RunPage
{
    private LabView? _view;
    private LabStudy? _study;
    private IReadOnlyList<Problem> _problems = [];
    private string? _message;
    private bool _busy;
    private bool _watching;

    /// <summary>The run.</summary>
    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery] private string? Candidate { get; set; }

    private string About => _view!.Run.Facts is { } facts
        ? Texts.T("lab.about", Formats.Integer(facts.Rows), Formats.Integer(facts.Bad), Formats.Percent((double)facts.Bad / facts.Rows), _view.Run.DataName, facts.DataHash.Short, _view.Run.Request.Seed)
        : Texts.T("lab.aboutUnread", _view.Run.DataName, _view.Run.Request.Seed);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        await LookAsync();
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => FollowAsync();

    // The run may be read only after the first rendering, and it may be resumed.
    private async Task FollowAsync()
    {
        if (_watching || _view?.IsAtWork != true) return;
        _watching = true;
        await WatchAsync(LookAsync);
        _watching = false;
        StateHasChanged();
    }

    private async Task<bool> LookAsync()
    {
        if (!(await Desk.FindAsync(Id, Reader!, Leaving)).TryGet(out var view, out var problems))
        {
            _problems = problems;
            return false;
        }

        if (view.Run.Summary is not null && _study is null)
        {
            if ((await Desk.OpenAsync(Id, Reader!, Leaving)).TryGet(out var study, out problems)) _study = study;
            else _problems = problems;
        }

        _view = view;
        return view.IsAtWork;
    }

    private void Choose(string family) => Put(("candidate", family));

    private async Task CancelAsync()
    {
        var outcome = await Desk.CancelAsync(Id, Reader!, Leaving);
        _message = outcome.Succeeded ? null : Words.Of(outcome.Problems);
        await LookAsync();
    }

    private async Task ResumeAsync()
    {
        _busy = true;
        var outcome = await Desk.ResumeAsync(Id, Reader!, Leaving);
        (_busy, _message) = (false, outcome.Succeeded ? null : Words.Of(outcome.Problems));
        await LookAsync();
    }
}
