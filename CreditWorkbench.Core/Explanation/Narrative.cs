using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Plain-language account of a waterfall, from the dictionary's sentences only.</summary>
internal static class Narrative
{
    private const int MaxSentences = 4;

    /// <summary>At most four sentences, strongest family first, each with its strongest feature's own points.</summary>
    /// <param name="sentences">Wording.</param>
    /// <param name="features">The model's features.</param>
    /// <param name="contributions">Contributions in the same order.</param>
    /// <param name="peers">Usual value per feature; NaN without.</param>
    /// <param name="values">Values of the case.</param>
    public static LocalizedText Of(
        FactorSentences sentences, IReadOnlyList<FeatureDefinition> features, IReadOnlyList<Contribution> contributions, double[] peers, FeatureValues values)
    {
        var told = Enumerable.Range(0, features.Count)
            .Where(i => contributions[i].Effect != Effect.Neutral && !sentences.IsSensitive(features[i]))
            .OrderByDescending(i => Math.Abs(contributions[i].Points)).ThenBy(i => i)
            .DistinctBy(i => contributions[i].Group).Take(MaxSentences)
            .Select(i => (Text: Wording(sentences, features[i], contributions[i], peers[i], values, i), contributions[i].Points)).ToList();
        return sentences.Display.InEachLanguage(language => told.Count == 0
            ? NothingStrong(language)
            : string.Join(' ', told.Select(each => $"{each.Text.In(language).TrimEnd('.')} ({ValueDisplay.Points(each.Points, language)}).")));
    }

    private static LocalizedText Wording(FactorSentences sentences, FeatureDefinition feature, Contribution contribution, double peer, FeatureValues values, int index)
    {
        var adverse = contribution.Points < 0;
        return FactorSentences.IsOnSide(feature, values.Model[index], peer, adverse)
            ? sentences.Sentence(feature, values, adverse)
            : sentences.Display.Statement(feature, contribution.Value);
    }

    private static string NothingStrong(string language) => language == "id"
        ? "Tidak ada faktor yang menggeser skor lima poin atau lebih."
        : "No factor moves the score by five points or more.";
}
