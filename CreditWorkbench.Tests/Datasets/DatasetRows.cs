using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Tests.Datasets;

/// <summary>Small data sets with known contents.</summary>
internal static class DatasetRows
{
    /// <summary>Rows with two numbers each, about one in <paramref name="oneBadIn"/> bad; the first number tells rows apart.</summary>
    public static LabelledDataset Of(int rows, int oneBadIn = 5, int seed = 7)
    {
        var random = new Random(seed);
        var values = new float[rows * 2];
        var outcomes = new byte[rows];
        for (var row = 0; row < rows; row++)
        {
            values[row] = row;
            values[rows + row] = random.Next(3) == 0 ? CodedNaN.Of(random.Next(3)) : random.NextSingle();
            outcomes[row] = (byte)(random.Next(oneBadIn) == 0 ? 1 : 0);
        }

        return new LabelledDataset(new FeatureMatrix([FeatureColumn.Number("a"), FeatureColumn.Number("b")], rows, values), outcomes, 2);
    }

    /// <summary>The same rows with groups of uneven size.</summary>
    public static LabelledDataset Grouped(int rows, int groups, int seed = 7)
    {
        var random = new Random(seed);
        var codes = Enumerable.Range(0, rows).Select(_ => Math.Min(random.Next(groups), random.Next(groups))).ToArray();
        var plain = Of(rows);
        return new LabelledDataset(plain.Features, plain.Outcomes, 2) { Groups = new CodedColumn("applicant", [.. Enumerable.Range(0, groups).Select(i => $"p{i}")], codes) };
    }
}
