using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;

namespace CreditWorkbench.Tests.Explanation;

/// <summary>Random ensembles of every link, with repeated features, category sets, directions for missing values and codes.</summary>
internal static class RandomForests
{
    public static TreeEnsemble Of(Random random, int depth, LinkKind kind, int features, int trees = 4)
    {
        var (low, high) = kind switch { LinkKind.Logit => (0.0, 1.0), LinkKind.Ordinal => (400.0, 800.0), _ => (-1.0, 1.0) };
        var sketches = Enumerable.Range(0, trees).Select(_ => Ensembles.Random(random, features, depth, low, high)).ToArray();
        return Ensembles.Of(features, new Link(kind, 500), kind == LinkKind.LogOdds ? Aggregation.Sum : Aggregation.Mean, kind == LinkKind.LogOdds ? -0.3 : 0, sketches);
    }

    /// <summary>The factor from q to margin, by its definition.</summary>
    public static double Secant(TreeEnsemble ensemble, float[] row, double baseQuantity)
    {
        var quantity = ensemble.Quantity(row);
        if (ensemble.Link.Kind != LinkKind.Logit) return 1;
        return quantity == baseQuantity ? 0 : (ensemble.Link.ToMargin(quantity) - ensemble.Link.ToMargin(baseQuantity)) / (quantity - baseQuantity);
    }
}
