using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Gradient boosting on logistic loss, of trees grown depth-wise or leaf-wise.</summary>
/// <remarks>Friedman (2001); histograms and second-order gains as in LightGBM and XGBoost. Directions hold everywhere in the input
/// space for regular values; missing values and special codes take a learnt side of each test and are not bound by a direction.</remarks>
public static class BoostingTrainer
{
    /// <summary>Trains an ensemble whose quantity is the log-odds of bad.</summary>
    /// <param name="features">Training rows, n &gt;= 2.</param>
    /// <param name="bad">1 for bad, 0 for good; shape [n], both present.</param>
    /// <param name="weights">Row weights above 0, shape [n]; null for ones.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="seed">Equal seeds, settings and data give equal bytes, whatever the number of threads.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="progress">Told the share of rounds done, in (0, 1].</param>
    /// <param name="cancellation">Stops within a tree.</param>
    /// <returns>Sum of trees over the log-odds of the base rate; a node's cover is the weight of the rows seen by
    /// its tree that passed it.</returns>
    /// <exception cref="ArgumentException">Shapes differ, <see cref="TrainingInput.Check"/> finds a problem, or a setting is outside its
    /// range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TreeEnsemble Train(
        FeatureMatrix features, byte[] bad, double[]? weights, BoostingSettings settings, ulong seed, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Train(features, bad, weights, null, settings, seed, threads, progress, cancellation);

    /// <summary>Trains with stopping rows of the caller's choice; for the rest as the other overload.</summary>
    /// <param name="features">Training and stopping rows.</param>
    /// <param name="bad">1 for bad, 0 for good.</param>
    /// <param name="weights">Row weights, or null.</param>
    /// <param name="stoppingRows">Rows that early stopping watches and no tree sees; null draws a stratified share where early
    /// stopping is on.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told the share of rounds done.</param>
    /// <param name="cancellation">Stops within a tree.</param>
    /// <exception cref="ArgumentException">Shapes differ, <see cref="TrainingInput.Check"/> finds a problem, or a setting is outside its
    /// range.</exception>
    public static TreeEnsemble Train(
        FeatureMatrix features, byte[] bad, double[]? weights, IReadOnlyList<int>? stoppingRows, BoostingSettings settings, ulong seed,
        int threads = 1, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TrainingInput.Demand(features, bad, weights);
        var sampler = new RowSampler(bad, features.Columns.Count, stoppingRows, settings, seed);
        using var crew = new Crew(threads);
        var (run, mapper) = Prepare(features, bad, weights, settings, crew, cancellation);
        var baseValue = settings.BaseMargin ?? run.BaseLogOdds(sampler);
        var margins = new float[features.Rows];
        Array.Fill(margins, (float)baseValue);
        var trees = run.Grow(sampler, margins, false, progress);
        return new TreeEnsemble(FamilyOf(settings), features.Columns.Count, Link.LogOdds, Aggregation.Sum, baseValue, EnsembleWriter.Write(mapper, trees));
    }

    /// <summary>What stands against growing more trees onto a model from given rows; empty when <see cref="Continue"/> can start.</summary>
    /// <param name="production">The model.</param>
    /// <param name="newRows">Rows to learn from.</param>
    /// <param name="bad">1 for bad, 0 for good; shape [n].</param>
    /// <param name="weights">Row weights, or null.</param>
    public static IReadOnlyList<Problem> CheckContinue(Predictor production, FeatureMatrix newRows, byte[] bad, double[]? weights)
    {
        if (production is not TreeEnsemble { Aggregation: Aggregation.Sum, Link.Kind: LinkKind.LogOdds })
        {
            return [new Problem("training.continue.family", $"A model of family {production.Family} does not grow on.")
            { Remedy = "Choose a boosted model, or train anew." }];
        }

        if (production.FeatureCount != newRows.Columns.Count)
            return [new Problem("training.continue.columns", string.Create(CultureInfo.InvariantCulture, $"The model has {production.FeatureCount} columns and the rows have {newRows.Columns.Count}."))];
        return TrainingInput.Check(newRows, bad, weights);
    }

    /// <summary>Grows more trees onto a model from new rows: the first corrects the model's own margins.</summary>
    /// <param name="production">A sum of trees on log-odds. Left as it is.</param>
    /// <param name="newRows">New rows with the model's columns, n &gt;= 2; where directions hold for the model and are declared here, they
    /// hold for the result.</param>
    /// <param name="bad">1 for bad, 0 for good; shape [n], both present.</param>
    /// <param name="weights">Row weights above 0, shape [n]; null for ones.</param>
    /// <param name="settings">How to train; <see cref="BoostingSettings.Trees"/> counts the new trees and
    /// <see cref="BoostingSettings.BaseMargin"/> is not used. With early stopping there may be no new tree: none helped.</param>
    /// <param name="seed">Equal seeds, models, settings and data give equal bytes, whatever the number of threads.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="progress">Told the share of rounds done, in (0, 1].</param>
    /// <param name="cancellation">Stops within a tree.</param>
    /// <returns>One ensemble of the model's family and base value: its trees, bit for bit, then the new ones. Covers of the old trees
    /// count the rows that they were trained on, covers of the new trees the new rows: a path expectation is over the rows that its own
    /// tree saw.</returns>
    /// <exception cref="ArgumentException"><see cref="CheckContinue"/> finds a problem, or a setting is outside its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TreeEnsemble Continue(
        TreeEnsemble production, FeatureMatrix newRows, byte[] bad, double[]? weights, BoostingSettings settings, ulong seed, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (CheckContinue(production, newRows, bad, weights) is { Count: > 0 } problems) throw new ArgumentException(string.Join(" ", problems), nameof(newRows));
        var sampler = new RowSampler(bad, newRows.Columns.Count, null, settings, seed);
        var start = new double[newRows.Rows];
        production.Margins(newRows, start);
        using var crew = new Crew(threads);
        var (run, mapper) = Prepare(newRows, bad, weights, settings, crew, cancellation);
        var trees = run.Grow(sampler, Array.ConvertAll(start, margin => (float)margin), true, progress);
        return new TreeEnsemble(production.Family, production.FeatureCount, production.Link, Aggregation.Sum, production.BaseValue, production.Nodes.Followed(EnsembleWriter.Write(mapper, trees)));
    }

    private static string FamilyOf(BoostingSettings settings) => settings.MaxLeaves == 0 ? "boosting" : "boosting-leafwise";

    private static (BoostingRun Run, BinMapper Mapper) Prepare(
        FeatureMatrix features, byte[] bad, double[]? weights, BoostingSettings settings, Crew crew, CancellationToken cancellation)
    {
        var rules = ColumnRule.Of(features.Columns, settings.BlankNeverHelps);
        var mapper = BinMapper.Fit(features, settings.Bins, crew.Count, cancellation);
        var matrix = BinnedMatrix.Of(features, mapper, crew.Count, cancellation);
        return (new BoostingRun(matrix, rules, bad, weights, settings, crew, cancellation), mapper);
    }
}
