using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Shapley values of any predictor by sampling: features are switched from a background row to the row in random order, and each
/// gets what its switch changes. Additive by construction, otherwise approximate: <see cref="Attribution.IsSampled"/>.</summary>
/// <remarks>Permutation sampling (Castro et al. 2009) with antithetic pairs (Mitchell et al. 2022): each order is also walked backwards.
/// Orders are drawn once, from a fixed seed, so that a row has the same values whenever it is explained. Costs
/// <see cref="Pairs"/> x 2 x features evaluations per row.</remarks>
internal sealed class SampledAttributor : IAttributor
{
    /// <summary>Pairs of orders per row.</summary>
    public const int Pairs = 64;

    private const int Seed = 20_090_501;

    private readonly Predictor _predictor;
    private readonly float[][] _references;
    private readonly int[][] _orders;
    private readonly int[][] _columnsOf;
    private readonly double _baseQuantity;

    /// <summary>Draws background rows and orders.</summary>
    /// <param name="predictor">What is explained.</param>
    /// <param name="background">At least one row with the predictor's columns; <see cref="Pairs"/> of them are drawn where there are
    /// more, and the base is the mean over those.</param>
    /// <param name="method">Path-dependent where the background is a row of training means.</param>
    /// <param name="players">Columns that are switched together; null: every column for itself.</param>
    /// <exception cref="ArgumentException">No row, or other columns.</exception>
    public SampledAttributor(Predictor predictor, FeatureMatrix background, AttributionMethod method, Players? players = null)
    {
        if (background.Rows == 0 || background.Columns.Count != predictor.FeatureCount)
            throw new ArgumentException("A background has rows with the columns of the predictor.", nameof(background));
        var random = new Random(Seed);
        (_predictor, Method, BackgroundRows) = (predictor, method, method == AttributionMethod.PathDependent ? 0 : background.Rows);
        int[] rows = [.. Enumerable.Range(0, background.Rows)];
        random.Shuffle(rows);
        _references = [.. Enumerable.Range(0, Pairs).Select(pair => RowOf(background, rows[pair % rows.Length]))];
        _columnsOf = [.. Enumerable.Range(0, predictor.FeatureCount).GroupBy(column => players?.Of(column) ?? column).OrderBy(columns => columns.Key).Select(columns => columns.ToArray())];
        _orders = [.. Enumerable.Range(0, Pairs).Select(_ => Order(random, _columnsOf.Length))];
        _baseQuantity = _references.Average(reference => predictor.Quantity(reference));
    }

    /// <inheritdoc/>
    public AttributionMethod Method { get; }

    /// <inheritdoc/>
    public Predictor Predictor => _predictor;

    /// <inheritdoc/>
    public int BackgroundRows { get; }

    /// <inheritdoc/>
    public double Base => _predictor.Link.ToMargin(_baseQuantity);

    /// <summary>A network's training means as a row: numbers at their mean, categories at none.</summary>
    public static FeatureMatrix MeansOf(NeuralNetwork network) => new(
        [.. network.Columns.Select((_, i) => FeatureColumn.Number($"f{i}"))], 1, [.. network.Columns.Select(column => column.Categories > 0 ? -1f : (float)column.Mean)]);

    /// <inheritdoc/>
    public Outcome<Attribution> Explain(ReadOnlySpan<float> row)
    {
        var contributions = new double[_columnsOf.Length];
        var mixed = new float[row.Length];
        for (var pair = 0; pair < Pairs; pair++)
        {
            Walk(pair, row, mixed, backwards: false, contributions);
            Walk(pair, row, mixed, backwards: true, contributions);
        }

        for (var i = 0; i < contributions.Length; i++) contributions[i] /= 2 * Pairs;
        return Additivity.Carry(Method, _predictor, _baseQuantity, contributions, _predictor.Quantity(row)).Then<Attribution>(attribution => attribution with { IsSampled = true });
    }

    private void Walk(int pair, ReadOnlySpan<float> row, float[] mixed, bool backwards, double[] contributions)
    {
        _references[pair].CopyTo(mixed, 0);
        var before = _predictor.Quantity(mixed);
        var order = _orders[pair];
        for (var i = 0; i < order.Length; i++)
        {
            var player = order[backwards ? order.Length - 1 - i : i];
            foreach (var column in _columnsOf[player]) mixed[column] = row[column];
            var after = _predictor.Quantity(mixed);
            contributions[player] += after - before;
            before = after;
        }
    }

    private static float[] RowOf(FeatureMatrix background, int row)
    {
        var vector = new float[background.Columns.Count];
        background.CopyRow(row, vector);
        return vector;
    }

    private static int[] Order(Random random, int players)
    {
        int[] order = [.. Enumerable.Range(0, players)];
        random.Shuffle(order);
        return order;
    }
}
