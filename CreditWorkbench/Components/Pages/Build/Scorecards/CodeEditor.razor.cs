using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CreditWorkbench.Web.Components.Pages.Build.Scorecards;

/// <summary>A text area with line numbers. The text lives in the browser; the page is told when it has changed and reads it as a stream.</summary>
public sealed partial class CodeEditor
{
    private const long MostBytes = 8L << 20;
    private ElementReference _area;
    private IJSObjectReference? _editor;
    private DotNetObjectReference<CodeEditor>? _self;
    private string? _first;

    /// <summary>Id of the text area.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>What it holds, in words.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Id of what describes it.</summary>
    [Parameter] public string? DescribedBy { get; set; }

    /// <summary>The text at the start.</summary>
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    /// <summary>Raised with the text a moment after the last key.</summary>
    [Parameter] public EventCallback<string> OnText { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized() => _first = Text;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./js/code-editor.js");
        _editor = await module.InvokeAsync<IJSObjectReference>("mount", _area, _self);
    }

    /// <summary>Called by the browser when the text has changed.</summary>
    [JSInvokable]
    public async Task TextChangedAsync() => await OnText.InvokeAsync(await ReadAsync());

    /// <summary>The text as it stands.</summary>
    public async Task<string> ReadAsync()
    {
        if (_editor is null) return Text;
        await using var reference = await _editor.InvokeAsync<IJSStreamReference>("text");
        await using var stream = await reference.OpenReadStreamAsync(MostBytes);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Replaces the text.</summary>
    public async Task WriteAsync(string text)
    {
        if (_editor is not null) await _editor.InvokeVoidAsync("write", text);
    }

    /// <summary>Marks lines in the gutter.</summary>
    public async Task MarkAsync(IReadOnlyList<long> errors, IReadOnlyList<long> warnings)
    {
        if (_editor is not null) await _editor.InvokeVoidAsync("mark", errors, warnings);
    }

    /// <summary>Selects a line and brings it into view.</summary>
    public async Task GoAsync(long line)
    {
        if (_editor is not null) await _editor.InvokeVoidAsync("go", line);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        if (_editor is null) return;
        try
        {
            await _editor.InvokeVoidAsync("dispose");
            await _editor.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the editor with it.
        }
    }
}
