using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The invariant of every explanation: base + sum of contributions = what is explained. It cannot be switched off.</summary>
internal static class Additivity
{
    /// <summary>Largest gap that is accepted, relative to the margin.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Carries Shapley values from q to the margin by the secant of the link, and checks that they add up.</summary>
    /// <param name="method">How absent features were imagined.</param>
    /// <param name="predictor">What is explained.</param>
    /// <param name="baseQuantity">q of the base.</param>
    /// <param name="contributions">Shapley values in q, shape [features]; overwritten and owned by the result.</param>
    /// <param name="quantity">q of the row, as the predictor gives it.</param>
    public static Outcome<Attribution> Carry(AttributionMethod method, Predictor predictor, double baseQuantity, double[] contributions, double quantity)
    {
        var secant = predictor.Link.SecantFactor(quantity, baseQuantity);
        var start = predictor.Link.ToMargin(baseQuantity);
        var margin = predictor.Link.ToMargin(quantity);
        for (var i = 0; i < contributions.Length; i++) contributions[i] *= secant;
        return CarryMargin(method, start, contributions, margin);
    }

    /// <summary>Checks contributions that are in margin units already, such as sums over groups or members.</summary>
    /// <param name="method">How absent features were imagined.</param>
    /// <param name="start">Margin of the base.</param>
    /// <param name="contributions">Contributions to the margin; closed and owned by the result.</param>
    /// <param name="margin">Margin of the row, as the predictor gives it.</param>
    public static Outcome<Attribution> CarryMargin(AttributionMethod method, double start, double[] contributions, double margin)
    {
        var gap = margin - Sum(start, contributions);
        if (!(Math.Abs(gap) <= Tolerance * Math.Max(Math.Abs(margin), 1e-3))) return NotAdditive(gap);
        Close(start, contributions, margin);
        return new Attribution(method, start, contributions, margin);
    }

    /// <summary>The refusal.</summary>
    public static Problem NotAdditive(double gap) => new(
        "explanation.notAdditive", string.Create(CultureInfo.InvariantCulture, $"The contributions miss what they explain by {gap:G3}; no explanation is given."));

    /// <summary>base + contributions in order.</summary>
    public static double Sum(double start, ReadOnlySpan<double> contributions)
    {
        var sum = start;
        foreach (var contribution in contributions) sum += contribution;
        return sum;
    }

    // What is left is the rounding of thousands of additions. The largest contribution takes it, so that the sum also holds
    // relative to margins near 0.
    private static void Close(double start, double[] contributions, double margin)
    {
        if (contributions.Length == 0) return;
        var largest = 0;
        for (var i = 1; i < contributions.Length; i++)
        {
            if (Math.Abs(contributions[i]) > Math.Abs(contributions[largest])) largest = i;
        }

        for (var round = 0; round < 2; round++) contributions[largest] += margin - Sum(start, contributions);
    }
}
