using CreditWorkbench.Core.Datasets;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Compares groups of a sensitive column that the model never saw.</summary>
/// <remarks>Four-fifths rule: Uniform Guidelines on Employee Selection Procedures (1978), with the reference group chosen as there;
/// equal opportunity and equalised odds: Hardt, Price and Srebro (2016).</remarks>
public static class FairnessAudit
{
    /// <summary>Groups under this many rows get no verdict.</summary>
    public const int FewestRows = 30;

    private const double FourFifths = 0.8;

    /// <summary>Audits one column.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="groups">Group per row, shape [n]; null where unknown: such rows are left out.</param>
    /// <param name="pd">Issued PD per row, same order.</param>
    /// <param name="bad">Outcome per row, same order.</param>
    /// <param name="threshold">A PD above it is declined.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="against">Reference group; null chooses it by the rows, and so does a group without a row.</param>
    /// <returns>Null when fewer than two groups have rows.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <remarks>One pass over the rows, then counts: fit to follow a threshold that is dragged.</remarks>
    public static FairnessReport? Of(string column, IReadOnlyList<string?> groups, ReadOnlySpan<double> pd, ReadOnlySpan<bool> bad, double threshold, int seed = 1, string? against = null)
    {
        if (groups.Count != pd.Length || pd.Length != bad.Length) throw new ArgumentException("One group, PD and outcome per row.", nameof(groups));
        return Of(CodedGroups.Of(column, groups), pd, bad, threshold, seed, against);
    }

    /// <summary>The same for groups that are coded already. O(n), without a look at texts.</summary>
    public static FairnessReport? Of(CodedColumn column, ReadOnlySpan<double> pd, ReadOnlySpan<bool> bad, double threshold, int seed = 1, string? against = null)
    {
        if (column.Codes.Length != pd.Length || pd.Length != bad.Length) throw new ArgumentException("One group, PD and outcome per row.", nameof(column));
        var tallies = Array.ConvertAll(new GroupTally?[column.Levels.Count], _ => new GroupTally());
        for (var i = 0; i < bad.Length; i++)
        {
            if (column.Codes[i] >= 0) tallies[column.Codes[i]].Add(bad[i], pd[i] <= threshold, pd[i]);
        }

        var counts = new SortedDictionary<string, GroupTally>(StringComparer.Ordinal);
        for (var level = 0; level < tallies.Length; level++)
        {
            if (tallies[level].Count > 0) counts.Add(column.Levels[level], tallies[level]);
        }

        if (counts.Count < 2) return null;
        var reference = against is not null && counts.ContainsKey(against) ? against : Reference(counts);
        return new FairnessReport(column.Name, reference, [.. counts.Select((entry, place) => Compare(entry.Key, entry.Value, counts[reference], entry.Key == reference, seed, place))]);
    }

    private static string Reference(SortedDictionary<string, GroupTally> counts)
    {
        var fewest = Math.Max(FewestRows, 0.02 * counts.Values.Sum(of => of.Count));
        var large = counts.Where(entry => entry.Value.Count >= fewest).ToList();
        return large.Count > 0 ? large.MaxBy(entry => (double)entry.Value.Approved / entry.Value.Count).Key : counts.MaxBy(entry => entry.Value.Count).Key;
    }

    private static GroupFairness Compare(string group, GroupTally of, GroupTally reference, bool isReference, int seed, int place)
    {
        var approval = RateComparison.Of(of.Approved, of.Count, reference.Approved, reference.Count);
        var among = (Good: Gap(of.GoodApproved, of.Good, reference.GoodApproved, reference.Good), Bad: Gap(of.BadApproved, of.Bad, reference.BadApproved, reference.Bad));
        var odds = among is ({ } good, { } bad) ? Math.Max(Math.Abs(good), Math.Abs(bad)) : (double?)null;
        var power = FairnessPower.Of(approval.ReferenceRate, of.Count, reference.Count);
        var verdict = isReference && of.Count >= FewestRows ? FairnessVerdict.WithinFourFifths : Verdict(of, reference, approval, power);
        return new GroupFairness(group, of.Count, (double)of.Bad / of.Count, of.PdSum / of.Count, approval,
            RateComparison.Of(of.Good, of.Count, reference.Good, reference.Count), among.Good, odds, verdict)
        {
            Power = isReference ? null : power,
            Odds = isReference ? null : OddsBootstrap.Of(of, reference, seed, place),
        };
    }

    private static FairnessVerdict Verdict(GroupTally of, GroupTally reference, RateComparison approval, double power)
    {
        if (of.Count < FewestRows || reference.Count < FewestRows || power < FairnessPower.Least || approval.Ratio is not { } ratio) return FairnessVerdict.InsufficientEvidence;
        if (ratio >= FourFifths) return FairnessVerdict.WithinFourFifths;
        return approval.PValue < 0.05 ? FairnessVerdict.AdverseImpact : FairnessVerdict.InsufficientEvidence;
    }

    private static double? Gap(int part, int whole, int referencePart, int referenceWhole) =>
        whole > 0 && referenceWhole > 0 ? (double)part / whole - (double)referencePart / referenceWhole : null;
}
