using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Tests.Explanation;

/// <summary>Rows and functions whose effects are known by arithmetic.</summary>
internal static class GlobalSamples
{
    /// <summary>Rows with independent values between 0 and 1 in numeric columns.</summary>
    public static FeatureMatrix Uniform(int rows, int features, int seed)
    {
        var random = new Random(seed);
        var values = new float[rows * features];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextSingle();
        return Matrix(rows, values);
    }

    /// <summary>Two columns, the second a copy of the first with a little noise.</summary>
    public static FeatureMatrix Correlated(int rows, int seed)
    {
        var random = new Random(seed);
        var values = new float[rows * 2];
        for (var row = 0; row < rows; row++)
        {
            values[row] = random.NextSingle();
            values[rows + row] = values[row] + 0.02f * (random.NextSingle() - 0.5f);
        }

        return Matrix(rows, values);
    }

    /// <summary>Columns x0, x1, ... over column-major values.</summary>
    public static FeatureMatrix Matrix(int rows, float[] values) =>
        new([.. Enumerable.Range(0, values.Length / rows).Select(i => FeatureColumn.Number($"x{i}"))], rows, values);

    /// <summary>A table over one numeric column per contribution column; the values are the row numbers.</summary>
    public static ContributionTable Table(params float[][] columns)
    {
        var rows = columns[0].Length;
        var values = new float[columns.Length * rows];
        for (var i = 0; i < values.Length; i++) values[i] = i % rows;
        return new ContributionTable(Matrix(rows, values), [.. columns.SelectMany(column => column)]);
    }

    /// <summary>A function of the row, cell by cell.</summary>
    public static ExplainedFunction Function(Func<float[], double> of) => (rows, values) =>
    {
        var row = new float[rows.Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            rows.CopyRow(i, row);
            values[i] = of(row);
        }
    };
}
