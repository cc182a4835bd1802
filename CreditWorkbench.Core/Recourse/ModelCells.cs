using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Recourse;

/// <summary>The cells that a model's split points cut the feature space into: two vectors in one cell get one score.</summary>
internal sealed class ModelCells
{
    private readonly float[][] _cuts;

    /// <summary>Collects the split points of an ensemble; other predictors have cells of a single point.</summary>
    public ModelCells(Predictor predictor)
    {
        if (predictor is not TreeEnsemble ensemble)
        {
            _cuts = [];
            return;
        }

        var cuts = Enumerable.Range(0, ensemble.FeatureCount).Select(_ => new SortedSet<float>()).ToArray();
        for (var node = 0; node < ensemble.Nodes.Count; node++)
        {
            if (ensemble.Nodes.Feature[node] >= 0 && ensemble.Nodes.CategorySet[node] < 0) cuts[ensemble.Nodes.Feature[node]].Add(ensemble.Nodes.Cut[node]);
        }

        _cuts = [.. cuts.Select(set => set.ToArray())];
    }

    /// <summary>Whether two vectors lie in one cell. Categories, missing values and codes are compared as they are.</summary>
    public bool AreOne(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(a[i]) == BitConverter.SingleToInt32Bits(b[i])) continue;
            if (_cuts.Length == 0 || _cuts[i].Length == 0 || float.IsNaN(a[i]) || float.IsNaN(b[i])) return false;
            if (CellOf(_cuts[i], a[i]) != CellOf(_cuts[i], b[i])) return false;
        }

        return true;
    }

    // Number of cuts below the value: value <= cut goes left.
    private static int CellOf(float[] cuts, float value)
    {
        var index = Array.BinarySearch(cuts, value);
        return index >= 0 ? index : ~index;
    }
}
