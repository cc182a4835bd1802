using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>Pairs of features that act together: exact values, and the screen over partial dependence.</summary>
public sealed partial class InteractionsTab : IDisposable
{
    private const int Shown = 12;
    private ExplanationStudy? _seen;
    private InteractionFindings? _findings;
    private IntervalFigure? _exact;
    private IntervalFigure? _screen;
    private ChartTwin? _exactTwin;
    private ChartTwin? _screenTwin;
    private double? _share;
    private CancellationTokenSource? _waiting;

    /// <summary>The study.</summary>
    [Parameter, EditorRequired] public ExplanationStudy Study { get; set; } = null!;

    /// <summary>Its words.</summary>
    [Parameter, EditorRequired] public StudyWords Terms { get; set; } = null!;

    /// <summary>Last line of exported tables.</summary>
    [Parameter, EditorRequired] public string Origin { get; set; } = "";

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting?.Cancel();
        _waiting?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_seen, Study)) (_seen, _findings, _share) = (Study, null, null);
    }

    private string Pair(int first, int second) => Texts.T("explain.pair", Terms.Label(first), Terms.Label(second));

    private void Cancel() => _waiting?.Cancel();

    private async Task SearchAsync()
    {
        _waiting?.Dispose();
        _waiting = new CancellationTokenSource();
        var waiting = _waiting.Token;
        _share = 0;
        try
        {
            Take(await Study.Answers.InteractionsAsync(new ShareTold(share => _ = InvokeAsync(() => Show(share))), waiting));
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested)
        {
            _share = null;
        }
    }

    private void Show(double share)
    {
        if (_share is null) return;
        _share = share;
        StateHasChanged();
    }

    private void Take(InteractionFindings found)
    {
        (_findings, _share) = (found, null);
        if (found.Exact.Count > 0)
        {
            _exact = new IntervalFigure(Texts.T("explain.meanPoints"), [.. found.Exact.Take(Shown).Select(pair => new IntervalBar(Pair(pair.First, pair.Second), pair.MeanSize, pair.MeanSize, pair.MeanSize))], Signed: false);
            _exactTwin = new ChartTwin(
                [Texts.T("explain.first"), Texts.T("explain.second"), Texts.T("explain.meanPoints")],
                [.. found.Exact.Select(pair => (IReadOnlyList<string>)[Terms.Label(pair.First), Terms.Label(pair.Second), Formats.Number(pair.MeanSize, 3)])], Origin);
        }

        if (found.Screen.Count == 0) return;
        _screen = new IntervalFigure(Texts.T("explain.h"), [.. found.Screen.Take(Shown).Select(pair => new IntervalBar(Pair(pair.First, pair.Second), pair.H, pair.H, pair.H))], Signed: false, Decimals: 2);
        _screenTwin = new ChartTwin(
            [Texts.T("explain.first"), Texts.T("explain.second"), Texts.T("explain.h"), Texts.T("explain.rms")],
            [.. found.Screen.Select(pair => (IReadOnlyList<string>)[Terms.Label(pair.First), Terms.Label(pair.Second), Formats.Number(pair.H, 3), Formats.Number(pair.Size, 3)])], Origin);
    }
}
