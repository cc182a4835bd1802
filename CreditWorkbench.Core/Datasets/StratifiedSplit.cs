using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Splits rows into train, calibration and test parts with the same mix of outcomes; rows of one group stay together;
/// rows from a date on are kept apart.</summary>
public static class StratifiedSplit
{
    private static readonly string[] PartNames = ["train", "calibration", "test"];

    /// <summary>Splits a data set.</summary>
    /// <param name="dataset">Rows.</param>
    /// <param name="plan">Shares and, for out-of-time validation, the date.</param>
    /// <param name="seed">Same seed and rows, same parts, in whatever order the rows stand.</param>
    /// <returns>The parts; refused when shares are wrong, a date is missing, or a part would lack a class.</returns>
    /// <remarks>O(n log n). A group with rows on both sides of the date goes wholly out of time.</remarks>
    public static Outcome<DataSplit> Of(LabelledDataset dataset, SplitPlan plan, int seed)
    {
        if (!plan.IsValid) return SplitProblems.Shares;
        var late = Late(dataset, plan.OutOfTimeFrom);
        if (!late.TryGet(out var isLate, out var problems)) return Outcome<DataSplit>.Refused(problems);
        int[] rows = [.. Enumerable.Range(0, dataset.Rows).Where(row => !isLate[row])];
        double[] shares = [plan.Train, plan.Calibration, plan.Test];
        var keys = RowKeys.Of(dataset);
        var parts = dataset.Groups is null
            ? StratifiedParts.Deal(rows, dataset.Outcomes, keys, shares, seed)
            : StratifiedParts.DealGroups(rows, dataset.Outcomes, dataset.ClassCounts.Count, keys, dataset.Groups, shares, seed);
        int[][] dealt = [.. shares.Select((_, part) => rows.Where((_, i) => parts[i] == part).ToArray())];
        for (var part = 0; part < shares.Length; part++)
        {
            if (shares[part] > 0 && Lacking(dataset, dealt[part]) is { } outcome) return SplitProblems.TooFew(PartNames[part], outcome, dataset.ClassCounts[outcome]);
        }

        return new DataSplit(dealt[0], dealt[1], dealt[2], [.. Enumerable.Range(0, dataset.Rows).Where(row => isLate[row])]);
    }

    private static Outcome<bool[]> Late(LabelledDataset dataset, DateOnly? from)
    {
        var late = new bool[dataset.Rows];
        if (from is not { } date) return late;
        if (dataset.Times is not { } times) return SplitProblems.NoTimes;
        var lateGroups = new HashSet<int>();
        for (var row = 0; row < late.Length; row++)
        {
            if (times[row] is not { } time) return SplitProblems.NoTimeOf(dataset.FileRows[row]);
            late[row] = time >= date;
            if (late[row] && dataset.Groups?.Codes[row] is >= 0 and var code) lateGroups.Add(code);
        }

        for (var row = 0; row < late.Length; row++) late[row] |= dataset.Groups is { } groups && lateGroups.Contains(groups.Codes[row]);
        if (!late.Contains(true)) return SplitProblems.NothingFrom(date);
        return late.Contains(false) ? late : SplitProblems.NothingBefore(date);
    }

    private static int? Lacking(LabelledDataset dataset, int[] rows)
    {
        var seen = new bool[dataset.ClassCounts.Count];
        foreach (var row in rows) seen[dataset.Outcomes[row]] = true;
        var lacking = Array.IndexOf(seen, false);
        return lacking < 0 ? null : lacking;
    }
}
