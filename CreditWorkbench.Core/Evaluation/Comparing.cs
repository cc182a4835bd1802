using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Compares two candidates on the rows that both judged.</summary>
public static class Comparing
{
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Compares.</summary>
    /// <param name="rows">Rows; at least two of each outcome.</param>
    /// <param name="first">First candidate.</param>
    /// <param name="second">Second candidate, on the same rows.</param>
    /// <param name="seed">Seed of null bands and bootstrap.</param>
    /// <exception cref="ArgumentException">Lengths differ, or fewer than two rows of an outcome.</exception>
    public static CandidateComparison Of(JudgedRows rows, CandidateJudgement first, CandidateJudgement second, int seed) => new()
    {
        First = first.Family,
        Second = second.Family,
        Rows = rows.Count,
        Metrics =
        [
            OfAuc(rows.Bad, first.Risk, second.Risk),
            ByRow("brier", rows.Bad, first.Pd, second.Pd, (pd, bad) => ProbabilityLoss.Brier([pd], [bad])),
            ByRow("logLoss", rows.Bad, first.Pd, second.Pd, (pd, bad) => ProbabilityLoss.LogLoss([pd], [bad])),
        ],
        SwapSet = Swap(rows.Bad, first, second, first.Threshold, second.Threshold),
        SwapSetAtEqualApproval = Swap(rows.Bad, first, second, first.Threshold, EqualApproval(first, second)),
        FirstCalibration = CalibrationError.Of(first.Pd, rows.Bad, seed),
        SecondCalibration = CalibrationError.Of(second.Pd, rows.Bad, seed),
        Fairness = FairnessOf(rows, first, second, seed),
        Reasons = ReasonsOf(first.Reasons, second.Reasons),
        Shift = ShiftOf(first, second),
    };

    private static PairedMetric OfAuc(bool[] bad, double[] first, double[] second)
    {
        var difference = DeLong.Compare(first, second, bad);
        var half = NormalQuantile * difference.StandardError;
        return new PairedMetric("auc", Ranking.Auc(first, bad), Ranking.Auc(second, bad), difference.Difference, difference.Difference - half, difference.Difference + half, difference.PValue);
    }

    // Mean difference of the rows' losses by the central limit theorem: Diebold and Mariano (1995) for independent rows.
    private static PairedMetric ByRow(string metric, bool[] bad, double[] first, double[] second, Func<double, bool, double> loss)
    {
        var (own, other, gaps) = (0.0, 0.0, new double[bad.Length]);
        for (var i = 0; i < bad.Length; i++)
        {
            var (a, b) = (loss(first[i], bad[i]), loss(second[i], bad[i]));
            (own, other, gaps[i]) = (own + a / bad.Length, other + b / bad.Length, a - b);
        }

        var mean = gaps.Average();
        var error = Math.Sqrt(gaps.Sum(gap => (gap - mean) * (gap - mean)) / (bad.Length - 1) / bad.Length);
        var p = error > 0 ? Distributions.NormalTwoSided(mean / error) : mean == 0 ? 1.0 : 0.0;
        return new PairedMetric(metric, own, other, mean, mean - NormalQuantile * error, mean + NormalQuantile * error, p);
    }

    private static SwapSet Swap(bool[] bad, CandidateJudgement first, CandidateJudgement second, double firstThreshold, double secondThreshold)
    {
        var (counts, bads) = (new int[4], new int[4]);
        for (var i = 0; i < bad.Length; i++)
        {
            var cell = (first.Pd[i] > firstThreshold ? 2 : 0) + (second.Pd[i] > secondThreshold ? 1 : 0);
            counts[cell]++;
            if (bad[i]) bads[cell]++;
        }

        return new SwapSet(firstThreshold, secondThreshold, Cell(0), Cell(2), Cell(1), Cell(3));

        SwapCell Cell(int cell) => new(counts[cell], bads[cell], counts[cell] > 0 ? (double)bads[cell] / counts[cell] : null);
    }

    // The threshold of the second that approves as many rows as the first does, or as few less as ties allow.
    private static double EqualApproval(CandidateJudgement first, CandidateJudgement second)
    {
        var approved = first.Pd.Count(pd => pd <= first.Threshold);
        double[] sorted = [.. second.Pd.Order()];
        if (approved == sorted.Length) return 1.0;
        while (approved > 0 && sorted[approved - 1] == sorted[approved]) approved--;
        return approved == 0 ? Math.BitDecrement(sorted[0]) : sorted[approved - 1];
    }

    private static List<FairnessPair> FairnessOf(JudgedRows rows, CandidateJudgement first, CandidateJudgement second, int seed)
    {
        var pairs = new List<FairnessPair>();
        foreach (var column in rows.Sensitive)
        {
            if (FairnessAudit.Of(column, first.Pd, rows.Bad, first.Threshold, seed) is not { } before) continue;
            var after = FairnessAudit.Of(column, second.Pd, rows.Bad, second.Threshold, seed, before.Reference)!;
            pairs.AddRange(before.Groups.Zip(after.Groups).Where(pair => pair.First.Group != before.Reference)
                .Select(pair => new FairnessPair(column.Name, before.Reference, pair.First.Group, pair.First, pair.Second)));
        }

        return pairs;
    }

    /// <summary>How far the reasons of two candidates differ on the rows that both have reasons for.</summary>
    /// <param name="first">Reasons of the first; null where it has none.</param>
    /// <param name="second">Reasons of the second.</param>
    /// <returns>Null where a candidate has none, or they share no row.</returns>
    public static ReasonChurn? ReasonsOf(ReasonSample? first, ReasonSample? second)
    {
        if (first is null || second is null) return null;
        var others = second.Rows.Index().ToDictionary(row => row.Item, row => row.Index);
        var (rows, same, overlap) = (0, 0, 0.0);
        var (named, alsoNamed) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < first.Rows.Length; i++)
        {
            if (!others.TryGetValue(first.Rows[i], out var place)) continue;
            string[] own = [.. first.Strongest[i].Select(feature => first.Features[feature])], other = [.. second.Strongest[place].Select(feature => second.Features[feature])];
            rows++;
            if (own.FirstOrDefault() == other.FirstOrDefault()) same++;
            var either = own.Union(other, StringComparer.Ordinal).Count();
            overlap += either == 0 ? 1.0 : (double)own.Intersect(other, StringComparer.Ordinal).Count() / either;
            foreach (var feature in own) named[feature] = named.GetValueOrDefault(feature) + 1;
            foreach (var feature in other) alsoNamed[feature] = alsoNamed.GetValueOrDefault(feature) + 1;
        }

        if (rows == 0) return null;
        var changes = named.Keys.Union(alsoNamed.Keys, StringComparer.Ordinal)
            .Select(feature => new ReasonChange(feature, (double)named.GetValueOrDefault(feature) / rows, (double)alsoNamed.GetValueOrDefault(feature) / rows))
            .OrderByDescending(change => Math.Abs(change.First - change.Second)).ThenBy(change => change.Feature, StringComparer.Ordinal);
        return new ReasonChurn(rows, (double)same / rows, overlap / rows, [.. changes]);
    }

    private static ScoreShift ShiftOf(CandidateJudgement first, CandidateJudgement second)
    {
        var (sum, size, changed) = (0.0, 0.0, 0);
        for (var i = 0; i < first.Score.Length; i++)
        {
            var shift = second.Score[i] - first.Score[i];
            (sum, size) = (sum + shift, size + Math.Abs(shift));
            if (first.Grade[i] != second.Grade[i]) changed++;
        }

        double n = first.Score.Length;
        return new ScoreShift(Spearman.Of(first.Risk, second.Risk), sum / n, size / n, changed / n);
    }
}
