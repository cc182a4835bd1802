using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Carries a tile's Shapley values from q to the margin and from one column per feature to one row per row.</summary>
internal static class TileCarrier
{
    // A block of output rows stays in the first cache while all columns are written to it.
    private const int Block = 64;

    /// <summary>Carries by the secant of the link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="baseQuantity">q of the base.</param>
    /// <param name="quantities">q per row as the predictor gives it, shape [rows].</param>
    /// <param name="sums">Values in q, one column of <see cref="TileExplainer.MaxRows"/> per tested feature.</param>
    /// <param name="columnOf">Column of each feature, shape [features]; -1 where nothing tests it.</param>
    /// <param name="placeOfRow">Where the sums of 64 rows stand within their 64; empty: in their order.</param>
    /// <param name="contributions">Overwritten, shape [rows x features], row-major.</param>
    /// <param name="margins">Overwritten, shape [rows].</param>
    public static void Carry(
        Link link, double baseQuantity, ReadOnlySpan<double> quantities, AlignedTable<float> sums, int[] columnOf,
        ReadOnlySpan<byte> placeOfRow, Span<float> contributions, Span<double> margins)
    {
        Span<float> secants = stackalloc float[Block];
        for (var first = 0; first < margins.Length; first += Block)
        {
            var rows = Math.Min(Block, margins.Length - first);
            for (var row = 0; row < rows; row++)
            {
                margins[first + row] = link.ToMargin(quantities[first + row]);
                secants[row] = (float)link.SecantFactor(quantities[first + row], baseQuantity);
            }

            for (var feature = 0; feature < columnOf.Length; feature++)
            {
                var to = contributions.Slice(first * columnOf.Length, rows * columnOf.Length);
                var column = columnOf[feature] < 0 ? default : sums.Slice(columnOf[feature] * TileExplainer.MaxRows + first, Block);
                WriteColumn(column, secants[..rows], placeOfRow, to, feature, columnOf.Length);
            }
        }
    }

    private static void WriteColumn(
        ReadOnlySpan<float> column, ReadOnlySpan<float> secants, ReadOnlySpan<byte> placeOfRow, Span<float> contributions, int feature, int features)
    {
        for (var row = 0; row < secants.Length; row++)
        {
            var value = column.IsEmpty ? 0f : column[placeOfRow.IsEmpty ? row : placeOfRow[row]] * secants[row];
            contributions[row * features + feature] = value;
        }
    }
}
