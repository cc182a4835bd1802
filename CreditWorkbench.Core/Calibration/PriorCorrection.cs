using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Calibration;

/// <summary>Takes log-odds learnt under class weights back to the population.</summary>
/// <remarks>Weights multiply the odds bad : good by their ratio, so the correction subtracts its logarithm (King and Zeng, 2001,
/// equation 7, in log-odds form).</remarks>
public static class PriorCorrection
{
    /// <summary>What to add to log-odds that were learnt with these class weights.</summary>
    /// <param name="badWeight">Weight per bad row, above 0.</param>
    /// <param name="goodWeight">Weight per good row, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not a finite number above 0.</exception>
    public static double ForWeights(double badWeight, double goodWeight)
    {
        Check(badWeight, nameof(badWeight));
        Check(goodWeight, nameof(goodWeight));
        return ReproducibleMath.Log(goodWeight) - ReproducibleMath.Log(badWeight);
    }

    /// <summary>What to add to log-odds that were learnt where both outcomes weighed the same.</summary>
    /// <param name="bads">Bad rows, above 0.</param>
    /// <param name="goods">Good rows, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    public static double ForBalanced(long bads, long goods) => ForWeights(goods, bads);

    /// <summary>The probability in the population that belongs to a probability under class weights.</summary>
    /// <param name="weighted">Inside (0, 1).</param>
    /// <param name="badWeight">Weight per bad row, above 0.</param>
    /// <param name="goodWeight">Weight per good row, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not a finite number above 0.</exception>
    public static double Probability(double weighted, double badWeight, double goodWeight) =>
        ReproducibleMath.Logistic(ReproducibleMath.Logit(weighted) + ForWeights(badWeight, goodWeight));

    private static void Check(double weight, string name)
    {
        if (!(weight > 0.0) || !double.IsFinite(weight)) throw new ArgumentOutOfRangeException(name, weight, "A class weight is a finite number above 0.");
    }
}
