using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Works out who is decided otherwise.</summary>
public static class SwapSets
{
    /// <summary>Compares.</summary>
    /// <param name="pairs">Cases as both sides see them.</param>
    /// <param name="bad">Known outcomes: true = bad, by application or prediction.</param>
    /// <param name="groups">Groups per sensitive input, by application.</param>
    public static SwapSetReport Of(IReadOnlyList<RolloutPair> pairs, IReadOnlyDictionary<Guid, bool> bad, IReadOnlyDictionary<string, IReadOnlyDictionary<Guid, string>> groups)
    {
        var places = pairs.ToLookup(PlaceOf);
        return new SwapSetReport
        {
            Cases = pairs.Count,
            From = pairs.Count == 0 ? null : pairs.Min(pair => pair.At),
            To = pairs.Count == 0 ? null : pairs.Max(pair => pair.At),
            ChampionApproval = MeanOf(pairs, pair => Approves(pair.Champion) ? 1 : 0),
            ChallengerApproval = MeanOf(pairs, pair => Approves(pair.Challenger) ? 1 : 0),
            Cells = [.. Enum.GetValues<SwapPlace>().Select(place => CellOf(place, [.. places[place]], pairs.Count, bad))],
            MeanShift = MeanOf(pairs, pair => pair.Challenger.Score - pair.Champion.Score),
            GradeChanged = MeanOf(pairs, pair => pair.Challenger.Grade == pair.Champion.Grade ? 0 : 1),
            Reasons = ChurnOf(pairs),
            Groups = [.. groups.OrderBy(input => input.Key, StringComparer.Ordinal).SelectMany(input => GroupsOf(input.Key, input.Value, pairs))],
        };
    }

    /// <summary>The place of a pair.</summary>
    public static SwapPlace PlaceOf(RolloutPair pair) => (Approves(pair.Champion), Approves(pair.Challenger)) switch
    {
        (true, true) => SwapPlace.BothApprove,
        (false, true) => SwapPlace.In,
        (true, false) => SwapPlace.Out,
        _ => SwapPlace.NeitherApproves,
    };

    private static bool Approves(PairedScore score) => score.Decision == Recommendation.Approve;

    private static SwapSetCell CellOf(SwapPlace place, IReadOnlyList<RolloutPair> pairs, int total, IReadOnlyDictionary<Guid, bool> bad)
    {
        var outcomes = pairs.Where(pair => bad.ContainsKey(pair.ApplicationId ?? pair.SubjectId)).Select(pair => bad[pair.ApplicationId ?? pair.SubjectId]).ToList();
        var bads = outcomes.Count(outcome => outcome);
        double? rate = outcomes.Count == 0 ? null : (double)bads / outcomes.Count;
        return new SwapSetCell(
            place, pairs.Count, total == 0 ? 0.0 : (double)pairs.Count / total, MeanOf(pairs, pair => pair.Champion.Pd), MeanOf(pairs, pair => pair.Challenger.Pd),
            LossOf(pairs.Select(pair => pair.Champion)), LossOf(pairs.Select(pair => pair.Challenger)), new SwapCell(outcomes.Count, bads, rate))
        { ObservedRange = rate is { } known ? BetaDistribution.Wilson(known, outcomes.Count) : null };
    }

    private static double? MeanOf(IReadOnlyList<RolloutPair> pairs, Func<RolloutPair, double> figure) => pairs.Count == 0 ? null : pairs.Average(figure);

    private static double? LossOf(IEnumerable<PairedScore> scores)
    {
        var losses = scores.Select(score => score.ExpectedLoss).OfType<double>().ToList();
        return losses.Count == 0 ? null : losses.Sum();
    }

    private static ReasonChurn? ChurnOf(IReadOnlyList<RolloutPair> pairs)
    {
        if (pairs.Count == 0) return null;
        string[] codes = [.. pairs.SelectMany(pair => pair.Champion.Reasons.Concat(pair.Challenger.Reasons)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var places = codes.Index().ToDictionary(code => code.Item, code => code.Index, StringComparer.Ordinal);
        int[] rows = [.. Enumerable.Range(0, pairs.Count)];
        return Comparing.ReasonsOf(SampleOf(pair => pair.Champion), SampleOf(pair => pair.Challenger));

        ReasonSample SampleOf(Func<RolloutPair, PairedScore> side) => new(rows, codes, [.. pairs.Select(pair => side(pair).Reasons.Select(code => places[code]).ToArray())]);
    }

    private static IEnumerable<SwapSetGroup> GroupsOf(string input, IReadOnlyDictionary<Guid, string> groups, IReadOnlyList<RolloutPair> pairs) => pairs
        .Where(pair => pair.ApplicationId is { } id && groups.ContainsKey(id)).GroupBy(pair => groups[pair.ApplicationId!.Value], StringComparer.Ordinal)
        .Where(group => group.Count() >= SwapSetReport.FewestOfAGroup).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group =>
        {
            var counts = new int[4];
            foreach (var pair in group) counts[(int)PlaceOf(pair)]++;
            double all = group.Count();
            return new SwapSetGroup(input, group.Key, counts, (counts[(int)SwapPlace.BothApprove] + counts[(int)SwapPlace.Out]) / all, (counts[(int)SwapPlace.BothApprove] + counts[(int)SwapPlace.In]) / all);
        });
}
