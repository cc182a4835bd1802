using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Tests.Predictors;

/// <summary>Seeded trees of given depths, and vectors to send through them.</summary>
internal static class GrownTrees
{
    /// <summary>Trees over three features; each path ends with one chance in twenty before its tree's depth.</summary>
    public static TreeEnsemble Of(int seed, int[] depths, int specialCodes, float[]? cuts = null)
    {
        var random = new Random(seed);
        List<int> start = [0], feature = [], left = [], right = [];
        List<float> cut = [];
        List<uint> codes = [];
        List<double> value = [];

        int Add(int depth)
        {
            var node = feature.Count;
            var inner = depth > 0 && random.NextDouble() < 0.95;
            feature.Add(inner ? random.Next(3) : -1);
            cut.Add(inner ? cuts?[random.Next(cuts.Length)] ?? (float)Math.Round(random.NextDouble() * 2 - 1, 4) : 0);
            codes.Add((uint)random.Next(1 << (1 + specialCodes)));
            value.Add(random.NextDouble() - 0.5);
            left.Add(-1);
            right.Add(-1);
            if (!inner) return node;
            left[node] = Add(depth - 1);
            right[node] = Add(depth - 1);
            return node;
        }

        foreach (var depth in depths)
        {
            Add(depth);
            start.Add(feature.Count);
        }

        return new TreeEnsemble("boosting", 3, Link.LogOdds, Aggregation.Sum, 0.25, new TreeNodes
        {
            TreeStart = [.. start],
            Feature = [.. feature],
            Cut = [.. cut],
            Left = [.. left],
            Right = [.. right],
            CodesLeft = [.. codes],
            CategorySet = [.. Enumerable.Repeat(-1, feature.Count)],
            SetStart = [0],
            SetBits = [],
            Value = [.. value],
            Cover = [.. Enumerable.Repeat(1.0, feature.Count)],
        });
    }

    /// <summary>Rows with numbers, numbers on cuts, and coded NaNs.</summary>
    public static float[][] Vectors(int seed, int rows, TreeEnsemble ensemble)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, ensemble.FeatureCount).Select(_ => random.Next(8) switch
        {
            0 => CodedNaN.Of(random.Next(4)),
            1 => ensemble.Nodes.Cut[random.Next(ensemble.Nodes.Count)],
            _ => (float)(random.NextDouble() * 2.2 - 1.1),
        }).ToArray())];
    }
}
