using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Users;

/// <summary>What pages about users share: one deed at a time, its refusals, its link.</summary>
public abstract class UserDeedPage : WorkbenchPage
{
    [Inject] private IServiceScopeFactory Scopes { get; set; } = null!;

    /// <summary>Who looks.</summary>
    protected Actor Me { get; private set; } = null!;

    /// <summary>Why the last deed was refused.</summary>
    protected IReadOnlyList<string> Problems { get; set; } = [];

    /// <summary>What the last deed did; null before it.</summary>
    protected string? Done { get; private set; }

    /// <summary>Address that sets a password once; shown until the next deed.</summary>
    protected string? Link { get; private set; }

    /// <summary>Whether a deed is under way.</summary>
    protected bool Busy { get; private set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => Me = await ActorAsync();

    /// <summary>Does something with the desk. A page lives as long as its circuit; Identity's stores are used for one deed at a time.</summary>
    protected async Task WithDeskAsync(Func<UserDesk, Task> deed)
    {
        await using var scope = Scopes.CreateAsyncScope();
        await deed(scope.ServiceProvider.GetRequiredService<UserDesk>());
    }

    /// <summary>Does a deed, words its end and reads the page again.</summary>
    /// <returns>Whether it was done.</returns>
    protected async Task<bool> DoAsync(Func<UserDesk, Task<UserAnswer>> deed, string done)
    {
        if (Busy) return false;
        (Busy, Done, Link) = (true, null, null);
        UserAnswer? answer = null;
        await WithDeskAsync(async desk => answer = await deed(desk));
        Problems = answer!.Problems;
        if (answer.Done) (Done, Link) = (done, answer.Link is null ? null : Navigation.ToAbsoluteUri(answer.Link).ToString());
        await ReadAsync();
        Busy = false;
        return answer.Done;
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task ReadAsync();
}
