using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Shapley values of many rows for one predictor and one way to imagine absent features, in float32. Safe to share between
/// threads; each call uses threads of its own.</summary>
public abstract class PortfolioExplainer
{
    /// <summary>Largest gap between margin and base + contributions, relative to the magnitudes that are added.</summary>
    public const double Tolerance = 1e-5;

    private const int RowStep = 32;

    /// <summary>How absent features are imagined.</summary>
    public abstract AttributionMethod Method { get; }

    /// <summary>What is explained.</summary>
    public abstract Predictor Predictor { get; }

    /// <summary>Number of background rows; 0 for path-dependent values.</summary>
    public abstract int BackgroundRows { get; }

    /// <summary>Which path explains: the algorithm and, where it has several, the instruction set.</summary>
    public abstract string Engine { get; }

    /// <summary>Margin of the base.</summary>
    internal abstract double BaseMargin { get; }

    /// <summary>Explains rows. The values do not depend on the number of threads.</summary>
    /// <param name="rows">Shape [rows x features], the predictor's columns.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="progress">Share of the rows that are done, in [0, 1]; reported from several threads, rising.</param>
    /// <param name="cancellation">Stops between tiles of rows.</param>
    /// <returns>One row of contributions per row; or <c>explanation.notAdditive</c>, which names the first such row: then there is no
    /// explanation of any row. The check cannot be switched off.</returns>
    /// <exception cref="ArgumentException">Other columns than the predictor's, or more than 2^31 contributions.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Outcome<PortfolioShap> Explain(FeatureMatrix rows, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var features = Predictor.FeatureCount;
        if (rows.Columns.Count != features) throw new ArgumentException($"Expected {features} columns, got {rows.Columns.Count}.", nameof(rows));
        if ((long)rows.Rows * features > Array.MaxLength) throw new ArgumentException("The contributions do not fit one array; explain fewer rows at a time.", nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);

        var result = new PortfolioShap
        {
            Rows = rows.Rows,
            Features = features,
            Contributions = GC.AllocateUninitializedArray<float>(rows.Rows * features),
            Base = BaseMargin,
            Margins = new double[rows.Rows],
            Engine = Engine,
            IsSampled = !Predictor.ReasonsAreExact,
        };
        var problem = new PortfolioRun(this, rows, result, TileRows(rows.Rows, threads), progress, cancellation).Run(threads);
        return problem is null ? result : problem;
    }

    /// <summary>Scratch and code of one thread.</summary>
    internal abstract TileExplainer NewTile();

    /// <summary>Checks base + contributions = margin on every row of a tile.</summary>
    /// <param name="first">Index of the first row, for the problem.</param>
    /// <param name="start">Margin of the base.</param>
    /// <param name="contributions">Shape [count x features].</param>
    /// <param name="margins">Shape [count].</param>
    internal static Problem? Check(int first, double start, ReadOnlySpan<float> contributions, ReadOnlySpan<double> margins)
    {
        var features = margins.IsEmpty ? 0 : contributions.Length / margins.Length;
        for (var row = 0; row < margins.Length; row++)
        {
            var (sum, size) = (start, Math.Abs(start));
            foreach (var contribution in contributions.Slice(row * features, features))
            {
                sum += contribution;
                size += Math.Abs(contribution);
            }

            var gap = margins[row] - sum;
            if (!(Math.Abs(gap) <= Tolerance * Math.Max(size, Math.Abs(margins[row])))) return NotAdditive(first + row, gap);
        }

        return null;
    }

    /// <summary>The refusal of one row.</summary>
    internal static Problem NotAdditive(int row, double gap) => Additivity.NotAdditive(gap) with
    {
        Row = row + 1L,
        Remedy = string.Create(CultureInfo.InvariantCulture, $"Report row {row + 1} with the model's version; the scores themselves are not affected."),
    };

    // Tiles of equal size, a multiple of the threads in number, so that no thread waits for another's last tile.
    private static int TileRows(int rows, int threads)
    {
        var tiles = (long)Math.Max(1, (rows + TileExplainer.MaxRows - 1) / TileExplainer.MaxRows);
        tiles = (tiles + threads - 1) / threads * threads;
        var size = (rows + tiles - 1) / tiles;
        return (int)Math.Clamp((size + RowStep - 1) / RowStep * RowStep, RowStep, TileExplainer.MaxRows);
    }
}
