using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>Model files in LightGBM's text format, written by hand after its source (Tree::ToString and GBDT::SaveModelToString).</summary>
internal static class LightGbmFile
{
    public const int CategoryBit = 1;
    public const int DefaultLeft = 2;
    public const int ZeroMissing = 4;
    public const int NaNMissing = 8;

    /// <summary>A model over income and age.</summary>
    public static string Of(IReadOnlyList<string> trees, string objective = "binary sigmoid:1", string extra = "", string names = "income age", string after = "") => string.Concat(
        "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n",
        $"max_feature_idx={names.Split(' ').Length - 1}\nobjective={objective}\n{extra}feature_names={names}\nfeature_infos={string.Join(' ', names.Split(' ').Select(_ => "[0:100]"))}\n",
        $"tree_sizes={string.Join(' ', trees.Select(tree => tree.Length))}\n\n",
        string.Concat(trees.Select((tree, index) => string.Create(CultureInfo.InvariantCulture, $"Tree={index}\n{tree}\n\n"))),
        "end of trees\n\nfeature_importances:\nincome=1\n\nparameters:\n[boosting: gbdt]\n", after, "end of parameters\n\npandas_categorical:null\n");

    /// <summary>A tree of one test; the threshold as the file spells it.</summary>
    public static string Stump(string threshold, int decision, int feature = 0, double left = -0.25, double right = 0.5) => FormattableString.Invariant($"""
        num_leaves=2
        num_cat=0
        split_feature={feature}
        split_gain=10
        threshold={threshold}
        decision_type={decision}
        left_child=-1
        right_child=-2
        leaf_value={left} {right}
        leaf_weight=12 8
        leaf_count=60 40
        internal_value=0
        internal_weight=20
        internal_count=100
        is_linear=0
        shrinkage=0.1

        """);

    /// <summary>A test of categories, given as words of 32 bits.</summary>
    public static string CategoryStump(string words, int decision = CategoryBit, int feature = 1) => FormattableString.Invariant($"""
        num_leaves=2
        num_cat=1
        split_feature={feature}
        split_gain=10
        threshold=0
        decision_type={decision}
        left_child=-1
        right_child=-2
        leaf_value=-0.25 0.5
        leaf_count=60 40
        internal_count=100
        cat_boundaries=0 {words.Split(' ').Length}
        cat_threshold={words}
        is_linear=0
        shrinkage=1

        """);

    /// <summary>A model of trees with every kind of test at random, over features of which the last holds categories.</summary>
    public static string Random(int seed, int trees, int leaves, int features, string objective = "binary sigmoid:1", string extra = "")
    {
        var random = new Random(seed);
        return Of([.. Enumerable.Range(0, trees).Select(_ => RandomTree(random, leaves, features))], objective, extra, string.Join(' ', Enumerable.Range(0, features).Select(i => $"x{i}")));
    }

    public static Outcome<ImportedModel> Read(string text) => LightGbmModel.Read(Encoding.UTF8.GetBytes(text));

    // Splits the leaf of a random number again and again, as leaf-wise growing does.
    private static string RandomTree(Random random, int leaves, int features)
    {
        var (left, right, feature, threshold, decision) = (new List<int>(), new List<int>(), new List<int>(), new List<string>(), new List<int>());
        var (words, boundaries, counts, parents) = (new List<uint>(), new List<int> { 0 }, new List<int> { 1000 }, new List<(List<int> List, int At)?> { null });
        var inner = new List<int>();
        for (var node = 0; node < leaves - 1; node++)
        {
            var leaf = random.Next(node + 1);
            if (parents[leaf] is var (list, at)) list[at] = node;
            left.Add(~leaf);
            right.Add(~(node + 1));
            parents[leaf] = (left, node);
            parents.Add((right, node));
            inner.Add(counts[leaf]);
            var share = counts[leaf] <= 1 ? 0 : random.Next(counts[leaf] + 1);
            counts.Add(counts[leaf] - share);
            counts[leaf] = share;
            feature.Add(random.Next(features));
            if (feature[^1] == features - 1)
            {
                threshold.Add((boundaries.Count - 1).ToString(CultureInfo.InvariantCulture));
                decision.Add(CategoryBit | (random.Next(2) * NaNMissing));
                for (var word = random.Next(1, 3); word > 0; word--) words.Add((uint)random.NextInt64(1L << 32));
                boundaries.Add(words.Count);
                continue;
            }

            double[] cuts = [random.Next(-3, 4), random.NextDouble() * 4 - 2, 1.0000000180025095e-35, -1.0000000180025095e-35, 1e300, -1e300, 0.1];
            threshold.Add(cuts[random.Next(cuts.Length)].ToString("G17", CultureInfo.InvariantCulture));
            decision.Add(random.Next(2) * DefaultLeft | random.Next(3) * ZeroMissing);
        }

        return string.Join('\n', new[]
        {
            FormattableString.Invariant($"num_leaves={leaves}"), FormattableString.Invariant($"num_cat={boundaries.Count - 1}"), "split_feature=" + Joined(feature), "threshold=" + string.Join(' ', threshold), "decision_type=" + Joined(decision),
            "left_child=" + Joined(left), "right_child=" + Joined(right), "leaf_value=" + string.Join(' ', Enumerable.Range(0, leaves).Select(_ => (random.NextDouble() - 0.5).ToString("G17", CultureInfo.InvariantCulture))),
            "leaf_count=" + Joined(counts), "internal_count=" + Joined(inner), "cat_boundaries=" + Joined(boundaries), "cat_threshold=" + Joined(words), "is_linear=0", "shrinkage=0.1\n",
        });
    }

    private static string Joined<T>(IEnumerable<T> values) where T : IFormattable => string.Join(' ', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)));
}
