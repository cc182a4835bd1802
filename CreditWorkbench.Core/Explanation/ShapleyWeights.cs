namespace CreditWorkbench.Core.Explanation;

/// <summary>(n-1)! m! / (n+m)!: the Shapley value of each of n players without whom nothing happens while none of m others may join.</summary>
internal static class ShapleyWeights
{
    private const int Side = EnsemblePaths.MaxSlots + 1;
    private static readonly double[] _weights = Build();

    /// <summary>The weight.</summary>
    /// <param name="n">Players who must be there, 1 to 64.</param>
    /// <param name="m">Players who must be away, 0 to 64.</param>
    public static double Of(int n, int m) => _weights[n * Side + m];

    // (n-1)! m! / (n+m)! = 1/n at m = 0, then each further absent player multiplies by m / (n + m).
    private static double[] Build()
    {
        var weights = new double[Side * Side];
        for (var n = 1; n < Side; n++)
        {
            weights[n * Side] = 1.0 / n;
            for (var m = 1; m < Side; m++) weights[n * Side + m] = weights[n * Side + m - 1] * m / (n + m);
        }

        return weights;
    }
}
