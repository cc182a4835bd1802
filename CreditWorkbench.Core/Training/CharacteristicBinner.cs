using System.Collections.Immutable;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Bins one column and gives each bin its weight of evidence; coefficient and points come later.</summary>
internal static class CharacteristicBinner
{
    /// <summary>The characteristic of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="tally">Its outcomes.</param>
    /// <param name="all">Evidence of all rows.</param>
    /// <param name="blankNeverHelps">Whether missing has at most the least weight of evidence of a regular bin.</param>
    /// <param name="settings">How to bin; edits were checked.</param>
    public static ScorecardCharacteristic Bin(FeatureColumn column, ColumnTally tally, Evidence all, bool blankNeverHelps, ScorecardSettings settings)
    {
        var isEdited = settings.Edits.Holds(column);
        var preBins = isEdited ? Edited(column, tally, settings.Edits)
            : column.IsCategory ? PreBins.OfCategories(tally, settings.PreBins, settings.MinCategoryRows)
            : PreBins.OfNumber(tally, settings.PreBins);
        if (preBins.Groups.Length == 0) preBins = new PreBins { Groups = [default], CategoryGroups = preBins.CategoryGroups };
        var (trend, ends) = isEdited ? (Declared(column), [.. Enumerable.Range(1, preBins.Groups.Length)]) : Search(column, preBins.Groups, tally.Regular, all, settings);
        var bins = Join(preBins.Groups, ends);
        var woe = bins.Select(bin => Woe(bin, all)).ToArray();
        if (isEdited && trend != RiskTrend.None) Pool(bins, woe, all, trend);
        return Assemble(preBins, ends, tally, all, bins, woe, blankNeverHelps, settings.MinCodeRows) with { Trend = trend, IsEdited = isEdited };
    }

    private static PreBins Edited(FeatureColumn column, ColumnTally tally, BinEdits edits)
    {
        if (!column.IsCategory) return PreBins.OfEdges(tally, [.. edits.Edges[column.Name]]);
        var index = column.Categories.Select((code, i) => (code, i)).ToDictionary(pair => pair.code, pair => pair.i, StringComparer.Ordinal);
        return PreBins.OfGroups(tally, [.. edits.Groups[column.Name].Select(group => group.Select(code => index[code]).ToArray())]);
    }

    private static RiskTrend Declared(FeatureColumn column) => column.IsCategory ? RiskTrend.None : Math.Sign(column.Direction) switch
    {
        1 => RiskTrend.Ascending,
        -1 => RiskTrend.Descending,
        _ => RiskTrend.None,
    };

    private static (RiskTrend Trend, IReadOnlyList<int> Ends) Search(FeatureColumn column, Evidence[] groups, Evidence regular, Evidence all, ScorecardSettings settings)
    {
        var chance = 1.0 / all.Goods + 1.0 / all.Bads;
        var minGoods = Math.Max(settings.MinClassRows, settings.MinClassShare * regular.Goods);
        var minBads = Math.Max(settings.MinClassRows, settings.MinClassShare * regular.Bads);
        var limits = new BinLimits(settings.MaxBins, settings.MinBinShare * regular.Total, minGoods, minBads, settings.BinPenalty * chance);
        BinPartition Best(RiskTrend trend) => WoeBinning.Best(groups, all, limits, trend);
        var trend = Declared(column);
        if (trend == RiskTrend.None && !column.IsCategory && !settings.Trends.TryGetValue(column.Name, out trend)) return Simplest(Best, limits.Penalty, settings.TrendPenalty * chance);
        return (trend, Best(trend).Ends);
    }

    /// <summary>Of one direction unless one turn tells more than chance would, and with one turn unless any shape does.</summary>
    private static (RiskTrend Trend, IReadOnlyList<int> Ends) Simplest(Func<RiskTrend, BinPartition> best, double penalty, double chance)
    {
        var free = best(RiskTrend.None);
        RiskTrend[][] simpler = [[RiskTrend.Ascending, RiskTrend.Descending], [RiskTrend.Peak, RiskTrend.Valley]];
        foreach (var trends in simpler)
        {
            var (trend, partition) = trends.Select(trend => (Trend: trend, Partition: best(trend))).MaxBy(pair => pair.Partition.Gain);
            if (Information(partition) >= Information(free) - chance) return (trend, partition.Ends);
        }

        return (RiskTrend.None, free.Ends);

        double Information(BinPartition partition) => partition.Gain + penalty * partition.Ends.Count;
    }

    private static Evidence[] Join(Evidence[] groups, IReadOnlyList<int> ends)
    {
        var bins = new Evidence[ends.Count];
        for (var (bin, group) = (0, 0); bin < bins.Length; bin++)
        {
            for (; group < ends[bin]; group++) bins[bin] += groups[group];
        }

        return bins;
    }

    private static double Woe(Evidence bin, Evidence all) => bin.Total > 0.0 ? bin.Woe(all) : 0.0;

    /// <summary>Where edited bins run against the declared direction, neighbours share the evidence of both, so that the bins stay and
    /// the direction holds (pool adjacent violators).</summary>
    private static void Pool(Evidence[] bins, double[] woe, Evidence all, RiskTrend trend)
    {
        var pools = new List<(Evidence Evidence, int Bins)>();
        foreach (var bin in bins)
        {
            pools.Add((bin, 1));
            while (pools.Count > 1 && Violates(pools[^2].Evidence, pools[^1].Evidence))
            {
                var joined = (pools[^2].Evidence + pools[^1].Evidence, pools[^2].Bins + pools[^1].Bins);
                pools.RemoveAt(pools.Count - 1);
                pools[^1] = joined;
            }
        }

        var at = 0;
        foreach (var (evidence, count) in pools)
        {
            for (var i = 0; i < count; i++) woe[at++] = Woe(evidence, all);
        }

        bool Violates(Evidence before, Evidence after) => trend == RiskTrend.Ascending ? Woe(before, all) < Woe(after, all) : Woe(before, all) > Woe(after, all);
    }

    private static ScorecardCharacteristic Assemble(
        PreBins preBins, IReadOnlyList<int> ends, ColumnTally tally, Evidence all, Evidence[] bins, double[] woe, bool blankNeverHelps, int minCodeRows)
    {
        var isCategory = preBins.CategoryGroups.Length > 0;
        var lines = new List<ScorecardBin>();
        for (var bin = 0; bin < bins.Length; bin++) lines.Add(Line(bins[bin], woe[bin]));
        for (var code = 0; code < tally.Codes; code++)
        {
            var evidence = tally.OfCode(code);
            var own = tally.RowsOfCode(code) >= Math.Max(1, minCodeRows) ? evidence.Woe(all) : 0.0;
            lines.Add(Line(evidence, code == 0 && blankNeverHelps ? Math.Min(own, woe.Min()) : own));
        }

        if (isCategory) lines.Add(default);
        var groupBin = new int[preBins.Groups.Length];
        for (var group = 0; group < groupBin.Length; group++) groupBin[group] = ends.TakeWhile(end => end <= group).Count();
        return new ScorecardCharacteristic
        {
            Edges = isCategory ? [] : [.. ends.SkipLast(1).Select(end => preBins.Edges[end - 1])],
            CategoryBins = [.. preBins.CategoryGroups.Select(group => group < 0 ? lines.Count - 1 : groupBin[group])],
            RegularBins = bins.Length,
            SpecialCodes = tally.Codes - 1,
            InformationValue = lines.Where(line => line.Woe != 0.0).Sum(line => Information(line, all)),
            Bins = [.. lines],
        };
    }

    private static ScorecardBin Line(Evidence evidence, double woe) => new(evidence.Goods, evidence.Bads, woe, 0.0, 0);

    private static double Information(ScorecardBin line, Evidence all) =>
        ((line.Goods + Evidence.Smoothing) / all.Goods - (line.Bads + Evidence.Smoothing) / all.Bads) * line.Woe;
}
