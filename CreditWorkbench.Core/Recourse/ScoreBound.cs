using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Recourse;

/// <summary>The highest score that any allowed plan could give: every tree gives the best leaf that the reach of the features leaves
/// open. Never below the truth; exact where each tree moves one way only, as under declared directions.</summary>
internal static class ScoreBound
{
    private const int CategoriesAtMost = 64;

    /// <summary>Upper bound of the issued score; null for predictors without trees.</summary>
    public static int? HighestIssued(ScoringModel model, RoadmapCase roadmapCase)
    {
        if (model.Predictor is not TreeEnsemble ensemble) return null;
        var reach = new CaseReach(model.Program, roadmapCase);
        var today = model.Program.Evaluate(roadmapCase.Today).Model.ToArray();
        var open = model.Columns.Select(column => reach.Of(column.Name)).ToArray();
        var sign = model.Scale.IsOrdinal ? 1.0 : -1.0;
        var sum = 0.0;
        for (var tree = 0; tree < ensemble.TreeCount; tree++) sum += Best(ensemble, open, today, sign, ensemble.Nodes.TreeStart[tree]);
        var quantity = ensemble.BaseValue + sum * ensemble.LeafWeight;
        quantity += sign * (Math.Abs(quantity) * 1e-9 + 1e-12);
        return model.Scale.Issue(model.Scale.Points(model.PositionOf(ensemble.Link.ToMargin(quantity))));
    }

    private static double Best(TreeEnsemble ensemble, Reach?[] open, float[] today, double sign, int node)
    {
        var nodes = ensemble.Nodes;
        var feature = nodes.Feature[node];
        if (feature < 0) return nodes.Value[node];
        var (left, right) = open[feature] is { } reach
            ? Sides(ensemble, node, reach)
            : ensemble.GoesLeft(node, today[feature]) ? (true, false) : (false, true);
        if (!left) return Best(ensemble, open, today, sign, nodes.Right[node]);
        var onLeft = Best(ensemble, open, today, sign, nodes.Left[node]);
        if (!right) return onLeft;
        var onRight = Best(ensemble, open, today, sign, nodes.Right[node]);
        return sign * onLeft >= sign * onRight ? onLeft : onRight;
    }

    private static (bool Left, bool Right) Sides(TreeEnsemble ensemble, int node, Reach reach)
    {
        var codesLeft = ensemble.Nodes.CodesLeft[node];

        // Columns that send codes down the missing path see code 0 for all of them.
        var codes = reach.CanMiss ? reach.Codes | 1U : 0U;
        var (left, right) = ((codes & codesLeft) != 0, (codes & ~codesLeft) != 0);
        if (!reach.CanBeKnown) return (left, right);
        if (ensemble.Nodes.CategorySet[node] < 0) return (left || (float)reach.Low <= ensemble.Nodes.Cut[node], right || (float)reach.High > ensemble.Nodes.Cut[node]);
        if (reach.High - reach.Low > CategoriesAtMost) return (true, true);
        for (var category = Math.Ceiling(reach.Low); category <= reach.High; category++)
        {
            var goesLeft = ensemble.Nodes.SetContains(ensemble.Nodes.CategorySet[node], (float)category);
            (left, right) = (left || goesLeft, right || !goesLeft);
        }

        return (left, right);
    }
}
