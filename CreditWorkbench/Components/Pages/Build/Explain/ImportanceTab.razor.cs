using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>Which features move scores most, and which the model would miss most.</summary>
public sealed partial class ImportanceTab : IDisposable
{
    private IntervalFigure _figure = null!;
    private ChartTwin _twin = null!;
    private ExplanationStudy? _seen;
    private PermutationMeasure _measure;
    private IReadOnlyList<PermutationLoss>? _losses;
    private IntervalFigure? _lossFigure;
    private ChartTwin? _lossTwin;
    private double? _share;
    private CancellationTokenSource? _waiting;

    /// <summary>The study.</summary>
    [Parameter, EditorRequired] public ExplanationStudy Study { get; set; } = null!;

    /// <summary>Its words.</summary>
    [Parameter, EditorRequired] public StudyWords Terms { get; set; } = null!;

    /// <summary>Last line of exported tables.</summary>
    [Parameter, EditorRequired] public string Origin { get; set; } = "";

    private string Finding => Texts.T("explain.importanceFinding", Terms.Label(Study.Importance[0].Feature), Formats.Number(Study.Importance[0].Size.Value));

    private string Sentence => Texts.T("explain.importanceSentence", string.Join("; ", Study.Importance.Take(3).Select(each => $"{Terms.Label(each.Feature)} {Formats.Number(each.Size.Value)}")));

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting?.Cancel();
        _waiting?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_seen, Study)) return;
        (_seen, _losses, _share) = (Study, null, null);
        _figure = new IntervalFigure(
            Texts.T("explain.meanPoints"), [.. Study.Importance.Take(ExplanationStudy.Shown).Select(each => new IntervalBar(Terms.Label(each.Feature), each.Size.Value, each.Size.Low, each.Size.High))], Signed: false);
        _twin = new ChartTwin(
            [Texts.T("explanation.factor"), Texts.T("explain.meanPoints"), Texts.T("explain.low"), Texts.T("explain.high"), Texts.T("explain.meanSigned"), Texts.T("explain.share")],
            [.. Study.Importance.Select(each => (IReadOnlyList<string>)[Terms.Label(each.Feature), Formats.Number(each.Size.Value, 2), Formats.Number(each.Size.Low, 2), Formats.Number(each.Size.High, 2), Formats.Signed(each.Mean, 2), Formats.Percent(each.Share)])],
            Origin);
    }

    private Task ChooseAsync(PermutationMeasure measure)
    {
        if (measure == _measure) return Task.CompletedTask;
        _measure = measure;
        var shown = _losses is not null;
        _losses = null;
        return shown ? ShuffleAsync() : Task.CompletedTask;
    }

    private async Task ShuffleAsync()
    {
        _waiting?.Dispose();
        _waiting = new CancellationTokenSource();
        var (measure, waiting) = (_measure, _waiting.Token);
        _share = 0;
        try
        {
            var losses = await Study.Answers.PermutationAsync(measure, new ShareTold(share => _ = InvokeAsync(() => Show(share))), waiting);
            Take(measure, [.. losses.OrderByDescending(each => each.Loss.Value)]);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested)
        {
            _share = null;
        }
    }

    private void Cancel() => _waiting?.Cancel();

    private void Show(double share)
    {
        if (_share is null) return;
        _share = share;
        StateHasChanged();
    }

    private void Take(PermutationMeasure measure, IReadOnlyList<PermutationLoss> losses)
    {
        (_losses, _share) = (losses, null);
        var unit = Texts.T("explain.loss." + measure);
        _lossFigure = new IntervalFigure(unit, [.. losses.Take(ExplanationStudy.Shown).Select(each => new IntervalBar(Terms.Label(each.Feature), each.Loss.Value, each.Loss.Low, each.Loss.High))], Signed: false, Decimals: 4);
        _lossTwin = new ChartTwin(
            [Texts.T("explanation.factor"), unit, Texts.T("explain.low"), Texts.T("explain.high")],
            [.. losses.Select(each => (IReadOnlyList<string>)[Terms.Label(each.Feature), Formats.Number(each.Loss.Value, 5), Formats.Number(each.Loss.Low, 5), Formats.Number(each.Loss.High, 5)])], Origin);
    }
}
