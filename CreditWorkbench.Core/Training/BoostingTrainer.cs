using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Gradient boosting on logistic loss, of trees grown depth-wise or leaf-wise.</summary>
/// <remarks>Friedman (2001); histograms and second-order gains as in LightGBM and XGBoost. Directions hold everywhere in the input
/// space for regular values; missing values and special codes take a learnt side of each test and are not bound by a direction.</remarks>
public static class BoostingTrainer
{
    private const ulong StoppingPurpose = 0xB001;
    private const ulong RowPurpose = 0xB002;
    private const ulong ColumnPurpose = 0xB003;

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
        var rules = ColumnRule.Of(features.Columns, settings.BlankNeverHelps);
        var mapper = BinMapper.Fit(features, settings.Bins, threads, cancellation);
        var matrix = BinnedMatrix.Of(features, mapper, threads, cancellation);
        var (training, stopping) = Part(bad, settings, seed, stoppingRows);
        using var crew = new Crew(threads);
        var run = new BoostingRun(matrix, rules, bad, weights, settings, crew, cancellation);
        var trees = run.Grow(training, stopping, tree => Sample(training, settings.RowShare, seed, RowPurpose, tree),
            tree => Sample(AllIndices(mapper.Columns.Length), settings.ColumnShare, seed, ColumnPurpose, tree), progress);
        return new TreeEnsemble(settings.MaxLeaves == 0 ? "boosting" : "boosting-leafwise", mapper.Columns.Length, Link.LogOdds, Aggregation.Sum, run.BaseValue, EnsembleWriter.Write(mapper, trees));
    }

    private static (int[] Training, int[] Stopping) Part(byte[] bad, BoostingSettings settings, ulong seed, IReadOnlyList<int>? stoppingRows)
    {
        var isStopping = new bool[bad.Length];
        if (stoppingRows is not null)
        {
            foreach (var row in stoppingRows) isStopping[row] = true;
        }
        else if (settings.EarlyStoppingRounds > 0)
        {
            for (byte outcome = 0; outcome <= 1; outcome++)
            {
                var rows = AllIndices(bad.Length).Where(row => bad[row] == outcome).ToArray();
                new RandomStream(seed, StoppingPurpose, outcome).Shuffle(rows);
                foreach (var row in rows.Take((int)(settings.StoppingShare * rows.Length))) isStopping[row] = true;
            }
        }

        var training = AllIndices(bad.Length).Where(row => !isStopping[row]).ToArray();
        if (training.DistinctBy(row => bad[row]).Count() < 2) throw new ArgumentException("Both outcomes must be among the training rows.", nameof(bad));
        return (training, AllIndices(bad.Length).Where(row => isStopping[row]).ToArray());
    }

    /// <summary>Draws a share of items without replacement and keeps their order.</summary>
    private static int[] Sample(int[] items, double share, ulong seed, ulong purpose, int tree)
    {
        if (share >= 1.0) return items;
        var wanted = Math.Max(1, (int)Math.Round(share * items.Length));
        var random = new RandomStream(seed, purpose, (ulong)tree);
        var drawn = new int[wanted];
        for (var (i, count) = (0, 0); count < wanted; i++)
        {
            if (random.NextInt(items.Length - i) < wanted - count) drawn[count++] = items[i];
        }

        return drawn;
    }

    private static int[] AllIndices(int count) => Enumerable.Range(0, count).ToArray();
}
