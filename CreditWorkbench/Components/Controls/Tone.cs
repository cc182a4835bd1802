namespace CreditWorkbench.Web.Components.Controls;

/// <summary>What a colour means; a word or an icon always says it too.</summary>
public enum Tone
{
    /// <summary>No meaning.</summary>
    Neutral,
    /// <summary>Good for the applicant, or in order.</summary>
    Favourable,
    /// <summary>Bad for the applicant, or failed.</summary>
    Adverse,
    /// <summary>Needs a look.</summary>
    Caution,
    /// <summary>Chosen, one's own.</summary>
    Accent,
    /// <summary>A quiet fact.</summary>
    Outline,
}

/// <summary>Class names of tones.</summary>
public static class ToneNames
{
    /// <summary>The class name of a tone; empty for neutral.</summary>
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Favourable => "favourable",
        Tone.Adverse => "adverse",
        Tone.Caution => "caution",
        Tone.Accent => "accent",
        Tone.Outline => "outline",
        _ => "",
    };
}
