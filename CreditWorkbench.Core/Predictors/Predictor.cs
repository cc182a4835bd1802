using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Predictors;

/// <summary>A fitted model: feature vector to explained quantity q, and a strictly increasing link from q to margin.</summary>
/// <remarks>Shapley values are exact in q; <see cref="Link"/> carries them to the margin.</remarks>
public abstract class Predictor
{
    private const int TileRows = 2048;

    /// <summary>Family name as in the command line: forest, boosting, boosting-leafwise, logistic, scorecard, blend,
    /// network.</summary>
    public abstract string Family { get; }

    /// <summary>Number of features of a vector.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>How q becomes a margin.</summary>
    public abstract Link Link { get; }

    /// <summary>Whether contributions, and so reasons, are exact for this model; false where they can only be sampled.</summary>
    public virtual bool ReasonsAreExact => true;

    /// <summary>The explained quantity of one vector.</summary>
    /// <param name="features">Shape [FeatureCount], float32, NaN-coded missing values.</param>
    public abstract double Quantity(ReadOnlySpan<float> features);

    /// <summary>The margin of one vector: log-odds of bad, or z for ordinal ensembles.</summary>
    public double Margin(ReadOnlySpan<float> features) => Link.ToMargin(Quantity(features));

    /// <summary>The margins of many vectors, each equal bit for bit to <see cref="Margin"/> of its row.</summary>
    /// <param name="features">Shape [rows x FeatureCount].</param>
    /// <param name="margins">Filled; shape [rows].</param>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public void Margins(FeatureMatrix features, Span<double> margins)
    {
        CheckShape(features, margins.Length);
        Quantities(features, 0, margins);
        ToMargins(margins);
    }

    /// <summary>The same on several threads, which write disjoint rows.</summary>
    /// <param name="features">Shape [rows x FeatureCount].</param>
    /// <param name="margins">Filled; shape [rows].</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Stops between tiles of rows.</param>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Margins(FeatureMatrix features, double[] margins, int threads, CancellationToken cancellation = default)
    {
        CheckShape(features, margins.Length);
        OverTiles(features.Rows, threads, (first, count) =>
        {
            var slots = margins.AsSpan(first, count);
            Quantities(features, first, slots);
            ToMargins(slots);
        }, cancellation);
    }

    /// <summary>The same from row-major cells, as they come from a buffer of feature vectors.</summary>
    /// <param name="rows">Cell (row, feature) at <c>row * FeatureCount + feature</c>.</param>
    /// <param name="margins">Filled; shape [rows].</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Stops between tiles of rows.</param>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void MarginsOfRows(float[] rows, double[] margins, int threads = 1, CancellationToken cancellation = default)
    {
        if (rows.LongLength != (long)margins.Length * FeatureCount)
            throw new ArgumentException($"Expected {margins.Length} x {FeatureCount} cells, got {rows.Length}.", nameof(rows));
        OverTiles(margins.Length, threads, (first, count) =>
        {
            var slots = margins.AsSpan(first, count);
            QuantitiesOfRows(rows.AsSpan(first * FeatureCount, count * FeatureCount), slots);
            ToMargins(slots);
        }, cancellation);
    }

    /// <summary>The quantities of consecutive rows, each equal bit for bit to <see cref="Quantity"/> of its row.</summary>
    /// <param name="features">Shape [rows x FeatureCount].</param>
    /// <param name="firstRow">First row to take.</param>
    /// <param name="quantities">Filled, one per row from the first.</param>
    protected virtual void Quantities(FeatureMatrix features, int firstRow, Span<double> quantities)
    {
        var vector = new float[FeatureCount];
        for (var i = 0; i < quantities.Length; i++)
        {
            features.CopyRow(firstRow + i, vector);
            quantities[i] = Quantity(vector);
        }
    }

    /// <summary>The quantities of consecutive row-major rows, each equal bit for bit to <see cref="Quantity"/> of its row.</summary>
    /// <param name="rows">Shape [rows x FeatureCount], row-major.</param>
    /// <param name="quantities">Filled, one per row.</param>
    protected virtual void QuantitiesOfRows(ReadOnlySpan<float> rows, Span<double> quantities)
    {
        for (var row = 0; row < quantities.Length; row++) quantities[row] = Quantity(rows.Slice(row * FeatureCount, FeatureCount));
    }

    private static void OverTiles(int rows, int threads, Action<int, int> tileWork, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var tiles = (rows + TileRows - 1) / TileRows;
        Parallel.For(0, tiles, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, tile =>
            tileWork(tile * TileRows, Math.Min(TileRows, rows - tile * TileRows)));
    }

    /// <summary>The margins of consecutive rows by another predictor, for one that is made of others.</summary>
    private protected static void MarginsOf(Predictor predictor, FeatureMatrix features, int firstRow, Span<double> margins)
    {
        predictor.Quantities(features, firstRow, margins);
        predictor.ToMargins(margins);
    }

    /// <summary>The quantities of consecutive rows on the caller's thread, for explanations, which carry them to margins themselves.</summary>
    internal void TileQuantities(FeatureMatrix features, int firstRow, Span<double> quantities) => Quantities(features, firstRow, quantities);

    private void ToMargins(Span<double> quantities)
    {
        foreach (ref var quantity in quantities) quantity = Link.ToMargin(quantity);
    }

    private void CheckShape(FeatureMatrix features, int slots)
    {
        if (features.Columns.Count != FeatureCount) throw new ArgumentException($"Expected {FeatureCount} columns, got {features.Columns.Count}.", nameof(features));
        if (features.Rows != slots) throw new ArgumentException($"Expected {features.Rows} slots for margins, got {slots}.", nameof(features));
    }
}
