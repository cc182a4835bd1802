using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>How one column becomes inputs: a standardised number or one input per kept category, then one for pooled categories, then
/// one for missing and one per special code.</summary>
internal sealed class CodedInput
{
    private CodedInput(FeatureColumn column) => Codes = column.SpecialCodes.Count + 1;

    /// <summary>Mean of the bounded regular values, in training weights.</summary>
    public double Mean { get; private init; }

    /// <summary>Their standard deviation; 1 where all are equal.</summary>
    public double Deviation { get; private init; } = 1.0;

    /// <summary>Least value.</summary>
    public float Low { get; private init; }

    /// <summary>Greatest value.</summary>
    public float High { get; private init; }

    /// <summary>Input of each category, from 0; -1 where it has no rows and there is no pool. Empty for numbers.</summary>
    public int[] CategoryInputs { get; private init; } = [];

    /// <summary>Inputs of regular values.</summary>
    public int RegularInputs { get; private init; } = 1;

    /// <summary>Missing and special codes.</summary>
    public int Codes { get; }

    /// <summary>Inputs of the column.</summary>
    public int Inputs => RegularInputs + Codes;

    /// <summary>The coding of a fitted column; every category has an input of its own.</summary>
    public static CodedInput Kept(FeatureColumn column, LinearColumn fitted) => Kept(column, fitted.Mean, fitted.Deviation, fitted.Low, fitted.High);

    /// <summary>The coding of a fitted column; every category has an input of its own.</summary>
    public static CodedInput Kept(FeatureColumn column, NetworkColumn fitted) => Kept(column, fitted.Mean, fitted.Deviation, fitted.Low, fitted.High);

    private static CodedInput Kept(FeatureColumn column, double mean, double deviation, float low, float high) => column.IsCategory
        ? new CodedInput(column) { CategoryInputs = [.. Enumerable.Range(0, column.Categories.Count)], RegularInputs = column.Categories.Count }
        : new CodedInput(column) { Mean = mean, Deviation = deviation, Low = low, High = high };

    /// <summary>Codes a number.</summary>
    public static CodedInput OfNumber(FeatureColumn column, ReadOnlySpan<float> cells, double[]? weights, double clipShare)
    {
        var (low, high) = Bounds(cells, clipShare);
        var (total, mean) = (0.0, 0.0);
        for (var row = 0; row < cells.Length; row++)
        {
            if (float.IsNaN(cells[row])) continue;
            total += weights?[row] ?? 1.0;
            mean += (weights?[row] ?? 1.0) * Math.Clamp(cells[row], low, high);
        }

        if (total == 0.0) return new CodedInput(column);
        mean /= total;
        var squares = 0.0;
        for (var row = 0; row < cells.Length; row++)
        {
            if (float.IsNaN(cells[row])) continue;
            var distance = Math.Clamp(cells[row], low, high) - mean;
            squares += (weights?[row] ?? 1.0) * distance * distance;
        }

        var deviation = Math.Sqrt(squares / total);
        return new CodedInput(column) { Low = low, High = high, Mean = mean, Deviation = low < high && deviation > 0.0 ? deviation : 1.0 };
    }

    /// <summary>Codes a category: the most frequent have inputs of their own.</summary>
    public static CodedInput OfCategory(FeatureColumn column, ReadOnlySpan<float> cells, int minRows, int maxCategories)
    {
        var rows = new int[column.Categories.Count];
        foreach (var cell in cells)
        {
            if (!float.IsNaN(cell)) rows[(int)cell]++;
        }

        var kept = Enumerable.Range(0, rows.Length).Where(category => rows[category] >= Math.Max(1, minRows))
            .OrderByDescending(category => rows[category]).ThenBy(category => category).Take(maxCategories).Order().ToArray();
        var isPooled = rows.Where(count => count > 0).Count() > kept.Length;
        var inputs = new int[rows.Length];
        Array.Fill(inputs, isPooled ? kept.Length : -1);
        for (var i = 0; i < kept.Length; i++) inputs[kept[i]] = i;
        return new CodedInput(column) { CategoryInputs = inputs, RegularInputs = kept.Length + (isPooled ? 1 : 0) };
    }

    /// <summary>The input that a training cell feeds, from the column's first, and its value.</summary>
    public (int Input, double Value) InputOf(float cell)
    {
        if (float.IsNaN(cell))
        {
            var code = CodedNaN.CodeOf(cell);
            return (RegularInputs + (code < Codes ? code : 0), 1.0);
        }

        return CategoryInputs.Length > 0 ? (CategoryInputs[(int)cell], 1.0) : (0, (Math.Clamp(cell, Low, High) - Mean) / Deviation);
    }

    /// <summary>Quantiles of the regular values; the extremes where the quantiles coincide, so that a rare value is not lost.</summary>
    private static (float Low, float High) Bounds(ReadOnlySpan<float> cells, double clipShare)
    {
        var values = new List<float>(cells.Length);
        foreach (var cell in cells)
        {
            if (!float.IsNaN(cell)) values.Add(cell);
        }

        if (values.Count == 0) return (0f, 0f);
        values.Sort();
        var cut = (int)(clipShare * values.Count);
        var (low, high) = (values[cut], values[^(cut + 1)]);
        return low < high ? (low, high) : (values[0], values[^1]);
    }
}
