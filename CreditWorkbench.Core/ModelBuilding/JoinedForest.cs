using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

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
        // The clamp of the log-odds follows the rows that were seen.
        var link = first.Link with { TrainingRows = first.Link.TrainingRows + second.Link.TrainingRows };
        return new TreeEnsemble(first.Family, first.FeatureCount, link, Aggregation.Mean, 0.0, first.Nodes.Followed(second.Nodes));
    }
}
