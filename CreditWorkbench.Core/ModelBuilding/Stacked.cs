using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Puts the rows of one matrix under those of another with the same columns.</summary>
internal static class Stacked
{
    /// <summary>Rows of the first, then rows of the second.</summary>
    public static FeatureMatrix Of(FeatureMatrix first, FeatureMatrix second)
    {
        var values = new float[first.Values.Length + second.Values.Length];
        for (var column = 0; column < first.Columns.Count; column++)
        {
            var to = values.AsSpan(column * (first.Rows + second.Rows));
            first.Column(column).CopyTo(to);
            second.Column(column).CopyTo(to[first.Rows..]);
        }

        return new FeatureMatrix(first.Columns, first.Rows + second.Rows, values);
    }
}
