using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>What a model holds for and against one group of rows compared with another.</summary>
public sealed partial class CohortsTab
{
    private CohortFilter _first = new([]);
    private CohortFilter _second = new([]);
    private IReadOnlyList<CohortDifference>? _differences;
    private (int First, int Second) _counts;
    private IntervalFigure? _figure;
    private ChartTwin? _twin;
    private string _finding = "";
    private (ExplanationStudy, string?, string?)? _asked;

    /// <summary>The study.</summary>
    [Parameter, EditorRequired] public ExplanationStudy Study { get; set; } = null!;

    /// <summary>Its words.</summary>
    [Parameter, EditorRequired] public StudyWords Terms { get; set; } = null!;

    /// <summary>Last line of exported tables.</summary>
    [Parameter, EditorRequired] public string Origin { get; set; } = "";

    /// <summary>Conditions of the first group, as in <see cref="CohortText"/>.</summary>
    [Parameter] public string? First { get; set; }

    /// <summary>Conditions of the second group; null for everybody else.</summary>
    [Parameter] public string? Second { get; set; }

    /// <summary>Raised with the conditions of both groups.</summary>
    [Parameter] public EventCallback<(string? First, string? Second)> OnChange { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var asked = (Study, First, Second);
        if (_asked == asked) return;
        _asked = asked;
        (_first, _second) = (CohortText.Read(First, Study.Columns), CohortText.Read(Second, Study.Columns));
        (_differences, _figure) = (null, null);
        if (_first.Conditions.Count == 0) return;
        (_differences, var first, var second) = Study.Answers.Cohorts(_first, _second.Conditions.Count == 0 ? null : _second);
        _counts = (first, second);
        if (_differences is { } differences) Draw(differences);
    }

    private void Draw(IReadOnlyList<CohortDifference> differences)
    {
        _figure = new IntervalFigure(
            Texts.T("explain.differenceAxis"), [.. differences.Take(ExplanationStudy.Shown).Select(each => new IntervalBar(Terms.Label(each.Feature), each.Difference.Value, each.Difference.Low, each.Difference.High))], Signed: true);
        var largest = differences[0];
        _finding = largest.IsProven
            ? Texts.T("explain.differenceFinding", Terms.Label(largest.Feature), Formats.Signed(largest.Difference.Value))
            : Texts.T("explain.noDifference");
        var origin = Texts.T("explain.cohortOrigin", CohortText.Say(_first, Terms), _second.Conditions.Count == 0 ? Texts.T("explain.everybodyElse") : CohortText.Say(_second, Terms), Origin);
        _twin = new ChartTwin(
            [Texts.T("explanation.factor"), Texts.T("explain.cohortA"), Texts.T("explain.cohortB"), Texts.T("explain.differenceAxis"), Texts.T("explain.low"), Texts.T("explain.high"), Texts.T("explain.proven")],
            [.. differences.Select(each => (IReadOnlyList<string>)[
                Terms.Label(each.Feature), Formats.Signed(each.First, 2), Formats.Signed(each.Second, 2), Formats.Signed(each.Difference.Value, 2), Formats.Signed(each.Difference.Low, 2), Formats.Signed(each.Difference.High, 2),
                Texts.T(each.IsProven ? "value.yes" : "value.no")])], origin);
    }
}
