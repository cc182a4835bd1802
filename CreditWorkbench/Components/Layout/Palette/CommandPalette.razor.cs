using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace CreditWorkbench.Web.Components.Layout.Palette;

/// <summary>Search from anywhere, by Ctrl+K.</summary>
public sealed partial class CommandPalette : IDisposable
{
    private static readonly TimeSpan Typing = TimeSpan.FromMilliseconds(120);
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _searching;
    private IReadOnlyList<PaletteHit> _hits = [];
    private string _text = "";
    private int _found;

    [Inject] private PaletteSearch Search { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _searching?.Cancel();
        _searching?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => FindAsync("", _leaving.Token);

    private async Task SearchAsync(string text)
    {
        _text = text;
        if (_searching is not null) await _searching.CancelAsync();
        _searching?.Dispose();
        _searching = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        var token = _searching.Token;
        try
        {
            await Task.Delay(Typing, token);
            await FindAsync(text, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // A later letter asks again.
        }
    }

    private async Task FindAsync(string text, CancellationToken cancellationToken)
    {
        if (Actors.From((await Authentication).User) is not { } actor) return;
        var hits = await Search.FindAsync(text, actor, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        (_hits, _found) = (hits, _found + 1);
    }
}
