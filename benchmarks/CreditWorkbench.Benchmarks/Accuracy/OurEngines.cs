using System.Diagnostics;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Benchmarks.Accuracy;

/// <summary>Our engines on the folds that the peers get.</summary>
/// <param name="dataset">All rows.</param>
/// <param name="folds">Folds.</param>
/// <param name="seed">Seed of training.</param>
/// <param name="threads">Threads.</param>
internal sealed class OurEngines(LabelledDataset dataset, IReadOnlyList<AccuracyFold> folds, int seed, int threads)
{
    /// <summary>The forest that both engines train.</summary>
    public static ForestSettings Forest { get; } = new() { Balanced = false };

    /// <summary>Boosting with a grid point chosen inside each fold's training rows.</summary>
    public PeerRun Boosting()
    {
        var (clock, chosen) = (Stopwatch.StartNew(), new int[folds.Count]);
        var risk = OutOfFold((fold, train) =>
        {
            var choose = dataset.Take(folds[fold].Choose);
            double[] aucs = [.. GridPoint.All.Select(point => Auc(Boost(folds[fold].Fit, Settings(point)), choose))];
            chosen[fold] = Array.IndexOf(aucs, aucs.Max());
            return Boost(train, Settings(GridPoint.All[chosen[fold]]));
        });
        return new PeerRun("boosting", risk, chosen, clock.Elapsed.TotalSeconds);
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

    private TreeEnsemble Boost(int[] rows, BoostingSettings settings) => BoostingTrainer.Train(Features(rows), Outcomes(rows), null, settings, (ulong)seed, threads);

    private static BoostingSettings Settings(GridPoint point) => new()
    {
        Trees = point.Trees,
        Depth = point.Depth,
        LearningRate = point.LearningRate,
        L2 = GridPoint.L2,
        MinHessian = GridPoint.MinHessian,
        RowShare = GridPoint.RowShare,
        ColumnShare = GridPoint.ColumnShare,
    };

    private double Auc(Predictor predictor, LabelledDataset rows) => Ranking.Auc(Margins(predictor, rows.Features), rows.BadMask());

    private double[] Margins(Predictor predictor, FeatureMatrix features)
    {
        var margins = new double[features.Rows];
        predictor.Margins(features, margins, threads);
        return margins;
    }

    private FeatureMatrix Features(int[] rows) => dataset.Features.Take(rows);

    private byte[] Outcomes(int[] rows) => Array.ConvertAll(rows, row => dataset.Outcomes[row]);
}
