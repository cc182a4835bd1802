using CreditWorkbench.Core.Evaluation;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Approval of one group under both sides, on the same cases, against the group that the challenger approves most often.</summary>
/// <param name="Input">Sensitive input.</param>
/// <param name="Group">Value or band.</param>
/// <param name="Reference">Group that it is compared with.</param>
/// <param name="Count">Cases of the group.</param>
/// <param name="ReferenceCount">Cases of the reference group.</param>
/// <param name="Champion">Under the champion.</param>
/// <param name="Challenger">Under the challenger.</param>
public sealed record GroupFigures(string Input, string Group, string Reference, int Count, int ReferenceCount, RateComparison Champion, RateComparison Challenger)
{
    /// <summary>Groups under this many cases are not compared.</summary>
    public const int FewestCases = FairnessAudit.FewestRows;

    /// <summary>Compares the groups of one input.</summary>
    /// <param name="input">Its name.</param>
    /// <param name="cases">Group and decisions of each case; a case without a group is left out.</param>
    /// <returns>One entry per group but the reference; empty when fewer than two groups are large enough.</returns>
    public static IReadOnlyList<GroupFigures> Of(string input, IEnumerable<(string? Group, bool ChampionApproves, bool ChallengerApproves)> cases)
    {
        var tallies = new SortedDictionary<string, (int Count, int Champion, int Challenger)>(StringComparer.Ordinal);
        foreach (var (group, champion, challenger) in cases)
        {
            if (group is null) continue;
            var tally = tallies.GetValueOrDefault(group);
            tallies[group] = (tally.Count + 1, tally.Champion + (champion ? 1 : 0), tally.Challenger + (challenger ? 1 : 0));
        }

        var large = tallies.Where(entry => entry.Value.Count >= FewestCases).ToList();
        if (large.Count < 2) return [];
        var (reference, best) = large.MaxBy(entry => (double)entry.Value.Challenger / entry.Value.Count);
        return
        [
            .. large.Where(entry => entry.Key != reference).Select(entry => new GroupFigures(
                input, entry.Key, reference, entry.Value.Count, best.Count,
                RateComparison.Of(entry.Value.Champion, entry.Value.Count, best.Champion, best.Count),
                RateComparison.Of(entry.Value.Challenger, entry.Value.Count, best.Challenger, best.Count))),
        ];
    }
}
