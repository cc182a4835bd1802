using System.Numerics;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Tests.Explanation;

/// <summary>Shapley values by their definition: every coalition of features, every order by its weight. Knows nothing of paths.</summary>
internal static class ShapleyOracle
{
    /// <summary>Values in q of a game over coalitions (bit i = feature i is present).</summary>
    public static double[] Values(int players, Func<int, double> game)
    {
        var worth = Enumerable.Range(0, 1 << players).Select(game).ToArray();
        var values = new double[players];
        for (var coalition = 0; coalition < worth.Length; coalition++)
        {
            var size = BitOperations.PopCount((uint)coalition);
            for (var i = 0; i < players; i++)
            {
                if ((coalition >> i & 1) != 0) continue;
                values[i] += Factorial(size) * Factorial(players - size - 1) / Factorial(players) * (worth[coalition | 1 << i] - worth[coalition]);
            }
        }

        return values;
    }

    /// <summary>Interaction values in q: half of the Shapley interaction index off the diagonal, the rest of the value on it.</summary>
    public static double[] Interactions(int players, Func<int, double> game)
    {
        var worth = Enumerable.Range(0, 1 << players).Select(game).ToArray();
        var values = new double[players * players];
        for (var i = 0; i < players; i++)
        {
            for (var j = 0; j < players; j++)
            {
                if (i == j) continue;
                for (var coalition = 0; coalition < worth.Length; coalition++)
                {
                    if ((coalition >> i & 1) != 0 || (coalition >> j & 1) != 0) continue;
                    var size = BitOperations.PopCount((uint)coalition);
                    var weight = Factorial(size) * Factorial(players - size - 2) / (2 * Factorial(players - 1));
                    values[i * players + j] += weight * (worth[coalition | 1 << i | 1 << j] - worth[coalition | 1 << i] - worth[coalition | 1 << j] + worth[coalition]);
                }
            }
        }

        var single = Values(players, game);
        for (var i = 0; i < players; i++) values[i * players + i] = single[i] - values.AsSpan(i * players, players).ToArray().Sum();
        return values;
    }

    /// <summary>q with absent features taken from each background row in turn, averaged.</summary>
    public static double Interventional(TreeEnsemble ensemble, float[] row, IReadOnlyList<float[]> background, int coalition) =>
        background.Average(other => ensemble.Quantity([.. row.Select((value, i) => (coalition >> i & 1) != 0 ? value : other[i])]));

    /// <summary>q with both branches of an absent feature weighted by cover.</summary>
    public static double PathDependent(TreeEnsemble ensemble, float[] row, int coalition) =>
        ensemble.BaseValue + ensemble.LeafWeight * Enumerable.Range(0, ensemble.TreeCount).Sum(tree => Expected(ensemble, row, coalition, ensemble.Nodes.TreeStart[tree]));

    private static double Expected(TreeEnsemble ensemble, float[] row, int coalition, int node)
    {
        var nodes = ensemble.Nodes;
        if (nodes.Feature[node] < 0) return nodes.Value[node];
        var (left, right) = (nodes.Left[node], nodes.Right[node]);
        if ((coalition >> nodes.Feature[node] & 1) != 0)
            return Expected(ensemble, row, coalition, ensemble.GoesLeft(node, row[nodes.Feature[node]]) ? left : right);
        return (nodes.Cover[left] * Expected(ensemble, row, coalition, left) + nodes.Cover[right] * Expected(ensemble, row, coalition, right))
            / (nodes.Cover[left] + nodes.Cover[right]);
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
