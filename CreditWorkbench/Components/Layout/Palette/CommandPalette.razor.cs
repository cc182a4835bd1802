using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace CreditWorkbench.Web.Components.Layout.Palette;

/// <summary>Search from anywhere, by Ctrl+K.</summary>
public sealed partial class CommandPalette : IDisposable
{
    private static readonly TimeSpan Typing = TimeSpan.FromMilliseconds(120);
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<PaletteHit> _hits = [];
    private string _text = "";
    private int _found;
    private int _asked;

    [Inject] private PaletteSearch Search { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => FindAsync("", _asked);

    // Letters come faster than answers: only the latest text is searched for, and only its answer is shown.
    private async Task SearchAsync(string text)
    {
        var asked = ++_asked;
        _text = text;
        try
        {
            await Task.Delay(Typing, _leaving.Token);
            if (asked == _asked) await FindAsync(text, asked);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task FindAsync(string text, int asked)
    {
        if (Actors.From((await Authentication).User) is not { } actor) return;
        var hits = await Search.FindAsync(text, actor, _leaving.Token);
        if (asked == _asked) (_hits, _found) = (hits, _found + 1);
    }
}
