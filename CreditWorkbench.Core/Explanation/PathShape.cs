using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>How long an ensemble's paths are.</summary>
internal static class PathShape
{
    /// <summary>Most tests on a path of an ensemble, and most distinct features.</summary>
    public static (int Depth, int Features) Of(TreeEnsemble ensemble)
    {
        var (depth, features) = (0, 0);
        for (var tree = 0; tree < ensemble.TreeCount; tree++)
        {
            var (d, f) = Of(ensemble.Nodes, ensemble.Nodes.TreeStart[tree], []);
            (depth, features) = (Math.Max(depth, d), Math.Max(features, f));
        }

        return (depth, features);
    }

    /// <summary>The same below one node.</summary>
    /// <param name="nodes">All nodes.</param>
    /// <param name="node">Where to begin.</param>
    /// <param name="above">Features tested above; as before on return.</param>
    public static (int Depth, int Features) Of(TreeNodes nodes, int node, List<int> above)
    {
        if (nodes.Feature[node] < 0) return (above.Count, above.Distinct().Count());
        above.Add(nodes.Feature[node]);
        var (left, right) = (Of(nodes, nodes.Left[node], above), Of(nodes, nodes.Right[node], above));
        above.RemoveAt(above.Count - 1);
        return (Math.Max(left.Depth, right.Depth), Math.Max(left.Features, right.Features));
    }
}
