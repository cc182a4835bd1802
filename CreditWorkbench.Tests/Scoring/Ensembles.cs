using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Tests.Scoring;

/// <summary>A tree written down: a leaf, or a test with two branches.</summary>
internal abstract record Sketch
{
    public sealed record Leaf(double Value, double Cover) : Sketch;

    public sealed record Split(int Feature, float Cut, ulong[]? Set, uint CodesLeft, Sketch Left, Sketch Right) : Sketch;

    public double Weight => this switch { Leaf leaf => leaf.Cover, Split split => split.Left.Weight + split.Right.Weight, _ => 0 };
}

/// <summary>Builds ensembles by hand and at random.</summary>
internal static class Ensembles
{
    public static TreeEnsemble Of(int features, Link link, Aggregation aggregation, double baseValue, params Sketch[] trees)
    {
        var flat = new Flat();
        foreach (var tree in trees) flat.AddTree(tree);
        return new TreeEnsemble(link.Kind == LinkKind.LogOdds ? "boosting" : "forest", features, link, aggregation, baseValue, flat.ToNodes());
    }

    /// <summary>One numeric test; a missing value goes right.</summary>
    public static Sketch Stump(int feature, float cut, double left, double right, double leftCover = 50, double rightCover = 50) =>
        new Sketch.Split(feature, cut, null, 0, new Sketch.Leaf(left, leftCover), new Sketch.Leaf(right, rightCover));

    /// <summary>A random tree with numeric tests, category tests on the last feature, directions for missing and two codes.</summary>
    public static Sketch Random(Random random, int features, int depth, double low, double high)
    {
        if (depth == 0 || random.NextDouble() < 0.1) return new Sketch.Leaf(low + (high - low) * random.NextDouble(), 1 + random.Next(50));
        var feature = random.Next(features);
        var set = feature == features - 1 && random.NextDouble() < 0.7 ? new[] { (ulong)random.Next(1, 63) } : null;
        return new Sketch.Split(feature, set is null ? (float)Math.Round(random.NextDouble() * 4, 1) : 0, set, (uint)random.Next(8),
            Random(random, features, depth - 1, low, high), Random(random, features, depth - 1, low, high));
    }

    /// <summary>A random vector on the grid of the cuts, with missing values and special codes; the last feature is a category.</summary>
    public static float[] RandomRow(Random random, int features)
    {
        var row = new float[features];
        for (var i = 0; i < features; i++)
        {
            row[i] = random.NextDouble() < 0.25 ? CodedNaN.Of(random.Next(3)) : i == features - 1 ? random.Next(8) : (float)Math.Round(random.NextDouble() * 4, 1);
        }

        return row;
    }

    public static FeatureMatrix Matrix(IReadOnlyList<float[]> rows)
    {
        var features = rows[0].Length;
        var values = new float[features * rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var i = 0; i < features; i++) values[i * rows.Count + row] = rows[row][i];
        }

        return new FeatureMatrix([.. Enumerable.Range(0, features).Select(i => FeatureColumn.Number($"f{i}"))], rows.Count, values);
    }

    private sealed class Flat
    {
        private readonly List<int> _start = [0], _feature = [], _left = [], _right = [], _set = [], _setStart = [0];
        private readonly List<float> _cut = [];
        private readonly List<uint> _codes = [];
        private readonly List<double> _value = [], _cover = [];
        private readonly List<ulong> _bits = [];

        public void AddTree(Sketch sketch)
        {
            Add(sketch);
            _start.Add(_feature.Count);
        }

        public TreeNodes ToNodes() => new()
        {
            TreeStart = [.. _start],
            Feature = [.. _feature],
            Cut = [.. _cut],
            Left = [.. _left],
            Right = [.. _right],
            CodesLeft = [.. _codes],
            CategorySet = [.. _set],
            SetStart = [.. _setStart],
            SetBits = [.. _bits],
            Value = [.. _value],
            Cover = [.. _cover],
        };

        private int Add(Sketch sketch)
        {
            var node = _feature.Count;
            var split = sketch as Sketch.Split;
            _feature.Add(split?.Feature ?? -1);
            _cut.Add(split?.Cut ?? 0);
            _left.Add(-1);
            _right.Add(-1);
            _codes.Add(split?.CodesLeft ?? 0);
            _set.Add(split?.Set is null ? -1 : _setStart.Count - 1);
            if (split?.Set is { } set)
            {
                _bits.AddRange(set);
                _setStart.Add(_bits.Count);
            }

            _value.Add((sketch as Sketch.Leaf)?.Value ?? 0);
            _cover.Add(sketch.Weight);
            if (split is null) return node;
            _left[node] = Add(split.Left);
            _right[node] = Add(split.Right);
            return node;
        }
    }
}
