using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>A page of the lab: who reads it, the desk, and a way to look again whenever a job moved.</summary>
public abstract class LabReader : WorkbenchPage
{
    /// <summary>The desk of training runs.</summary>
    [Inject] protected TrainingDesk Desk { get; set; } = null!;

    /// <summary>Who looks at the page; null until that is known.</summary>
    protected Actor? Reader { get; private set; }

    /// <summary>Whether the reader may train.</summary>
    protected bool MayBuild => Reader?.May(Permission.BuildModels) == true;

    [Inject] private IJobDesk Jobs { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => Reader = await ActorAsync();

    /// <summary>Looks again after every change of a job, until there is nothing more to wait for or the reader leaves.</summary>
    /// <param name="look">Looks; false when nothing is at work any more.</param>
    protected Task WatchAsync(Func<Task<bool>> look) => WatchAsync(Jobs.ChangedAsync, async () =>
    {
        var goesOn = await look();
        StateHasChanged();
        return goesOn;
    });

    /// <summary>Changes parts of the address in place; null removes one.</summary>
    protected void Put(params (string Name, object? Value)[] changes) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(changes.ToDictionary(change => change.Name, change => change.Value)), replace: true);
}
