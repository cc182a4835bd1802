using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Tests.Predictors;

/// <summary>Seeded ensembles of random shape with numeric and category tests, and vectors to send through them.</summary>
internal static class RandomEnsembles
{
    public const int Features = 5;

    public static TreeEnsemble Of(ulong seed)
    {
        var random = new Random((int)seed);
        List<int> treeStart = [0], feature = [], left = [], right = [], set = [], setStart = [0];
        List<float> cut = [];
        List<uint> codes = [];
        List<ulong> bits = [];
        List<double> value = [], cover = [];

        int Add(int depth)
        {
            var node = feature.Count;
            var inner = depth > 0 && random.NextDouble() < 0.9;
            var category = inner && random.NextDouble() < 0.3;
            feature.Add(inner ? random.Next(Features) : -1);
            cut.Add(inner && !category ? (float)random.NextDouble() : 0);
            codes.Add(inner ? (uint)random.NextInt64(0, 1L << 32) : 0);
            set.Add(category ? setStart.Count - 1 : -1);
            if (category)
            {
                for (var word = random.Next(0, 3); word > 0; word--) bits.Add((ulong)random.NextInt64());
                setStart.Add(bits.Count);
            }

            value.Add(random.NextDouble());
            cover.Add(random.Next(1, 100));
            left.Add(-1);
            right.Add(-1);
            if (!inner) return node;
            left[node] = Add(depth - 1);
            right[node] = Add(depth - 1);
            return node;
        }

        for (var tree = 0; tree < 20; tree++)
        {
            Add(1 + random.Next(6));
            treeStart.Add(feature.Count);
        }

        var mean = seed % 2 == 0;
        return new TreeEnsemble(mean ? "forest" : "boosting", Features, mean ? new Link(LinkKind.Logit, 1000) : Link.LogOdds,
            mean ? Aggregation.Mean : Aggregation.Sum, mean ? 0 : -1.7, new TreeNodes
            {
                TreeStart = [.. treeStart],
                Feature = [.. feature],
                Cut = [.. cut],
                Left = [.. left],
                Right = [.. right],
                CodesLeft = [.. codes],
                CategorySet = [.. set],
                SetStart = [.. setStart],
                SetBits = [.. bits],
                Value = [.. value],
                Cover = [.. cover],
            });
    }

    public static IEnumerable<float[]> Vectors(ulong seed, int count)
    {
        var random = new Random((int)seed + 1);
        for (var i = 0; i < count; i++)
        {
            var vector = new float[Features];
            for (var f = 0; f < Features; f++)
                vector[f] = random.Next(4) switch { 0 => CodedNaN.Of(random.Next(32)), 1 => random.Next(200), _ => (float)random.NextDouble() };
            yield return vector;
        }
    }
}
