using System.Diagnostics;
using System.Globalization;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Benchmarks.Accuracy;

/// <summary>Our engines on the folds that the peers get.</summary>
/// <param name="definition">Dictionary of the rows.</param>
/// <param name="dataset">All rows.</param>
/// <param name="folds">Folds.</param>
/// <param name="seed">Seed of training.</param>
/// <param name="threads">Threads.</param>
internal sealed class OurEngines(ScorecardDefinition definition, LabelledDataset dataset, IReadOnlyList<DataFold> folds, int seed, int threads)
{
    /// <summary>The forest that both engines train.</summary>
    public static ForestSettings Forest { get; } = new() { Balanced = false };

    /// <summary>Boosting at every grid point; the point with the best mean AUC stands for the engine, as it does for the peer.</summary>
    public PeerRun Boosting()
    {
        var (clock, bad) = (Stopwatch.StartNew(), dataset.BadMask());
        double[][] risks = [.. GridPoint.All.Select(point => OutOfFold((_, train) => Boost(train, At(point))))];
        double[] aucs = [.. risks.Select(risk => FoldedComparison.Mean(risk, bad, folds))];
        var best = Array.IndexOf(aucs, aucs.Max());
        return new PeerRun("boosting", risks[best], aucs, clock.Elapsed.TotalSeconds);
    }

    /// <summary>The forest.</summary>
    public PeerRun RandomForest()
    {
        var clock = Stopwatch.StartNew();
        var risk = OutOfFold((_, train) => ForestTrainer.Train(Features(train), Outcomes(train), ForestTarget.Binary, Forest, (ulong)seed, threads));
        return new PeerRun("forest", risk, [], clock.Elapsed.TotalSeconds);
    }

    /// <summary>A family of the training line with its default settings.</summary>
    public PeerRun Default(Candidate candidate, bool[] blankNeverHelps)
    {
        var clock = Stopwatch.StartNew();
        var risk = OutOfFold((_, train) => candidate.Fit(new TrainingRows(Features(train), Outcomes(train), blankNeverHelps), (ulong)seed, threads, CancellationToken.None));
        return new PeerRun(candidate.Family, risk, [], clock.Elapsed.TotalSeconds);
    }

    private double[] OutOfFold(Func<int, int[], Predictor> fit)
    {
        var risk = new double[dataset.Rows];
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var held = folds[fold].Held;
            var margins = Margins(fit(fold, folds[fold].Train), Features(held));
            for (var i = 0; i < held.Length; i++) risk[held[i]] = margins[i];
        }

        return risk;
    }

    private Predictor Boost(int[] rows, Candidate candidate) =>
        candidate.Fit(new TrainingRows(Features(rows), Outcomes(rows), new bool[dataset.Features.Columns.Count]), (ulong)seed, threads, CancellationToken.None);

    // What the grid and the shared settings do not name has each engine's own default.
    private Candidate At(GridPoint point) => CandidateCatalogue.Of("boosting", definition, new TrainingSettings().With("boosting", new Dictionary<string, string>
    {
        ["trees"] = point.Trees.ToString(CultureInfo.InvariantCulture),
        ["depth"] = point.Depth.ToString(CultureInfo.InvariantCulture),
        ["learningRate"] = point.LearningRate.ToString(CultureInfo.InvariantCulture),
        ["rowShare"] = GridPoint.RowShare.ToString(CultureInfo.InvariantCulture),
        ["columnShare"] = GridPoint.ColumnShare.ToString(CultureInfo.InvariantCulture),
    })).Value;

    private double[] Margins(Predictor predictor, FeatureMatrix features)
    {
        var margins = new double[features.Rows];
        predictor.Margins(features, margins, threads);
        return margins;
    }

    private FeatureMatrix Features(int[] rows) => dataset.Features.Take(rows);

    private byte[] Outcomes(int[] rows) => Array.ConvertAll(rows, row => dataset.Outcomes[row]);
}
