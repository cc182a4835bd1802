using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>What a model says when one feature changes: accumulated local effects where the feature is correlated, else the mean curve;
/// single curves beneath.</summary>
public sealed partial class EffectsTab : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private (ExplanationStudy, int)? _asked;
    private FeatureEffects? _effects;
    private string? _chosen;
    private CurveFigure? _figure;
    private ChartTwin? _twin;
    private string _sentence = "";
    private IReadOnlyList<string> _codes = [];

    /// <summary>The study.</summary>
    [Parameter, EditorRequired] public ExplanationStudy Study { get; set; } = null!;

    /// <summary>Its words.</summary>
    [Parameter, EditorRequired] public StudyWords Terms { get; set; } = null!;

    /// <summary>Last line of exported tables.</summary>
    [Parameter, EditorRequired] public string Origin { get; set; } = "";

    /// <summary>Column of the feature.</summary>
    [Parameter, EditorRequired] public int Feature { get; set; }

    /// <summary>Raised with the name of a feature.</summary>
    [Parameter] public EventCallback<string?> OnFeature { get; set; }

    private IReadOnlyList<string> Views => _effects!.Local.Count > 1 ? ["ale", "pdp", "ice", "centred"] : ["pdp", "ice", "centred"];

    private string View => _chosen is { } chosen && Views.Contains(chosen) ? chosen : _effects!.PrefersLocal ? "ale" : "pdp";

    private string Correlation => _effects!.Correlated is not { } other ? Texts.T("explain.noOrder")
        : Texts.T(_effects.IsCorrelated ? "explain.correlated" : "explain.uncorrelated", Terms.Label(Feature), Terms.Label(other.Feature), Formats.Number(other.Correlation, 2), Formats.Number(RankCorrelation.Marked, 1));

    private IReadOnlyList<(string Css, string Text)> Keys => View switch
    {
        "ale" => [("", Texts.T("explain.key.ale")), ("second", Texts.T("explain.key.pdpCentred"))],
        "pdp" => [("", Texts.T("explain.key.pdp"))],
        _ => [("", Texts.T("explain.key.pdp")), ("thin", Texts.T("explain.key.ice", StudyFigures.IceShown))],
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var asked = (Study, Feature);
        if (_asked == asked) return;
        (_asked, _effects) = (asked, null);
        var effects = await Study.Answers.EffectsAsync(Feature, _leaving.Token);
        if (_asked != asked) return;
        _effects = effects;
        Draw();
    }

    private void Choose(string view)
    {
        _chosen = view;
        Draw();
    }

    private void Draw()
    {
        var effects = _effects!;
        _figure = StudyFigures.Effects(effects, Feature, View, Terms);
        _twin = StudyFigures.EffectsTwin(effects, Feature, Terms, Origin);
        _codes = [.. effects.Partial.Where(point => float.IsNaN(point.Value)).Select(point => Texts.T("explain.codeEffect", Terms.Value(Feature, point.Value), Formats.Number(point.Effect)))];
        var shown = View == "ale" ? effects.Local : [.. effects.Partial.Where(point => !float.IsNaN(point.Value))];
        _sentence = shown.Count == 0 ? Texts.T("explain.noValues") : Texts.T(
            "explain.effectsSentence", Texts.T("explain.view." + View), Terms.Label(Feature), Terms.Value(Feature, shown[0].Value), Formats.Number(shown[0].Effect), Terms.Value(Feature, shown[^1].Value), Formats.Number(shown[^1].Effect));
    }
}
