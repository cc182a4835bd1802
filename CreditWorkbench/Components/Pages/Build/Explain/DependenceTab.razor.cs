using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>How the points of one feature follow its value, coloured by the feature that bends them most.</summary>
public sealed partial class DependenceTab : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private (ExplanationStudy, int, int?)? _asked;
    private Dependence? _dependence;
    private CurveFigure? _figure;
    private ChartTwin? _twin;
    private string _sentence = "";
    private string _outside = "";

    /// <summary>The study.</summary>
    [Parameter, EditorRequired] public ExplanationStudy Study { get; set; } = null!;

    /// <summary>Its words.</summary>
    [Parameter, EditorRequired] public StudyWords Terms { get; set; } = null!;

    /// <summary>Last line of exported tables.</summary>
    [Parameter, EditorRequired] public string Origin { get; set; } = "";

    /// <summary>Column of the feature.</summary>
    [Parameter, EditorRequired] public int Feature { get; set; }

    /// <summary>Column that colours; null for the one with the strongest interaction.</summary>
    [Parameter] public int? Colour { get; set; }

    /// <summary>Raised with the name of a feature.</summary>
    [Parameter] public EventCallback<string?> OnFeature { get; set; }

    /// <summary>Raised with the name of a feature, or null.</summary>
    [Parameter] public EventCallback<string?> OnColour { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var asked = (Study, Feature, Colour);
        if (_asked == asked) return;
        (_asked, _dependence) = (asked, null);
        var dependence = await Study.Answers.DependenceAsync(Feature, Colour, _leaving.Token);
        if (_asked != asked) return;
        _dependence = dependence;
        _figure = StudyFigures.Dependence(dependence, Terms, out var outside);
        _twin = StudyFigures.DependenceTwin(dependence, Terms, Origin);
        _outside = outside == 0 ? "" : Texts.T("explain.outside", Formats.Integer(outside));
        var (first, last) = (dependence.Groups[0], dependence.Groups.LastOrDefault(group => !float.IsNaN(group.From)) ?? dependence.Groups[^1]);
        _sentence = Texts.T("explain.dependenceSentence", Terms.Label(Feature), Terms.Value(Feature, first.From), Formats.Signed(first.Mean.Value), Terms.Value(Feature, last.To), Formats.Signed(last.Mean.Value));
    }
}
