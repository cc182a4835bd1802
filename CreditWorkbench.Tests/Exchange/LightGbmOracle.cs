using System.Globalization;

namespace CreditWorkbench.Tests.Exchange;

/// <summary>Evaluates a LightGBM text model by the rules of its source (Tree::NumericalDecision, Tree::CategoricalDecision,
/// BinaryLogloss::ConvertOutput), in float64 and without anything of ours.</summary>
internal sealed class LightGbmOracle
{
    private const double ZeroThreshold = 1e-35f;
    private readonly List<Dictionary<string, string[]>> _trees = [];
    private readonly bool _isMean;
    private readonly double _sigmoid = 1.0;

    public LightGbmOracle(string text)
    {
        var head = text[..text.IndexOf("Tree=", StringComparison.Ordinal)];
        _isMean = head.Contains("\naverage_output\n", StringComparison.Ordinal);
        if (head.IndexOf("sigmoid:", StringComparison.Ordinal) is >= 0 and var at) _sigmoid = Number(head[(at + 8)..].Split('\n')[0]);
        foreach (var block in text[head.Length..text.IndexOf("end of trees", StringComparison.Ordinal)].Split("Tree=").Skip(1))
            _trees.Add(block.Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal)).ToDictionary(line => line.Split('=')[0], line => line.Split('=')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>Log-odds of label 1.</summary>
    public double LogOdds(float[] row)
    {
        var sum = 0.0;
        foreach (var tree in _trees) sum += Number(tree["leaf_value"][LeafOf(tree, row)]);
        return _sigmoid * (_isMean ? sum / _trees.Count : sum);
    }

    private static int LeafOf(Dictionary<string, string[]> tree, float[] row)
    {
        if (tree["num_leaves"][0] == "1") return 0;
        var node = 0;
        while (node >= 0) node = Whole(tree[GoesLeft(tree, node, row[Whole(tree["split_feature"][node])]) ? "left_child" : "right_child"][node]);
        return ~node;
    }

    private static bool GoesLeft(Dictionary<string, string[]> tree, int node, double value)
    {
        var decision = Whole(tree["decision_type"][node]);
        var missing = (decision >> 2) & 3;
        if ((decision & 1) != 0)
        {
            if (double.IsNaN(value) || value <= -1 || value >= int.MaxValue) return false;
            var (category, set) = ((int)value, Whole(tree["threshold"][node]));
            var (first, end) = (Whole(tree["cat_boundaries"][set]), Whole(tree["cat_boundaries"][set + 1]));
            return category / 32 < end - first && (uint.Parse(tree["cat_threshold"][first + category / 32], CultureInfo.InvariantCulture) >> (category % 32) & 1) == 1;
        }

        if (double.IsNaN(value) && missing != 2) value = 0.0;
        if ((missing == 1 && value >= -ZeroThreshold && value <= ZeroThreshold) || (missing == 2 && double.IsNaN(value))) return (decision & 2) != 0;
        return value <= Number(tree["threshold"][node]);
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
