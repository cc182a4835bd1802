using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Completes pairs to a matrix whose rows sum to the contributions, and carries it to the margin.</summary>
internal static class InteractionCarrier
{
    /// <summary>Completes and checks.</summary>
    /// <param name="attribution">Contributions of the row, in margin units.</param>
    /// <param name="predictor">What is explained.</param>
    /// <param name="quantity">q of the row.</param>
    /// <param name="baseQuantity">q of the base.</param>
    /// <param name="pairs">Half of each pair's index in q above the diagonal, shape [features x features]; overwritten and owned by the result.</param>
    public static Outcome<InteractionValues> Carry(Attribution attribution, Predictor predictor, double quantity, double baseQuantity, double[] pairs)
    {
        var features = attribution.Contributions.Length;
        var secant = predictor.Link.SecantFactor(quantity, baseQuantity);
        for (var i = 0; i < features; i++)
        {
            for (var j = i + 1; j < features; j++) pairs[j * features + i] = pairs[i * features + j] *= secant;
        }

        var sum = attribution.Base;
        for (var i = 0; i < features; i++)
        {
            var row = pairs.AsSpan(i * features, features);
            row[i] = 0;
            row[i] = attribution.Contributions[i] - Additivity.Sum(0, row);
            sum += Additivity.Sum(0, row);
        }

        var gap = attribution.Margin - sum;
        if (!(Math.Abs(gap) <= Additivity.Tolerance * Math.Max(Math.Abs(attribution.Margin), 1e-3))) return Additivity.NotAdditive(gap);
        return new InteractionValues(attribution.Method, attribution.Base, pairs, attribution.Margin);
    }

    /// <summary>Adds to a pair above the diagonal.</summary>
    public static void Add(double[] pairs, int features, int i, int j, double value) =>
        pairs[i < j ? i * features + j : j * features + i] += value;
}
