namespace CreditWorkbench.Web.Components.Charts;

/// <summary>What a row of a waterfall stands for.</summary>
public enum WaterfallPart
{
    /// <summary>The baseline.</summary>
    Base,
    /// <summary>A factor that raises the score.</summary>
    Raises,
    /// <summary>A factor that lowers the score.</summary>
    Lowers,
    /// <summary>Smaller factors together, rounding, clip.</summary>
    Minor,
    /// <summary>The issued score.</summary>
    Score,
}

/// <summary>One row of a waterfall, in points.</summary>
/// <param name="Part">What it stands for.</param>
/// <param name="Label">What it is.</param>
/// <param name="Value">The applicant's value; empty for sums.</param>
/// <param name="From">Running total before it (unrounded points).</param>
/// <param name="To">Running total after it.</param>
public sealed record WaterfallRow(WaterfallPart Part, string Label, string Value, double From, double To)
{
    /// <summary>Points of the row.</summary>
    public double Points => To - From;

    /// <summary>The rows of a figure: base, the largest factors by size, the others folded, rounding, clip (when there is one), score.</summary>
    /// <param name="figure">A figure that adds up.</param>
    /// <param name="shown">How many factors get a row of their own.</param>
    /// <param name="words">Labels of the folded rows.</param>
    /// <exception cref="ArgumentException">The figure does not add up: nothing may be drawn.</exception>
    public static IReadOnlyList<WaterfallRow> Of(WaterfallFigure figure, int shown, WaterfallWords words)
    {
        if (!figure.AddsUp) throw new ArgumentException("A waterfall that does not end in the score is not drawn.", nameof(figure));
        var ordered = figure.Factors.OrderByDescending(f => Math.Abs(f.Points)).ToList();
        if (ordered.Count == shown + 1) shown++;
        var rows = new List<WaterfallRow> { new(WaterfallPart.Base, figure.BaseLabel, "", 0, figure.BasePoints) };
        foreach (var factor in ordered.Take(shown)) Add(PartOf(factor.Points), factor.Label, factor.Value, factor.Points);
        var folded = ordered.Skip(shown).ToList();
        if (folded.Count > 0) Add(WaterfallPart.Minor, words.Smaller(folded.Count), "", folded.Sum(f => f.Points));
        Add(WaterfallPart.Minor, words.Rounding, "", figure.Rounding);
        if (Math.Abs(figure.Clip) > WaterfallFigure.Tolerance) Add(WaterfallPart.Minor, words.Clip, "", figure.Clip);
        rows.Add(new WaterfallRow(WaterfallPart.Score, words.Score, "", 0, figure.Issued));
        return rows;

        void Add(WaterfallPart part, string label, string value, double points) =>
            rows.Add(new WaterfallRow(part, label, value, rows[^1].To, rows[^1].To + points));
    }

    private static WaterfallPart PartOf(double points) => points switch
    {
        >= 0.05 => WaterfallPart.Raises,
        <= -0.05 => WaterfallPart.Lowers,
        _ => WaterfallPart.Minor,
    };
}

/// <summary>Labels that do not come from the dictionary.</summary>
/// <param name="Smaller">Label of the folded factors, from their count.</param>
/// <param name="Rounding">Label of the rounding.</param>
/// <param name="Clip">Label of the clip.</param>
/// <param name="Score">Label of the score.</param>
public sealed record WaterfallWords(Func<int, string> Smaller, string Rounding, string Clip, string Score);
