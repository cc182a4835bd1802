using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Gives trees whose file has no training counts the counts of other rows.</summary>
public static class CountedCovers
{
    /// <summary>The same trees with the number of rows that pass each node as its cover.</summary>
    /// <param name="ensemble">The trees.</param>
    /// <param name="rows">The rows, at least one.</param>
    /// <remarks>Cost: rows x trees x depth. Values of inner nodes follow the new covers.</remarks>
    public static TreeEnsemble Of(TreeEnsemble ensemble, FeatureMatrix rows)
    {
        var nodes = ensemble.Nodes;
        var (cover, value, vector) = (new double[nodes.Count], (double[])nodes.Value.Clone(), new float[ensemble.FeatureCount]);
        for (var row = 0; row < rows.Rows; row++)
        {
            rows.CopyRow(row, vector);
            for (var tree = 0; tree < ensemble.TreeCount; tree++) cover[ensemble.LeafOf(tree, vector)]++;
        }

        // Children come after their parents.
        for (var node = nodes.Count - 1; node >= 0; node--)
        {
            if (nodes.Feature[node] < 0) continue;
            var (left, right) = (nodes.Left[node], nodes.Right[node]);
            cover[node] = cover[left] + cover[right];
            var share = cover[node] > 0 ? cover[left] / cover[node] : 0.5;
            value[node] = share * value[left] + (1 - share) * value[right];
        }

        return new TreeEnsemble(ensemble.Family, ensemble.FeatureCount, ensemble.Link, ensemble.Aggregation, ensemble.BaseValue, nodes.With(value, cover));
    }
}
