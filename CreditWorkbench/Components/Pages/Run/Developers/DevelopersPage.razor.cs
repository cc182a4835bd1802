using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Endpoints.Description;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CreditWorkbench.Web.Components.Pages.Run.Developers;

/// <summary>What developers of client systems need: a console to try calls with, code for each, codes of refusals, limits.</summary>
public sealed partial class DevelopersPage
{
    private const int MostShown = 100_000;
    private readonly string[] _languages = ["curl", "C#", "Python"];
    private Actor? _actor;
    private ConsoleAnswer? _answer;
    private string _language = "curl";
    private string _operation = "predict";
    private string _path = "";
    private string? _body;
    private bool _busy;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private ApiSettings Settings { get; set; } = null!;

    private string Operation
    {
        get => _operation;
        set
        {
            if (ApiExamples.Of(value) is null) return;
            _operation = value;
            Fill();
        }
    }

    private ApiExample Example => ApiExamples.Of(_operation)!;

    private string Sample => _language switch
    {
        "C#" => CodeSamples.CSharp(Example, Origin),
        "Python" => CodeSamples.Python(Example, Origin),
        _ => CodeSamples.Curl(Example, Origin),
    };

    private string Origin => Navigation.BaseUri.TrimEnd('/');

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        Fill();
    }

    private void Fill() => (_path, _body, _answer) = (Example.Path, CodeSamples.Readable(Example), null);

    // The browser itself calls, with its own session or the key that stands in the field: neither passes through here.
    private async Task SendAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            await using var module = await Script.InvokeAsync<IJSObjectReference>("import", Leaving, "./js/api-console.js");
            _answer = await module.InvokeAsync<ConsoleAnswer>("send", Leaving, Example.Method, _path, Example.Body is null ? null : _body, Example.MediaType, MostShown);
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>What the browser heard.</summary>
    /// <param name="Status">HTTP status; 0 when nothing came.</param>
    /// <param name="Title">Status in words.</param>
    /// <param name="Milliseconds">Until the whole answer was there.</param>
    /// <param name="Headers">Headers, one a line.</param>
    /// <param name="Body">Body; JSON indented.</param>
    internal sealed record ConsoleAnswer(int Status, string Title, int Milliseconds, string Headers, string Body);
}
