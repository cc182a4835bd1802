using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Explanation;

/// <summary>The values at which the effect of a feature is tried: values that occur, never values in between that nobody has.</summary>
public sealed class EffectGrid
{
    private EffectGrid(int feature, bool isCategory, float[] values, int regular) => (Feature, IsCategory, Values, Regular) = (feature, isCategory, values, regular);

    /// <summary>Column of the feature.</summary>
    public int Feature { get; }

    /// <summary>Whether the values are categories, which have no order.</summary>
    public bool IsCategory { get; }

    /// <summary>Regular values, rising; then each missing or special code that occurs.</summary>
    public IReadOnlyList<float> Values { get; }

    /// <summary>How many of the values are regular.</summary>
    public int Regular { get; }

    /// <summary>The grid of a column.</summary>
    /// <param name="rows">Rows whose values are tried.</param>
    /// <param name="feature">Column.</param>
    /// <param name="parts">Steps between the lowest and the highest value; categories are all tried.</param>
    public static EffectGrid Of(FeatureMatrix rows, int feature, int parts = 24)
    {
        var column = rows.Column(feature);
        var isCategory = rows.Columns[feature].IsCategory;
        var regular = isCategory ? Categories(column) : QuantileScale.Of(column).Steps(parts);
        var codes = new SortedSet<int>();
        foreach (var value in column)
        {
            if (float.IsNaN(value)) codes.Add(CodedNaN.CodeOf(value));
        }

        return new EffectGrid(feature, isCategory, [.. regular, .. codes.Select(CodedNaN.Of)], regular.Length);
    }

    private static float[] Categories(ReadOnlySpan<float> column)
    {
        var seen = new SortedSet<float>();
        foreach (var value in column)
        {
            if (!float.IsNaN(value)) seen.Add(value);
        }

        return [.. seen];
    }
}
