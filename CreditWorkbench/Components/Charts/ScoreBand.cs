namespace CreditWorkbench.Web.Components.Charts;

/// <summary>One band of a score scale.</summary>
/// <param name="Code">Letter, or a short name.</param>
/// <param name="Label">What the band is called.</param>
/// <param name="From">Lowest score in it.</param>
/// <param name="To">Highest score in it.</param>
/// <param name="Tone">Colour: a (best) to e (worst).</param>
public sealed record ScoreBand(string Code, string Label, int From, int To, char Tone)
{
    /// <summary>Whether a score falls into the band.</summary>
    public bool Holds(int score) => score >= From && score <= To;

    /// <summary>The colour of the i-th of n bands, best first: spread over the five colours, ends at both ends.</summary>
    public static char ToneOf(int index, int count) => count <= 1 ? 'c' : (char)('a' + (int)Math.Round(4.0 * index / (count - 1), MidpointRounding.ToEven));

    /// <summary>Bands from lower limits, best first.</summary>
    /// <param name="grades">Code, label and lowest score of each band, best first.</param>
    /// <param name="maximum">Highest score of the scale.</param>
    public static IReadOnlyList<ScoreBand> Of(IReadOnlyList<(string Code, string Label, int From)> grades, int maximum) =>
        [.. grades.Select((grade, i) => new ScoreBand(grade.Code, grade.Label, grade.From, i == 0 ? maximum : grades[i - 1].From - 1, ToneOf(i, grades.Count)))];
}
