using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A function of feature vectors whose effects are studied. Called from several threads.</summary>
/// <param name="rows">Vectors.</param>
/// <param name="values">Filled; one value per row.</param>
public delegate void ExplainedFunction(FeatureMatrix rows, Span<double> values);

/// <summary>What a scoring model says of a row, as a function to be studied.</summary>
public static class ExplainedFunctions
{
    /// <summary>Points of the score before rounding and clip.</summary>
    public static ExplainedFunction Points(ScoringModel model) => (rows, values) =>
    {
        model.Predictor.Margins(rows, values);
        foreach (ref var value in values) value = model.Scale.Points(model.PositionOf(value));
    };

    /// <summary>A number that ranks rows, riskiest highest: the margin, turned round on ordinal scales.</summary>
    public static ExplainedFunction Risk(ScoringModel model) => (rows, values) =>
    {
        model.Predictor.Margins(rows, values);
        if (!model.Scale.IsOrdinal) return;
        foreach (ref var value in values) value = -value;
    };

    /// <summary>Probability of the bad outcome, calibrated.</summary>
    public static ExplainedFunction Probability(ScoringModel model) => (rows, values) =>
    {
        model.Predictor.Margins(rows, values);
        foreach (ref var value in values) value = model.PdOf(value);
    };
}
