using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Carries contributions from margin to points and closes the sum in the issued integer.</summary>
internal static class PointsCarrier
{
    /// <summary>Points of every bar. Odds scales: -factor x a x phi; ordinal scales: the secant of S between base and z times phi.</summary>
    /// <param name="model">The model that scored.</param>
    /// <param name="attribution">Attribution of the row.</param>
    /// <param name="score">Score of the same row.</param>
    /// <returns>The bars, or <c>explanation.notAdditive</c> when they do not end in the issued score of this row.</returns>
    public static Outcome<Waterfall> Carry(ScoringModel model, Attribution attribution, Score score)
    {
        if (BitConverter.DoubleToInt64Bits(attribution.Margin) != BitConverter.DoubleToInt64Bits(score.Margin))
            return Additivity.NotAdditive(score.Margin - attribution.Margin);
        var perMargin = model.PointsPerMargin(attribution.Base, attribution.Margin);
        var points = new double[attribution.Contributions.Length];
        for (var i = 0; i < points.Length; i++) points[i] = attribution.Contributions[i] * perMargin + 0.0;
        var start = model.Scale.Points(model.PositionOf(attribution.Base));
        var rounded = ScoreScale.Round(score.Unrounded);
        var waterfall = new Waterfall(attribution, start, points, rounded - score.Unrounded, score.Issued - rounded, score.Issued);
        var gap = score.Issued - (Additivity.Sum(start, points) + waterfall.Rounding + waterfall.Clip);
        return Math.Abs(gap) <= Additivity.Tolerance * Math.Max(Math.Abs(score.Unrounded), model.Scale.Max) ? waterfall : Additivity.NotAdditive(gap);
    }
}
