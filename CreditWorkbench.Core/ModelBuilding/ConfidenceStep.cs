using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Model uncertainty and what it was measured with.</summary>
/// <param name="Table">Spread of the score.</param>
/// <param name="Refits">The refits, in the order of their seeds.</param>
internal sealed record ConfidenceRefits(ConfidenceTable Table, IReadOnlyList<Predictor> Refits);

/// <summary>Measures model uncertainty by refitting the winner on bootstrap samples of its training rows.</summary>
/// <remarks>Above <see cref="MostRows"/> training rows a sample holds that many, and the spread is scaled by sqrt(m / n): the m out of
/// n bootstrap of Bickel, Goetze and van Zwet (1997).</remarks>
internal static class ConfidenceStep
{
    /// <summary>Rows of one bootstrap sample at most.</summary>
    public const int MostRows = 20_000;

    /// <summary>Refits and measures.</summary>
    /// <returns>The table and the refits that it was measured with; null where the settings ask for fewer than two refits.</returns>
    public static ConfidenceRefits? Measure(TrainingResult result, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var settings = result.Request.Settings;
        if (settings.ConfidenceRefits < 2) return null;
        var rows = result.TrainingRows.Classes.Length;
        var refits = new double[settings.ConfidenceRefits][];
        var predictors = new Predictor[refits.Length];
        for (var refit = 0; refit < refits.Length; refit++)
        {
            progress?.Report(new TrainingProgress(TrainingPhase.Confidence, refit, refits.Length));
            var sample = result.TrainingRows.Take(Sample(result.TrainingRows.Classes, Math.Min(rows, MostRows), settings.Seed, refit));
            var predictor = predictors[refit] = result.Candidate.Fit(sample, (ulong)settings.Seed + (ulong)refit + 1, settings.Threads, cancellation);
            var quantities = Quantities.Of(predictor, result.HeldOut, settings.Threads, cancellation);
            refits[refit] = Array.ConvertAll(quantities, quantity => result.Model.Scoring.Scale.Points(result.Model.Scoring.PositionOf(predictor.Link.ToMargin(quantity))));
        }

        var table = ConfidenceFit.Of(Array.ConvertAll(result.HeldOutScores, score => score.Unrounded), MissingShares(result), refits);
        var scale = Math.Sqrt((double)Math.Min(rows, MostRows) / rows);
        return new ConfidenceRefits(table with { Deviations = Array.ConvertAll(table.Deviations, deviation => scale * deviation) }, predictors);
    }

    // Each class is resampled among itself, so that every refit has all of them.
    private static int[] Sample(byte[] classes, int count, int seed, int refit)
    {
        var draws = new SeededDraws(seed, refit);
        var byClass = classes.Index().GroupBy(row => row.Item).OrderBy(group => group.Key).Select(group => group.Select(row => row.Index).ToArray());
        var sample = new List<int>(count);
        foreach (var members in byClass)
        {
            var wanted = Math.Max(1, (int)((long)count * members.Length / classes.Length));
            for (var i = 0; i < wanted; i++) sample.Add(members[draws.NextBelow(members.Length)]);
        }

        return [.. sample.Order()];
    }

    private static double[] MissingShares(TrainingResult result)
    {
        var features = result.HeldOut;
        var shares = new double[features.Rows];
        for (var column = 0; column < features.Columns.Count; column++)
        {
            var values = features.Column(column);
            for (var row = 0; row < shares.Length; row++) shares[row] += float.IsNaN(values[row]) ? 1.0 / features.Columns.Count : 0.0;
        }

        return shares;
    }
}
