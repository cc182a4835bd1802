using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Leakage;

/// <summary>What one column alone says about the outcome.</summary>
/// <param name="Auc">Out-of-fold AUC of its binned bad rate.</param>
/// <param name="InformationValue">Information value of its bins.</param>
/// <param name="Determines">Whether a few distinct values each occur with one outcome only.</param>
/// <param name="PureRows">Rows of the single value that most nearly occurs with the rarer outcome only; 0 when none does.</param>
/// <param name="PureHits">Rows among them with the rarer outcome.</param>
internal readonly record struct SingleFeature(double Auc, double InformationValue, bool Determines, int PureRows, int PureHits)
{
    private const int Folds = 5;
    private const int FewValues = 10;
    private const int FewestPureRows = 30;
    private const double Purity = 0.98;
    private const double LeastCapture = 0.10;

    // Rows of prior that pull a bin towards the overall bad rate.
    private const double Prior = 10.0;

    /// <summary>Measures one binned column.</summary>
    /// <param name="binning">The column.</param>
    /// <param name="bad">Outcome per row, both present.</param>
    /// <param name="fold">Fold of each row, 0 to 4.</param>
    public static SingleFeature Of(ColumnBinning binning, ReadOnlySpan<bool> bad, ReadOnlySpan<byte> fold)
    {
        var (good, bads) = (new int[Folds * binning.Count], new int[Folds * binning.Count]);
        for (var i = 0; i < bad.Length; i++) (bad[i] ? bads : good)[fold[i] * binning.Count + binning.Bin[i]]++;
        var (goodOfBin, badOfBin) = (Totals(good, binning.Count), Totals(bads, binning.Count));
        var (rows, hits) = Purest(goodOfBin, badOfBin, binning.SingleValue);
        var determines = binning.Distinct is > 1 and <= FewValues && goodOfBin.Zip(badOfBin).All(counts => counts.First == 0 || counts.Second == 0);
        return new SingleFeature(OutOfFoldAuc(good, bads, binning.Count), Metrics.InformationValue.Of(goodOfBin, badOfBin), determines, rows, hits);
    }

    /// <summary>Fold of each row: outcomes are dealt out in turn, in an order drawn from the seed.</summary>
    public static byte[] DealFolds(ReadOnlySpan<bool> bad, int seed)
    {
        var (folds, draws, order) = (new byte[bad.Length], new SeededDraws(seed, 0), new int[bad.Length]);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = draws.NextBelow(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        var (goods, bads) = (0, 0);
        foreach (var row in order) folds[row] = (byte)((bad[row] ? bads++ : goods++) % Folds);
        return folds;
    }

    private static int[] Totals(int[] perFold, int bins)
    {
        var totals = new int[bins];
        for (var i = 0; i < perFold.Length; i++) totals[i % bins] += perFold[i];
        return totals;
    }

    // A bin's risk in a fold is its bad rate in the other folds, so every (fold, bin) cell is one group of equal risk.
    private static double OutOfFoldAuc(int[] good, int[] bad, int bins)
    {
        var (goods, bads) = (Totals(good, bins), Totals(bad, bins));
        var rate = (double)bads.Sum() / (goods.Sum() + bads.Sum());
        var (risk, cells) = (new double[good.Length], new int[good.Length]);
        for (var cell = 0; cell < good.Length; cell++)
        {
            var bin = cell % bins;
            var (otherGood, otherBad) = (goods[bin] - good[cell], bads[bin] - bad[cell]);
            risk[cell] = -(otherBad + Prior * rate) / (otherGood + otherBad + Prior);
            cells[cell] = cell;
        }

        Array.Sort(risk, cells);
        var (sortedGood, sortedBad) = (new List<int>(), new List<int>());
        for (var i = 0; i < cells.Length; i++)
        {
            if (i == 0 || risk[i] != risk[i - 1])
            {
                sortedGood.Add(0);
                sortedBad.Add(0);
            }

            sortedGood[^1] += good[cells[i]];
            sortedBad[^1] += bad[cells[i]];
        }

        return Ranking.Auc(sortedGood.ToArray(), sortedBad.ToArray());
    }

    // A value that all but implies the rarer outcome and catches a tenth of it: a flag that is set afterwards.
    private static (int Rows, int Hits) Purest(int[] good, int[] bad, bool[] singleValue)
    {
        var rarer = bad.Sum() <= good.Sum() ? bad : good;
        var (total, best) = (rarer.Sum(), (Rows: 0, Hits: 0));
        for (var bin = 0; bin < rarer.Length; bin++)
        {
            var rows = good[bin] + bad[bin];
            if (singleValue[bin] && rows >= FewestPureRows && rarer[bin] >= Purity * rows && rarer[bin] >= LeastCapture * total && rarer[bin] > best.Hits)
                best = (rows, rarer[bin]);
        }

        return best;
    }
}
