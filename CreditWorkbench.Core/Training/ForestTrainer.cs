using System.Collections.Concurrent;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>A forest and what its trees said of the rows that they did not see.</summary>
/// <param name="Ensemble">The forest.</param>
/// <param name="OutOfBag">Mean over the trees that did not see the row of their leaf value, shape [n]; NaN for a row that every
/// tree saw.</param>
public sealed record ForestResult(TreeEnsemble Ensemble, double[] OutOfBag);

/// <summary>Random forests on Gini impurity, for bad or good and for ordered classes.</summary>
/// <remarks>Breiman (2001). Directions bound the node values (P(bad), or z with the opposite sign) and hold everywhere in the input
/// space for regular values; missing values and special codes take a learnt side of each test.</remarks>
public static class ForestTrainer
{
    private const ulong BootstrapPurpose = 0xF001;
    private const ulong ColumnPurpose = 0xF002;

    /// <summary>Trains a forest.</summary>
    /// <param name="features">Training rows, n &gt;= 2.</param>
    /// <param name="classes">Class index per row, shape [n], each class present: 1 is bad for a binary target, 0 is best for an ordinal one.</param>
    /// <param name="target">What the leaves hold.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="seed">Equal seeds, settings and data give equal bytes, whatever the number of threads.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="progress">Told the share of trees done, in (0, 1].</param>
    /// <param name="cancellation">Stops between trees.</param>
    /// <returns>Mean of trees. A node's cover counts rows with their bootstrap multiplicity, without class weights: path expectations
    /// are over the training population.</returns>
    /// <exception cref="ArgumentException">Shapes differ, <see cref="TrainingInput.Check"/> finds a problem, or a setting is outside its
    /// range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TreeEnsemble Train(
        FeatureMatrix features, byte[] classes, ForestTarget target, ForestSettings settings, ulong seed, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Grow(features, classes, null, target, settings, seed, threads, progress, false, cancellation).Ensemble;

    /// <summary>Trains a forest on weighted rows: a tree draws as many rows as they weigh together, each with the chance of its weight.</summary>
    /// <param name="features">Training rows, n &gt;= 2.</param>
    /// <param name="classes">Class index per row, shape [n], each class present.</param>
    /// <param name="weights">Row weights above 0, shape [n]; null for ones. A row of weight 2 is drawn as often as two rows, so whole
    /// weights give the trees of repeated rows where bins and <see cref="ForestSettings.MinSplit"/>, which count rows, agree.</param>
    /// <param name="target">What the leaves hold.</param>
    /// <param name="settings">How to train, with bootstrap.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="progress">Told the share of trees done.</param>
    /// <param name="cancellation">Stops between trees.</param>
    /// <exception cref="ArgumentException">As the other overload; or rows have weights and trees draw none.</exception>
    /// <remarks>Case weights as in ranger (Wright and Ziegler, 2017). Sums stay whole numbers, so nothing depends on the order of rows.</remarks>
    public static TreeEnsemble Train(
        FeatureMatrix features, byte[] classes, double[]? weights, ForestTarget target, ForestSettings settings, ulong seed, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Grow(features, classes, weights, target, settings, seed, threads, progress, false, cancellation).Ensemble;

    /// <summary>Trains the same forest and adds the out-of-bag estimate.</summary>
    /// <inheritdoc cref="Train(FeatureMatrix, byte[], ForestTarget, ForestSettings, ulong, int, IProgress{double}, CancellationToken)"/>
    public static ForestResult TrainWithOutOfBag(
        FeatureMatrix features, byte[] classes, ForestTarget target, ForestSettings settings, ulong seed, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Grow(features, classes, null, target, settings, seed, threads, progress, true, cancellation);

    private static ForestResult Grow(
        FeatureMatrix features, byte[] classes, double[]? weights, ForestTarget target, ForestSettings settings, ulong seed, int threads,
        IProgress<double>? progress, bool outOfBag, CancellationToken cancellation)
    {
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TrainingInput.Demand(features, classes, weights, target.Classes);
        if (weights is not null && !settings.Bootstrap) throw new ArgumentException("Weights act on what trees draw; without bootstrap they draw nothing.", nameof(weights));
        var classWeights = ClassWeights(classes, weights, target.Classes, settings);
        var rules = ColumnRule.Of(features.Columns, settings.BlankNeverHelps);
        var matrix = BinnedMatrix.Of(features, BinMapper.Fit(features, settings.Bins, threads, cancellation), threads, cancellation);
        var bags = new ForestBags(classes.Length, weights, settings, seed, BootstrapPurpose);
        var trees = new GrownNode[settings.Trees];
        if (target.Anchors is null)
        {
            GrowTrees<BinarySum, BinaryCriterion>(trees, matrix, rules, settings, new BinaryCriterion(classWeights[1], classWeights[0], settings.MinLeaf), classes, bags, seed, threads, progress, cancellation);
        }
        else
        {
            GrowTrees<ClassSum, OrdinalCriterion>(trees, matrix, rules, settings, new OrdinalCriterion(classWeights, [.. target.Anchors], settings.MinLeaf), classes, bags, seed, threads, progress, cancellation);
        }

        var link = target.Anchors is null ? new Link(LinkKind.Logit, classes.Length) : Link.Ordinal;
        var ensemble = new TreeEnsemble("forest", rules.Length, link, Aggregation.Mean, 0.0, EnsembleWriter.Write(matrix.Mapper, trees));
        return new ForestResult(ensemble, outOfBag ? bags.Estimate(trees, matrix, threads, cancellation) : []);
    }

    private static void GrowTrees<TSum, TCriterion>(
        GrownNode[] trees, BinnedMatrix matrix, ColumnRule[] rules, ForestSettings settings, TCriterion criterion, byte[] classes,
        ForestBags bags, ulong seed, int threads, IProgress<double>? progress, CancellationToken cancellation)
        where TSum : unmanaged, IClassCounts<TSum>
        where TCriterion : struct, ISplitCriterion<TSum>
    {
        var idle = new ConcurrentBag<ForestGrower<TSum, TCriterion>>();
        var done = 0;
        Work.Over(trees.Length, threads, tree =>
        {
            if (!idle.TryTake(out var grower)) grower = new ForestGrower<TSum, TCriterion>(matrix, rules, settings, criterion);
            trees[tree] = grower.Grow(tree, bags, classes, new RandomStream(seed, ColumnPurpose, (ulong)tree));
            idle.Add(grower);
            progress?.Report(Interlocked.Increment(ref done) / (double)trees.Length);
        }, cancellation);
    }

    private static double[] ClassWeights(byte[] classes, double[]? weights, int classCount, ForestSettings settings)
    {
        if (settings.ClassWeights is { } given)
        {
            if (given.Count != classCount) throw new ArgumentException($"{classCount} classes need as many weights, got {given.Count}.", nameof(settings));
            return [.. given];
        }

        if (!settings.Balanced) return [.. Enumerable.Repeat(1.0, classCount)];
        var (sums, total) = (new double[classCount], 0.0);
        for (var row = 0; row < classes.Length; row++)
        {
            sums[classes[row]] += weights?[row] ?? 1.0;
            total += weights?[row] ?? 1.0;
        }

        return Array.ConvertAll(sums, sum => total / (classCount * sum));
    }
}
