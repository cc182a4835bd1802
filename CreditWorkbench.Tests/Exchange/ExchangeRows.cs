using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>Rows that try a model where it is delicate.</summary>
internal static class ExchangeRows
{
    /// <summary>Cells at the cuts of a random feature's tests, a float beside them, whole numbers, zeros, infinities and missing ones.</summary>
    public static List<float[]> Around(TreeEnsemble ensemble, int seed, int count, bool withInfinity = true)
    {
        var random = new Random(seed);
        var cuts = Enumerable.Range(0, ensemble.FeatureCount).Select(feature => ensemble.Nodes.Feature.Zip(ensemble.Nodes.Cut).Where(test => test.First == feature).Select(test => test.Second).Where(float.IsFinite).Append(0f).ToArray()).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => cuts.Select(around => Cell(random, around, withInfinity)).ToArray())];
    }

    private static float Cell(Random random, float[] cuts, bool withInfinity) => random.Next(9) switch
    {
        0 or 1 => cuts[random.Next(cuts.Length)],
        2 => MathF.BitIncrement(cuts[random.Next(cuts.Length)]),
        3 => MathF.BitDecrement(cuts[random.Next(cuts.Length)]),
        4 => float.NaN,
        5 => random.Next(-2, 40),
        6 => random.Next(2) == 0 ? 0f : -0f,
        7 when withInfinity => random.Next(2) == 0 ? float.PositiveInfinity : float.NegativeInfinity,
        _ => (float)(random.NextDouble() * 6 - 3),
    };
}
