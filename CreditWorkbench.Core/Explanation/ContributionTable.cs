using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Contributions of many rows beside the rows themselves: what every global explanation is made from.</summary>
/// <remarks>Column-major like <see cref="FeatureMatrix"/>, since an aggregate reads one feature at a time. Portfolio precision: float32.</remarks>
public sealed class ContributionTable
{
    private readonly float[] _values;

    /// <summary>Wraps contributions, which the table then owns.</summary>
    /// <param name="rows">The explained rows.</param>
    /// <param name="values">Shape [features x rows], column-major, finite; any unit.</param>
    /// <exception cref="ArgumentException">There is not one contribution per cell.</exception>
    public ContributionTable(FeatureMatrix rows, float[] values)
    {
        if (values.LongLength != rows.Values.LongLength) throw new ArgumentException($"Expected {rows.Values.LongLength} contributions, got {values.LongLength}.", nameof(values));
        (Rows, _values) = (rows, values);
    }

    /// <summary>The explained rows.</summary>
    public FeatureMatrix Rows { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Rows.Rows;

    /// <summary>Number of features.</summary>
    public int Features => Rows.Columns.Count;

    /// <summary>Contributions of one feature, shape [Count].</summary>
    public ReadOnlySpan<float> Column(int feature) => _values.AsSpan(feature * Count, Count);

    /// <summary>One contribution.</summary>
    public float At(int row, int feature) => _values[feature * Count + row];

    /// <summary>Turns contributions in margin units into points of the score; each row by its own secant, so that they still add up.</summary>
    /// <param name="model">The model that is explained.</param>
    /// <param name="rows">The explained rows.</param>
    /// <param name="contributions">Margin units, shape [rows x features], row-major.</param>
    /// <param name="baseMargin">Margin of the base.</param>
    /// <param name="margins">Margin per row.</param>
    /// <exception cref="ArgumentException">Shapes differ.</exception>
    public static ContributionTable InPoints(ScoringModel model, FeatureMatrix rows, ReadOnlySpan<float> contributions, double baseMargin, ReadOnlySpan<double> margins)
    {
        if (margins.Length != rows.Rows || contributions.Length != rows.Values.Length) throw new ArgumentException("There is one contribution per cell and one margin per row.", nameof(contributions));
        var (count, features) = (rows.Rows, rows.Columns.Count);
        var points = new float[contributions.Length];
        for (var row = 0; row < count; row++)
        {
            var perMargin = model.PointsPerMargin(baseMargin, margins[row]);
            for (var feature = 0; feature < features; feature++) points[feature * count + row] = (float)(contributions[row * features + feature] * perMargin);
        }

        return new ContributionTable(rows, points);
    }
}
