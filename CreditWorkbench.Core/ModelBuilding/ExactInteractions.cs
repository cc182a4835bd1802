using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Mean |Shapley interaction| of all pairs over rows, in points.</summary>
internal static class ExactInteractions
{
    /// <summary>All pairs, largest first; empty where the family of the model has no exact interaction values.</summary>
    public static IReadOnlyList<(int First, int Second, double MeanSize)> Of(Release release, FeatureMatrix rows, IProgress<double> progress, CancellationToken cancellation)
    {
        if (!release.Package.Predictor.ReasonsAreExact) return [];
        var explainer = InteractionExplainers.Interventional(release.Package.Predictor, release.Package.ExplanationBackground);
        var features = rows.Columns.Count;
        var perRow = new double[rows.Rows][];
        var done = 0;
        Parallel.For(0, rows.Rows, new ParallelOptions { CancellationToken = cancellation }, row =>
        {
            var vector = new float[features];
            rows.CopyRow(row, vector);
            perRow[row] = explainer.Explain(vector).TryGet(out var values, out _) ? Sizes(release, values, features) : new double[features * features];
            progress.Report((double)Interlocked.Increment(ref done) / rows.Rows);
        });
        var found = new List<(int, int, double)>();
        for (var i = 0; i < features; i++)
        {
            for (var j = i + 1; j < features; j++)
            {
                var sum = 0.0;
                foreach (var sizes in perRow) sum += sizes[i * features + j];
                found.Add((i, j, sum / rows.Rows));
            }
        }

        return [.. found.OrderByDescending(pair => pair.Item3)];
    }

    /// <summary>Interaction values of one row; null where the family of the model has none, or they do not add up.</summary>
    public static InteractionValues? OfRow(Release release, AttributionMethod method, float[] vector)
    {
        if (!release.Package.Predictor.ReasonsAreExact) return null;
        var explainer = method == AttributionMethod.Interventional
            ? InteractionExplainers.Interventional(release.Package.Predictor, release.Package.ExplanationBackground)
            : InteractionExplainers.PathDependent(release.Package.Predictor);
        return explainer.Explain(vector).TryGet(out var values, out _) ? values : null;
    }

    // Each pair stands twice in the matrix, with half of its interaction.
    private static double[] Sizes(Release release, InteractionValues values, int features)
    {
        var perMargin = Math.Abs(release.Scoring.PointsPerMargin(values.Base, values.Margin));
        var sizes = new double[features * features];
        for (var i = 0; i < features; i++)
        {
            for (var j = i + 1; j < features; j++) sizes[i * features + j] = 2 * Math.Abs(values.Values[i * features + j]) * perMargin;
        }

        return sizes;
    }
}
