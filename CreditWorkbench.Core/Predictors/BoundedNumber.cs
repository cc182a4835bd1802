namespace CreditWorkbench.Core.Predictors;

/// <summary>Numbers of a model that cannot drive its sums to infinity, wherever the model comes from.</summary>
internal static class BoundedNumber
{
    private const double Bound = 1e60;

    /// <summary>Whether a number is finite and small enough that no product of four of them, summed over all columns, overflows.</summary>
    public static bool IsBounded(double number) => Math.Abs(number) <= Bound;
}
