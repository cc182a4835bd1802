namespace CreditWorkbench.Core.Explanation;

/// <summary>Nodes and weights of Gauss-Legendre quadrature on [0, 1]: exact for polynomials up to degree 2 n - 1.</summary>
/// <remarks>Roots by bisection between the roots of the polynomial one degree below, which interlace with them: only IEEE
/// operations, so that explanations are the same on every machine.</remarks>
internal static class GaussLegendre
{
    private const int MaxNodes = EnsemblePaths.MaxSlots / 2;
    private static readonly (double[] Nodes, double[] Weights)[] _rules = Build();

    /// <summary>The rule with n nodes, 1 to 32.</summary>
    public static (double[] Nodes, double[] Weights) Rule(int n) => _rules[n];

    private static (double[] Nodes, double[] Weights)[] Build()
    {
        var rules = new (double[], double[])[MaxNodes + 1];
        double[] roots = [];
        rules[0] = ([], []);
        for (var n = 1; n <= MaxNodes; n++)
        {
            double[] edges = [-1.0, .. roots, 1.0];
            roots = new double[n];
            for (var i = 0; i < n; i++) roots[i] = Root(n, edges[i], edges[i + 1]);
            rules[n] = ([.. roots.Select(x => (x + 1) / 2)], [.. roots.Select(x => Weight(n, x))]);
        }

        return rules;
    }

    private static double Root(int n, double low, double high)
    {
        var risesFrom = Legendre(n, low).Value < 0;
        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            if (Legendre(n, middle).Value < 0 == risesFrom) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    // On [0, 1] the usual weight 2 / ((1 - x^2) P'(x)^2) halves.
    private static double Weight(int n, double x)
    {
        var slope = Legendre(n, x).Slope;
        return 1.0 / ((1 - x * x) * slope * slope);
    }

    private static (double Value, double Slope) Legendre(int n, double x)
    {
        var (before, value) = (1.0, x);
        for (var k = 2; k <= n; k++) (before, value) = (value, ((2 * k - 1) * x * value - (k - 1) * before) / k);
        return (value, n * (x * value - before) / (x * x - 1));
    }
}
