using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Turns the gap to the reason background into the reasons that are issued.</summary>
internal sealed class ReasonFinder(FactorSentences sentences, IReadOnlyList<FeatureDefinition> features, double[] peers)
{
    /// <summary>Reasons at most.</summary>
    public const int MaxReasons = 4;

    /// <summary>Points that a reason counts for at least.</summary>
    public const double MinPoints = 1.0;

    /// <summary>The rules that decided, where a rule did: all that fired with the recommended verdict, in order.</summary>
    public List<Reason> FromRules(PolicyOutcome policy, FeatureValues values)
    {
        if (policy.DecidedByRule is not { } decisive) return [];
        return [.. policy.Rules.Where(rule => rule.Fired == true && rule.Rule.Verdict == decisive.Rule.Verdict)
            .DistinctBy(rule => rule.Rule.Code).Take(MaxReasons).Select(rule => sentences.Tell(rule.Rule, values))];
    }

    /// <summary>What lowers the score against the background: families of features by their joint points, the most adverse first.</summary>
    /// <param name="gap">Points per feature against the reason background.</param>
    /// <param name="values">Values of the case.</param>
    public List<Reason> FromGap(double[] gap, FeatureValues values) => Strongest(gap, values, adverse: true);

    /// <summary>What raises the score: families of features by their joint points, the most favourable first.</summary>
    public List<Reason> Favourable(double[] points, FeatureValues values) => Strongest(points, values, adverse: false);

    private List<Reason> Strongest(double[] points, FeatureValues values, bool adverse)
    {
        var sign = adverse ? -1.0 : 1.0;
        var found = new List<Reason>();
        foreach (var family in Enumerable.Range(0, features.Count).GroupBy(i => features[i].Group ?? features[i].Name))
        {
            var joint = family.Sum(i => points[i]);
            if (joint * sign < MinPoints) continue;
            var speaker = family.Where(i => points[i] * sign > 0 && MayTell(i, values, adverse)).OrderByDescending(i => points[i] * sign).ThenBy(i => i).Select(i => (int?)i).FirstOrDefault();
            if (speaker is { } index) found.Add(sentences.Tell(features[index], values, joint, adverse));
        }

        return [.. found.OrderByDescending(reason => reason.Points * sign).DistinctBy(reason => reason.Code).Take(MaxReasons)];
    }

    private bool MayTell(int i, FeatureValues values, bool adverse) =>
        !sentences.IsSensitive(features[i]) && FactorSentences.IsOnSide(features[i], values.Model[i], peers[i], adverse);
}
