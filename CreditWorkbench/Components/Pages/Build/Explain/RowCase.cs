using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Components.Pages.Decide;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Explain;

/// <summary>One row of a study with its exact explanation in double precision, against both baselines.</summary>
/// <param name="Row">Index of the row.</param>
/// <param name="FileRow">One-based data row of the file.</param>
/// <param name="Vector">Feature vector.</param>
/// <param name="Score">Its score.</param>
/// <param name="Bars">Waterfall against the study's baseline.</param>
/// <param name="FamilyBars">The same with each family of features as one player, in order of their first feature.</param>
/// <param name="Other">Waterfall against the other baseline; null where it does not add up.</param>
/// <param name="Quality">How far it can be relied on; null without a background.</param>
public sealed record RowCase(int Row, long FileRow, float[] Vector, Score Score, Waterfall Bars, Waterfall FamilyBars, Waterfall? Other, ExplanationQuality? Quality)
{
    /// <summary>Explains a row.</summary>
    /// <returns>The case, or why there is no explanation.</returns>
    public static Outcome<RowCase> Of(ExplanationStudy study, int row)
    {
        var vector = study.Vector(row);
        var score = study.Release.Scoring.Score(vector);
        var other = study.Method == AttributionMethod.Interventional ? AttributionMethod.PathDependent : AttributionMethod.Interventional;
        study.Release.Explainer.Bars(vector, score, other).TryGet(out var others, out _);
        return study.Release.Explainer.Bars(vector, score, study.Method).Then(bars => study.Release.Explainer.FamilyBars(vector, score, study.Method)
            .Then<RowCase>(families => new RowCase(row, study.Rows.FileRows[row], vector, score, bars, families, others, study.Answers.Quality(row, bars))));
    }

    /// <summary>The waterfall as a figure; families instead of factors where asked for.</summary>
    public WaterfallFigure Figure(StudyWords terms, bool byFamily) => new(
        Texts.T("explanation.base"), Bars.BasePoints,
        byFamily
            ? [.. Families(terms).Select(family => new WaterfallFactor(family.Name, Texts.T("explain.factors", family.Features.Count), family.Points))]
            : [.. Vector.Select((value, feature) => new WaterfallFactor(terms.Label(feature), terms.Value(feature, value), Bars.Points[feature]))],
        byFamily ? FamilyBars.Rounding : Bars.Rounding, byFamily ? FamilyBars.Clip : Bars.Clip, Bars.Issued, CaseFigures.Band(terms.Definition, Bars.Issued).Tone, terms.Definition.Policy.ApproveFrom);

    /// <summary>What makes this row differ from another one, from that row's score to this one's.</summary>
    public WaterfallFigure Against(RowCase other, StudyWords terms) => new(
        Texts.T("explain.scoreOf", other.FileRow), other.Bars.Issued,
        [.. Vector.Select((value, feature) => new WaterfallFactor(terms.Label(feature), Texts.T("explain.versus", terms.Value(feature, value), terms.Value(feature, other.Vector[feature])), Bars.Points[feature] - other.Bars.Points[feature]))],
        Bars.Rounding - other.Bars.Rounding + (Bars.BasePoints - other.Bars.BasePoints), Bars.Clip - other.Bars.Clip, Bars.Issued, CaseFigures.Band(terms.Definition, Bars.Issued).Tone, null);

    /// <summary>What each family of features does as one player, in points and on the margin, in order of their first feature. It is not
    /// the sum over its features where these interact with others.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<int> Features, double Points, double Margin)> Families(StudyWords terms) =>
        [.. Enumerable.Range(0, Vector.Length).GroupBy(terms.FamilyKey)
            .Select((family, i) => (terms.Family(family.First()), (IReadOnlyList<int>)[.. family], FamilyBars.Points[i], FamilyBars.Attribution.Contributions[i]))];
}
