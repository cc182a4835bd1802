using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Joins two forests on the same columns into one whose trees all have the same vote.</summary>
internal static class JoinedForest
{
    /// <summary>Trees of the first, then of the second.</summary>
    /// <exception cref="ArgumentException">Not two forests of the same link and columns.</exception>
    public static TreeEnsemble Of(TreeEnsemble first, TreeEnsemble second)
    {
        if (first.Aggregation != Aggregation.Mean || second.Aggregation != Aggregation.Mean || first.Link.Kind != second.Link.Kind || first.FeatureCount != second.FeatureCount)
            throw new ArgumentException("Two forests on the same columns and outcome are joined.", nameof(second));
        var (a, b) = (first.Nodes, second.Nodes);
        var sets = a.SetStart.Length - 1;
        var nodes = new TreeNodes
        {
            TreeStart = [.. a.TreeStart[..^1], .. b.TreeStart.Select(start => start + a.Count)],
            Feature = [.. a.Feature, .. b.Feature],
            Cut = [.. a.Cut, .. b.Cut],
            Left = [.. a.Left, .. b.Left.Select(node => node < 0 ? node : node + a.Count)],
            Right = [.. a.Right, .. b.Right.Select(node => node < 0 ? node : node + a.Count)],
            CodesLeft = [.. a.CodesLeft, .. b.CodesLeft],
            CategorySet = [.. a.CategorySet, .. b.CategorySet.Select(set => set < 0 ? set : set + sets)],
            SetStart = [.. a.SetStart[..^1], .. b.SetStart.Select(start => start + a.SetBits.Length)],
            SetBits = [.. a.SetBits, .. b.SetBits],
            Value = [.. a.Value, .. b.Value],
            Cover = [.. a.Cover, .. b.Cover],
        };
        // The clamp of the log-odds follows the rows that were seen.
        var link = first.Link with { TrainingRows = first.Link.TrainingRows + second.Link.TrainingRows };
        return new TreeEnsemble(first.Family, first.FeatureCount, link, Aggregation.Mean, 0.0, nodes);
    }
}
