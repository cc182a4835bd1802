using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Turns the gap to the reason background into the reasons that are issued.</summary>
internal sealed class ReasonFinder
{
    /// <summary>Reasons at most.</summary>
    public const int MaxReasons = 4;

    /// <summary>Points that a reason counts for at least.</summary>
    public const double MinPoints = 1.0;

    private readonly FactorSentences _sentences;
    private readonly IReadOnlyList<FeatureDefinition> _features;
    private readonly double[] _peers;

    /// <summary>Prepares for one model.</summary>
    /// <param name="sentences">Wording.</param>
    /// <param name="features">The model's features.</param>
    /// <param name="peers">Usual value per feature among the reason background; NaN without.</param>
    public ReasonFinder(FactorSentences sentences, IReadOnlyList<FeatureDefinition> features, double[] peers)
    {
        (_sentences, _features, _peers) = (sentences, features, peers);
        string[] names = [.. features.Select(feature => feature.Group ?? feature.Name)];
        FamilyNames = [.. names.Distinct()];
        Families = new Players([.. names.Select(name => FamilyNames.IndexOf(name))], features.Count);
    }

    /// <summary>Families of features, which play as one: the dictionary's groups in the order of the features.</summary>
    public Players Families { get; }

    /// <summary>Name of each family.</summary>
    public List<string> FamilyNames { get; }

    /// <summary>The finder of a model.</summary>
    public static ReasonFinder Of(ScoringModel model, FeatureMatrix reasonBackground)
    {
        var definition = model.Program.Definition;
        return new ReasonFinder(new FactorSentences(definition), [.. model.Columns.Select(column => definition.Feature(column.Name)!)], ReasonBackground.Peers(reasonBackground));
    }

    /// <summary>The rules that decided, where a rule did: all that fired with the recommended verdict, in order.</summary>
    public List<Reason> FromRules(PolicyOutcome policy, FeatureValues values)
    {
        if (policy.DecidedByRule is not { } decisive) return [];
        return [.. policy.Rules.Where(rule => rule.Fired == true && rule.Rule.Verdict == decisive.Rule.Verdict)
            .DistinctBy(rule => rule.Rule.Code).Take(MaxReasons).Select(rule => _sentences.Tell(rule.Rule, values))];
    }

    /// <summary>What lowers the score against the background: families of features by their joint points, the most adverse first.</summary>
    /// <param name="gap">Points per feature against the reason background.</param>
    /// <param name="families">Points per family, each as one player.</param>
    /// <param name="values">Values of the case.</param>
    public List<Reason> FromGap(double[] gap, double[] families, FeatureValues values) => Strongest(gap, families, values, adverse: true);

    /// <summary>What raises the score: families of features by their joint points, the most favourable first.</summary>
    public List<Reason> Favourable(double[] points, double[] families, FeatureValues values) => Strongest(points, families, values, adverse: false);

    private List<Reason> Strongest(double[] points, double[] families, FeatureValues values, bool adverse)
    {
        var sign = adverse ? -1.0 : 1.0;
        var found = new List<Reason>();
        foreach (var family in Enumerable.Range(0, _features.Count).GroupBy(Families.Of))
        {
            var joint = families[family.Key];
            if (joint * sign < MinPoints) continue;
            var speaker = family.Where(i => points[i] * sign > 0 && MayTell(i, values, adverse)).OrderByDescending(i => points[i] * sign).ThenBy(i => i).Select(i => (int?)i).FirstOrDefault();
            if (speaker is { } index) found.Add(_sentences.Tell(_features[index], values, joint, adverse));
        }

        return [.. found.OrderByDescending(reason => reason.Points * sign).DistinctBy(reason => reason.Code).Take(MaxReasons)];
    }

    private bool MayTell(int i, FeatureValues values, bool adverse) =>
        !_sentences.IsSensitive(_features[i]) && FactorSentences.IsOnSide(_features[i], values.Model[i], _peers[i], adverse);
}
