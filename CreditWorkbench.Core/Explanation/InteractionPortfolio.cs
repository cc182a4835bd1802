using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Interaction values of many rows for one predictor and one way to imagine absent features, in float32. Safe to share between
/// threads. Additivity is checked on every row and cannot be switched off.</summary>
public abstract class InteractionPortfolio
{
    // A tile's matrices stay in the second cache; its size does not depend on the number of threads, so that means do not either.
    private const int TileValues = 1 << 18;
    private const int MinTileRows = 16;
    private const int MaxTileRows = 256;

    /// <summary>How absent features are imagined.</summary>
    public abstract AttributionMethod Method { get; }

    /// <summary>What is explained.</summary>
    public abstract Predictor Predictor { get; }

    /// <summary>Number of background rows; 0 for path-dependent values.</summary>
    public abstract int BackgroundRows { get; }

    /// <summary>Which path explains.</summary>
    public abstract string Engine { get; }

    /// <summary>Margin of the base.</summary>
    internal abstract double BaseMargin { get; }

    private int Features => Predictor.FeatureCount;

    private int TileRows => Math.Clamp(TileValues / (Features * Features) / MinTileRows * MinTileRows, MinTileRows, MaxTileRows);

    /// <summary>Explains rows and keeps every matrix. The values do not depend on the number of threads.</summary>
    /// <param name="rows">Shape [rows x features], the predictor's columns.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="progress">Share of the rows that are done, in [0, 1]; reported from several threads.</param>
    /// <param name="cancellation">Stops between tiles of rows.</param>
    /// <returns>A matrix per row; or <c>explanation.notAdditive</c>, which names the first such row.</returns>
    /// <exception cref="ArgumentException">Other columns than the predictor's, or more than 2^31 values: explain fewer rows at a time.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Outcome<PortfolioInteractions> Explain(FeatureMatrix rows, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        CheckShape(rows, threads);
        var size = Features * Features;
        if ((long)rows.Rows * size > Array.MaxLength) throw new ArgumentException("The values do not fit one array; explain fewer rows at a time.", nameof(rows));
        var values = GC.AllocateUninitializedArray<float>(rows.Rows * size);
        var margins = new double[rows.Rows];
        var problem = Run(
            rows, threads, (tile, first, count, _) => ExplainTile(tile, rows, first, values.AsSpan(first * size, count * size), margins.AsSpan(first, count)),
            progress, cancellation);
        if (problem is not null) return problem;
        return new PortfolioInteractions { Rows = rows.Rows, Features = Features, Values = values, Base = BaseMargin, Margins = margins, Engine = Engine };
    }

    /// <summary>Explains rows and keeps only means, so that memory does not grow with the rows. The means do not depend on the number of
    /// threads.</summary>
    /// <inheritdoc cref="Explain" path="/param"/>
    /// <returns>Means over all rows (NaN without rows); or <c>explanation.notAdditive</c>.</returns>
    /// <exception cref="ArgumentException">Other columns than the predictor's.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Outcome<InteractionMeans> Means(FeatureMatrix rows, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        CheckShape(rows, threads);
        var size = Features * Features;
        var sums = new InteractionSums(size);
        Problem? AddTile(InteractionTile tile, int first, int count, Scratch scratch)
        {
            var values = scratch.Values.AsSpan(0, count * size);
            var found = ExplainTile(tile, rows, first, values, scratch.Margins.AsSpan(0, count));
            if (found is null) sums.Add(first / TileRows, values);
            return found;
        }

        var problem = Run(rows, threads, AddTile, progress, cancellation);
        if (problem is not null) return problem;
        return new InteractionMeans
        {
            Rows = rows.Rows,
            Features = Features,
            Absolute = Array.ConvertAll(sums.Absolute, sum => sum / rows.Rows),
            Signed = Array.ConvertAll(sums.Signed, sum => sum / rows.Rows),
            Base = BaseMargin,
            Engine = Engine,
        };
    }

    /// <summary>Scratch and code of one thread.</summary>
    internal abstract InteractionTile NewTile();

    private Problem? ExplainTile(InteractionTile tile, FeatureMatrix rows, int first, Span<float> values, Span<double> margins) =>
        tile.Explain(rows, first, values, margins) ?? PortfolioExplainer.Check(first, BaseMargin, values, margins);

    private Problem? Run(FeatureMatrix rows, int threads, TileWork work, IProgress<double>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (tileRows, gate) = (TileRows, new Lock());
        var tiles = (rows.Rows + tileRows - 1) / tileRows;
        var (next, done) = (-1, 0);
        (int Tile, Problem Problem)? first = null;
        void Work()
        {
            var (worker, scratch) = (NewTile(), new Scratch(new float[tileRows * Features * Features], new double[tileRows]));
            for (var tile = Interlocked.Increment(ref next); tile < tiles && !cancellation.IsCancellationRequested; tile = Interlocked.Increment(ref next))
            {
                var problem = work(worker, tile * tileRows, Math.Min(tileRows, rows.Rows - tile * tileRows), scratch);
                lock (gate)
                {
                    if (problem is not null && (first is null || tile < first.Value.Tile)) first = (tile, problem);
                    progress?.Report(++done / (double)tiles);
                }
            }
        }

        threads = Math.Min(threads, tiles);
        if (threads == 1) Work();
        else if (threads > 1) Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, _ => Work());
        cancellation.ThrowIfCancellationRequested();
        return first?.Problem;
    }

    private void CheckShape(FeatureMatrix rows, int threads)
    {
        if (rows.Columns.Count != Features) throw new ArgumentException($"Expected {Features} columns, got {rows.Columns.Count}.", nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
    }

    private delegate Problem? TileWork(InteractionTile tile, int first, int count, Scratch scratch);

    private sealed record Scratch(float[] Values, double[] Margins);
}
