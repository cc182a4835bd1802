using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Works out what lowers the score of sampled test rows most, against the rows that the model was trained on.</summary>
internal static class ReasonStep
{
    private const int MostDeclined = 1_000;
    private const int MostApproved = 500;

    /// <summary>Rows that every candidate gives reasons of: mostly declined ones, since reasons are owed to them.</summary>
    /// <param name="pd">PD per row of the first candidate that is judged.</param>
    /// <param name="threshold">Its threshold.</param>
    /// <returns>Rising.</returns>
    public static int[] Sample(double[] pd, double threshold)
    {
        int[] declined = [.. Enumerable.Range(0, pd.Length).Where(row => pd[row] > threshold)], approved = [.. Enumerable.Range(0, pd.Length).Where(row => pd[row] <= threshold)];
        return [.. Taken(declined, MostDeclined).Concat(Taken(approved, MostApproved)).Order()];
    }

    /// <summary>Reasons of the rows: features that lower the score by a point or more, at most four, strongest first.</summary>
    /// <param name="model">The candidate.</param>
    /// <param name="test">Vectors of all test rows.</param>
    /// <param name="sample">Rows to explain.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <returns>Null for families whose reasons are sampled, and where contributions do not add up.</returns>
    public static ReasonSample? Of(FittedModel model, FeatureMatrix test, int[] sample, int threads, CancellationToken cancellation)
    {
        if (!model.Predictor.ReasonsAreExact || sample.Length == 0) return null;
        var rows = test.Take(sample);
        if (!PortfolioExplainers.PathDependent(model.Predictor).Explain(rows, threads, null, cancellation).TryGet(out var shap, out _)) return null;
        var points = ContributionTable.InPoints(model.Scoring, rows, shap.Contributions, shap.Base, shap.Margins);
        return new ReasonSample(sample, [.. rows.Columns.Select(column => column.Name)], [.. Enumerable.Range(0, sample.Length).Select(row => Strongest(points, row))]);
    }

    private static int[] Strongest(ContributionTable points, int row) =>
        [.. Enumerable.Range(0, points.Features).Where(feature => points.At(row, feature) <= -ReasonFinder.MinPoints)
            .OrderBy(feature => points.At(row, feature)).Take(ReasonFinder.MaxReasons)];

    private static int[] Taken(int[] rows, int most) => [.. RowSample.Evenly(rows.Length, most).Select(place => rows[place])];
}
