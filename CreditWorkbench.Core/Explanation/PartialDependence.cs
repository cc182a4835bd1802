namespace CreditWorkbench.Core.Explanation;

/// <summary>Effect of a feature at one of its values.</summary>
/// <param name="Value">The value; a coded NaN for missing and special codes.</param>
/// <param name="Effect">Effect, in the unit of the function.</param>
public readonly record struct EffectPoint(float Value, double Effect);

/// <summary>Partial dependence: the mean of the individual curves.</summary>
/// <remarks>Friedman (2001). Averages over combinations of values that may not exist where features are correlated; see
/// <see cref="AccumulatedLocalEffects"/>.</remarks>
public static class PartialDependence
{
    /// <summary>Mean over rows at every value of the grid.</summary>
    public static IReadOnlyList<EffectPoint> Of(IceCurves curves)
    {
        var points = new EffectPoint[curves.Grid.Values.Count];
        for (var step = 0; step < points.Length; step++)
        {
            var sum = 0.0;
            for (var row = 0; row < curves.Rows; row++) sum += curves.At(row, step);
            points[step] = new EffectPoint(curves.Grid.Values[step], sum / curves.Rows);
        }

        return points;
    }
}
