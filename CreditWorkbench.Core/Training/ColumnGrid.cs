using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>One value from each interval between a model's split points of a column, and which of them each tree tells apart.</summary>
internal sealed class ColumnGrid
{
    private readonly int[] _trees;
    private readonly int[][] _cutsOfTree;

    /// <summary>Collects the split points.</summary>
    public ColumnGrid(TreeEnsemble ensemble, int column)
    {
        var nodes = ensemble.Nodes;
        var perTree = new List<float>[ensemble.TreeCount];
        for (var tree = 0; tree < perTree.Length; tree++)
        {
            perTree[tree] = [];
            for (var node = nodes.TreeStart[tree]; node < nodes.TreeStart[tree + 1]; node++)
            {
                if (nodes.Feature[node] == column && nodes.CategorySet[node] < 0 && PartsRegularValues(nodes.Cut[node])) perTree[tree].Add(nodes.Cut[node]);
            }
        }

        var cuts = perTree.SelectMany(cut => cut).Distinct().Order().ToArray();
        Values = cuts.Length == 0 ? [0f] : [.. cuts, MathF.BitIncrement(cuts[^1])];
        _trees = [.. Enumerable.Range(0, perTree.Length).Where(tree => perTree[tree].Count > 0)];
        _cutsOfTree = Array.ConvertAll(_trees, tree => perTree[tree].Distinct().Order().Select(cut => Array.BinarySearch(cuts, cut)).ToArray());
    }

    /// <summary>Rising; value i lies at split point i, the last one just above all of them.</summary>
    public float[] Values { get; }

    /// <summary>Whether finite values lie on both sides of a split point.</summary>
    public static bool PartsRegularValues(float cut) => cut is >= float.MinValue and < float.MaxValue;

    /// <summary>Change of q from each grid value to the next, the other cells as in the vector; shape [Values - 1].</summary>
    /// <param name="ensemble">The model.</param>
    /// <param name="column">The column; its cell of the vector is overwritten.</param>
    /// <param name="vector">A feature vector.</param>
    public double[] Steps(TreeEnsemble ensemble, int column, float[] vector)
    {
        var steps = new double[Values.Length - 1];
        for (var i = 0; i < _trees.Length; i++)
        {
            vector[column] = Values[0];
            var before = ensemble.Nodes.Value[ensemble.LeafOf(_trees[i], vector)];
            foreach (var cut in _cutsOfTree[i])
            {
                vector[column] = Values[cut + 1];
                var after = ensemble.Nodes.Value[ensemble.LeafOf(_trees[i], vector)];
                steps[cut] += after - before;
                before = after;
            }
        }

        return steps;
    }
}
