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

    /// <summary>Points that values in float32 may be off by, with much to spare.</summary>
    public const double Doubt = 1e-3;

    private readonly FactorSentences _sentences;
    private readonly int[][] _members;
    private readonly string[] _codes;
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
        _members = [.. Enumerable.Range(0, Families.Count).Select(family => Enumerable.Range(0, features.Count).Where(feature => Families.Of(feature) == family).ToArray())];
        _codes = [.. features.Select(feature => feature.Reason ?? feature.Name)];
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

    /// <summary>Codes of the rules that decided, as <see cref="FromRules"/> tells them.</summary>
    public static int CodesOfRules(PolicyOutcome policy, Span<ReasonPoints> to)
    {
        if (policy.DecidedByRule is not { } decisive) return 0;
        var count = 0;
        foreach (var rule in policy.Rules)
        {
            if (count == MaxReasons) break;
            if (rule.Fired != true || rule.Rule.Verdict != decisive.Rule.Verdict) continue;
            var known = false;
            foreach (var told in to[..count]) known |= told.Code == rule.Rule.Code;
            if (!known) to[count++] = new ReasonPoints(rule.Rule.Code, 0);
        }

        return count;
    }

    /// <summary>What lowers the score against the background: families of features by their joint points, the most adverse first.</summary>
    /// <param name="gap">Points per feature against the reason background.</param>
    /// <param name="families">Points per family, each as one player.</param>
    /// <param name="values">Values of the case.</param>
    public List<Reason> FromGap(double[] gap, double[] families, FeatureValues values) => Strongest(gap, families, values, adverse: true);

    /// <summary>What <see cref="FromGap"/> gives, without words and from values in float32.</summary>
    /// <param name="features">Contributions per feature, in margin units.</param>
    /// <param name="families">Contributions per family, each as one player.</param>
    /// <param name="perMargin">Points per unit of margin.</param>
    /// <param name="values">Values of the case.</param>
    /// <param name="to">At least <see cref="MaxReasons"/>.</param>
    /// <param name="count">Reasons found.</param>
    /// <returns>False where less than <see cref="Doubt"/> points decide which reasons there are, or in which order.</returns>
    public bool TryFromGap(ReadOnlySpan<float> features, ReadOnlySpan<float> families, double perMargin, FeatureValues values, Span<ReasonPoints> to, out int count)
    {
        count = 0;
        Span<(int Speaker, double Points)> found = stackalloc (int, double)[MaxReasons + 1];
        for (var family = 0; family < families.Length; family++)
        {
            var joint = families[family] * perMargin;
            if (joint >= Doubt - MinPoints) continue;
            if (joint > -MinPoints - Doubt || !TrySpeaker(family, features, perMargin, values, out var speaker)) return false;
            if (speaker >= 0 && !TryInsert(found, ref count, speaker, joint)) return false;
        }

        return TryTell(found[..count], to, ref count);
    }

    /// <summary>What raises the score: families of features by their joint points, the most favourable first.</summary>
    public List<Reason> Favourable(double[] points, double[] families, FeatureValues values) => Strongest(points, families, values, adverse: false);

    private List<Reason> Strongest(double[] points, double[] families, FeatureValues values, bool adverse)
    {
        var sign = adverse ? -1.0 : 1.0;
        var found = new List<(int Speaker, double Points)>();
        for (var family = 0; family < _members.Length; family++)
        {
            if (families[family] * sign < MinPoints) continue;
            if (Speaker(family, points, values, adverse) is { } speaker) found.Add((speaker, families[family]));
        }

        return [.. found.OrderByDescending(each => each.Points * sign).DistinctBy(each => _codes[each.Speaker]).Take(MaxReasons)
            .Select(each => _sentences.Tell(_features[each.Speaker], values, each.Points, adverse))];
    }

    // The family's strongest feature on the side of the sentence that may speak; the first of equals, null for none.
    private int? Speaker(int family, double[] points, FeatureValues values, bool adverse)
    {
        int? speaker = null;
        var strongest = 0.0;
        foreach (var feature in _members[family])
        {
            var strength = adverse ? -points[feature] : points[feature];
            if (strength > strongest && MayTell(feature, values, adverse)) (speaker, strongest) = (feature, strength);
        }

        return speaker;
    }

    // The family's most adverse feature that may speak; -1 for none. False where two are too close to tell apart and would say different things.
    private bool TrySpeaker(int family, ReadOnlySpan<float> features, double perMargin, FeatureValues values, out int speaker)
    {
        speaker = -1;
        var (strongest, next) = (0.0, 0.0);
        foreach (var feature in _members[family])
        {
            var points = -features[feature] * perMargin;
            if (points <= -Doubt || !MayTell(feature, values, adverse: true)) continue;
            if (points <= Doubt && _members[family].Length > 1) next = Math.Max(next, points);
            else if (points > strongest) (speaker, strongest, next) = (feature, points, Math.Max(next, strongest));
            else next = Math.Max(next, points);
        }

        return _members[family].Length == 1 || (speaker >= 0 ? strongest - next > Doubt : next <= 0);
    }

    // Keeps the strongest in order; one more than is told, so that the last one told is known to be stronger than the first one left out.
    private static bool TryInsert(Span<(int Speaker, double Points)> found, ref int count, int speaker, double points)
    {
        var place = count;
        while (place > 0 && found[place - 1].Points > points) place--;
        if ((place > 0 && points - found[place - 1].Points < Doubt) || (place < count && found[place].Points - points < Doubt)) return false;
        if (place == found.Length) return true;
        count = Math.Min(count + 1, found.Length);
        for (var i = count - 1; i > place; i--) found[i] = found[i - 1];
        found[place] = (speaker, points);
        return true;
    }

    // Two families may share a code: the one-row path then goes on to a fifth, which is not known here.
    private bool TryTell(ReadOnlySpan<(int Speaker, double Points)> found, Span<ReasonPoints> to, ref int count)
    {
        for (var i = 0; i < found.Length; i++)
        {
            var code = _codes[found[i].Speaker];
            for (var earlier = 0; earlier < i; earlier++)
            {
                if (_codes[found[earlier].Speaker] == code) return false;
            }

            if (i < MaxReasons) to[i] = new ReasonPoints(code, found[i].Points);
        }

        count = Math.Min(found.Length, MaxReasons);
        return true;
    }

    private bool MayTell(int i, FeatureValues values, bool adverse) =>
        !_sentences.IsSensitive(_features[i]) && FactorSentences.IsOnSide(_features[i], values.Model[i], _peers[i], adverse);
}
