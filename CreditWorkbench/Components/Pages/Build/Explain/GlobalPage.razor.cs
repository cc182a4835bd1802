using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>How a model behaves over many rows: importance, spread, dependence, effects, interactions, cohorts. Tab and feature stand
/// in the address.</summary>
public sealed partial class GlobalPage
{
    private static readonly string[] Tabs = ["importance", "swarm", "dependence", "effects", "interactions", "cohorts"];

    [SupplyParameterFromQuery] private string? Tab { get; set; }

    [SupplyParameterFromQuery] private string? Feature { get; set; }

    [SupplyParameterFromQuery] private string? Colour { get; set; }

    [SupplyParameterFromQuery] private string? A { get; set; }

    [SupplyParameterFromQuery] private string? B { get; set; }

    private string Current => Tabs.Contains(Tab) ? Tab! : Tabs[0];

    // The most important feature is what a reader looks at first.
    private int FeatureNow => IndexOf(Feature) ?? Study!.Importance[0].Feature;

    private int? ColourNow => IndexOf(Colour) is { } colour && colour != FeatureNow ? colour : null;

    private double BadShare => Study!.Rows.Outcomes.Count(outcome => outcome == RowOutcome.Bad) / (double)Study.Rows.Outcomes.Count(outcome => outcome != RowOutcome.Unknown);

    private string RowsDetail => Study!.Rows.Rejected.Count == 0
        ? StudyWords.SourceName(Study.Source, Study.Rows.Count)
        : Texts.T("explain.rejected", StudyWords.SourceName(Study.Source, Study.Rows.Count), Formats.Integer(Study.Rows.Rejected.Count));

    private string BaselineDetail => Study!.Method == AttributionMethod.Interventional
        ? Texts.T("explain.baseline.rowsOf", Formats.Integer(Study.Release.Package.ExplanationBackground.Rows))
        : Texts.T("explain.baseline.training");

    private string RowsAddress => Navigation.GetUriWithQueryParameters("/explanations/rows", new Dictionary<string, object?> { ["model"] = Model, ["data"] = Data, ["baseline"] = Baseline });

    private string TabAddress(string name) => Navigation.GetUriWithQueryParameter("tab", name == Tabs[0] ? null : name);

    private int? IndexOf(string? name)
    {
        for (var i = 0; i < Study!.Columns.Count; i++)
        {
            if (Study.Columns[i].Name == name) return i;
        }

        return null;
    }

    private void ChooseFeature(string? name) => Go(("feature", name), ("colour", null));

    private void ChooseColour(string? name) => Go(("colour", name));

    private void ChooseGroups((string? First, string? Second) groups) => Go(("a", groups.First), ("b", groups.Second));
}
