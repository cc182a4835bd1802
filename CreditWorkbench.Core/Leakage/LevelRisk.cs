namespace CreditWorkbench.Core.Leakage;

/// <summary>An order of a column's regular levels along which the bad rate only rises, or only falls.</summary>
internal static class LevelRisk
{
    // Share of the spread of bad rates between levels that a monotone curve explains.
    private const double Explained = 0.95;
    private const double ExplainedAcross = 0.90;

    /// <summary>Rank per level by risk, or null where bad rates follow no order: the natural one, or for categories one that half of the rows suggests and
    /// the other half confirms.</summary>
    /// <param name="column">The column.</param>
    /// <param name="isCategory">Whether its natural order may mean nothing.</param>
    /// <param name="bad">Outcome per row.</param>
    /// <param name="fold">Fold per row, 0 to 4; folds 0 and 2 make the first half.</param>
    public static int[]? Order(LevelColumn column, bool isCategory, ReadOnlySpan<bool> bad, ReadOnlySpan<byte> fold)
    {
        var (rows, bads) = Count(column, bad, fold, _ => true);
        int[] natural = [.. Enumerable.Range(0, column.Regular)];
        if (IsMonotone(natural, rows, bads, Explained)) return natural;
        if (!isCategory) return null;
        var (firstRows, firstBads) = Count(column, bad, fold, of => of is 0 or 2);
        var (otherRows, otherBads) = Count(column, bad, fold, of => of is not (0 or 2));
        int[] order = [.. natural.OrderBy(level => (firstBads[level] + 0.5) / (firstRows[level] + 1.0))];
        if (!IsMonotone(order, otherRows, otherBads, ExplainedAcross)) return null;
        var ranks = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++) ranks[order[rank]] = rank;
        return ranks;
    }

    private static (int[] Rows, int[] Bads) Count(LevelColumn column, ReadOnlySpan<bool> bad, ReadOnlySpan<byte> fold, Func<byte, bool> isIn)
    {
        var (rows, bads) = (new int[column.Regular], new int[column.Regular]);
        for (var row = 0; row < bad.Length; row++)
        {
            if (column.Level[row] >= column.Regular || !isIn(fold[row])) continue;
            rows[column.Level[row]]++;
            if (bad[row]) bads[column.Level[row]]++;
        }

        return (rows, bads);
    }

    private static bool IsMonotone(int[] order, int[] rows, int[] bads, double least)
    {
        double[] rates = [.. order.Where(level => rows[level] > 0).Select(level => (double)bads[level] / rows[level])];
        double[] weights = [.. order.Where(level => rows[level] > 0).Select(level => (double)rows[level])];
        var (total, mean) = (weights.Sum(), 0.0);
        for (var i = 0; i < rates.Length; i++) mean += rates[i] * weights[i] / total;
        var between = 0.0;
        for (var i = 0; i < rates.Length; i++) between += weights[i] * (rates[i] - mean) * (rates[i] - mean);
        if (between <= 0) return false;
        double[] falling = [.. rates.Select(rate => -rate)];
        return Math.Min(Residual(rates, weights), Residual(falling, weights)) <= (1.0 - least) * between;
    }

    // Weighted squares that the best rising curve leaves: pool adjacent violators.
    private static double Residual(double[] rates, double[] weights)
    {
        var blocks = new List<(double Mean, double Weight, double Squares)>();
        for (var i = 0; i < rates.Length; i++)
        {
            blocks.Add((rates[i], weights[i], 0.0));
            while (blocks.Count > 1 && blocks[^2].Mean > blocks[^1].Mean)
            {
                var (a, b) = (blocks[^2], blocks[^1]);
                var weight = a.Weight + b.Weight;
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add(((a.Mean * a.Weight + b.Mean * b.Weight) / weight, weight, a.Squares + b.Squares + a.Weight * b.Weight / weight * (a.Mean - b.Mean) * (a.Mean - b.Mean)));
            }
        }

        return blocks.Sum(block => block.Squares);
    }
}
