namespace CreditWorkbench.Tests.Metrics;

/// <summary>Small samples whose metrics are known.</summary>
internal static class Samples
{
    /// <summary>400 rows with ties, from a linear congruential generator that other languages can repeat.</summary>
    public static (double[] Risk, bool[] Bad) Congruential(int rows = 400, long seed = 12_345)
    {
        var (risk, bad) = (new double[rows], new bool[rows]);
        for (var i = 0; i < rows; i++)
        {
            var (a, b) = (Next(ref seed), Next(ref seed));
            risk[i] = Math.Round(a * 50) / 50 * 0.9 + 0.05;
            bad[i] = b < a;
        }

        return (risk, bad);
    }

    /// <summary>Next number in [0, 1) of the generator.</summary>
    public static double Next(ref long state) => (state = (1_103_515_245 * state + 12_345) % 2_147_483_648) / 2_147_483_648.0;
}
