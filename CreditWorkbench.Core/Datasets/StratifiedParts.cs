namespace CreditWorkbench.Core.Datasets;

/// <summary>Deals rows into parts so that every part has nearly the same mix of classes.</summary>
internal static class StratifiedParts
{
    /// <summary>Part of each row; each class is cut at the rounded cumulated shares, in the random order of its keys.</summary>
    /// <param name="rows">Indices to deal.</param>
    /// <param name="outcomes">Class per row of the data set.</param>
    /// <param name="keys">Key per row of the data set.</param>
    /// <param name="shares">Share per part, summing to 1.</param>
    /// <param name="seed">Seed.</param>
    /// <returns>Shape [rows]; part of each dealt row, in the order of <paramref name="rows"/>.</returns>
    public static int[] Deal(int[] rows, byte[] outcomes, ulong[] keys, double[] shares, int seed)
    {
        var parts = new int[rows.Length];
        foreach (var stratum in Enumerable.Range(0, rows.Length).GroupBy(i => outcomes[rows[i]]))
        {
            // Equal rows are told apart by their index only, which changes nothing that a model could see.
            int[] order = [.. stratum.OrderBy(i => RowKeys.Shuffle(keys[rows[i]], seed)).ThenBy(i => rows[i])];
            var (from, cumulated) = (0, 0.0);
            for (var part = 0; part < shares.Length; part++)
            {
                cumulated += shares[part];
                var to = part == shares.Length - 1 ? order.Length : (int)Math.Floor(order.Length * cumulated + 0.5);
                for (; from < to; from++) parts[order[from]] = part;
            }
        }

        return parts;
    }

    /// <summary>As <see cref="Deal"/>, keeping the rows of a group together: groups go, largest first, to the part whose class
    /// counts they bring closest to its due.</summary>
    /// <param name="rows">Indices to deal.</param>
    /// <param name="outcomes">Class per row of the data set.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="keys">Key per row of the data set.</param>
    /// <param name="groups">Group of each row; rows without one stand alone.</param>
    /// <param name="shares">Share per part, summing to 1.</param>
    /// <param name="seed">Seed.</param>
    public static int[] DealGroups(int[] rows, byte[] outcomes, int classCount, ulong[] keys, CodedColumn groups, double[] shares, int seed)
    {
        var parts = new int[rows.Length];
        var bundles = Enumerable.Range(0, rows.Length)
            .GroupBy(i => groups.Codes[rows[i]] is var code && code >= 0 ? (code, -1) : (-1, rows[i]))
            .Select(bundle => (Members: bundle.ToArray(), Key: RowKeys.Shuffle(bundle.Key.Item1 >= 0 ? RowKeys.Of(groups.Levels[bundle.Key.Item1]) : keys[bundle.Key.Item2], seed)))
            .OrderByDescending(bundle => bundle.Members.Length).ThenBy(bundle => bundle.Key);
        var counts = new int[classCount];
        foreach (var row in rows) counts[outcomes[row]]++;
        double[][] due = [.. shares.Select(share => counts.Select(count => share * count).ToArray())];
        var held = new int[classCount];
        foreach (var (members, _) in bundles)
        {
            Array.Clear(held);
            foreach (var i in members) held[outcomes[rows[i]]]++;
            var best = Best(due, held, counts, shares);
            for (var outcome = 0; outcome < classCount; outcome++) due[best][outcome] -= held[outcome];
            foreach (var i in members) parts[i] = best;
        }

        return parts;
    }

    /// <summary>The part with the largest fall of its squared shortfall, each class counted in shares of its rows.</summary>
    private static int Best(double[][] due, int[] held, int[] counts, double[] shares)
    {
        var (best, bestGain) = (0, double.NegativeInfinity);
        for (var part = 0; part < shares.Length; part++)
        {
            if (shares[part] <= 0) continue;
            var gain = 0.0;
            for (var outcome = 0; outcome < held.Length; outcome++) gain += held[outcome] * (2 * due[part][outcome] - held[outcome]) / (shares[part] * Math.Max(1, counts[outcome]));
            if (gain > bestGain) (best, bestGain) = (part, gain);
        }

        return best;
    }
}
