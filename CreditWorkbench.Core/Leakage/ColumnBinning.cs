using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Leakage;

/// <summary>One column in bins of about equal count: each category, each special code and missing values for themselves.</summary>
/// <param name="Bin">Bin per row, shape [n].</param>
/// <param name="Count">Number of bins.</param>
/// <param name="Distinct">Distinct cells, missing and codes included.</param>
/// <param name="SingleValue">Per bin whether it holds one value only.</param>
internal sealed record ColumnBinning(int[] Bin, int Count, int Distinct, bool[] SingleValue)
{
    private const int NumericBins = 32;

    /// <summary>Bins one column; borders depend on its values alone, never on the outcome.</summary>
    public static ColumnBinning Of(ReadOnlySpan<float> column, bool isCategory)
    {
        var rows = column.Length;
        var (keys, order) = (new double[rows], new int[rows]);
        for (var i = 0; i < rows; i++)
        {
            // Missing and codes stand below every number, each at a place of its own.
            keys[i] = float.IsNaN(column[i]) ? -1e300 * (CodedNaN.CodeOf(column[i]) + 1) : column[i];
            order[i] = i;
        }

        Array.Sort(keys, order);
        var (bin, distinct, bins) = (new int[rows], 0, new List<int>());
        var (inBin, wanted) = (0, Math.Max(1, rows / NumericBins));
        for (var start = 0; start < rows;)
        {
            var end = start + 1;
            while (end < rows && keys[end] == keys[start]) end++;
            distinct++;
            // A frequent value, a category and a NaN get a bin of their own.
            var alone = isCategory || keys[start] <= -1e300 || end - start >= wanted;
            if (bins.Count == 0 || alone || inBin >= wanted)
            {
                bins.Add(0);
                inBin = 0;
            }

            bins[^1]++;
            for (var i = start; i < end; i++) bin[order[i]] = bins.Count - 1;
            inBin = alone ? wanted : inBin + end - start;
            start = end;
        }

        return new ColumnBinning(bin, bins.Count, distinct, [.. bins.Select(values => values == 1)]);
    }
}
