namespace CreditWorkbench.Web.Components.Charts;

/// <summary>One factor of a waterfall.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The applicant's value, with unit.</param>
/// <param name="Points">Unrounded points; positive raises the score.</param>
public sealed record WaterfallFactor(string Label, string Value, double Points);

/// <summary>What a waterfall shows: base, factors, rounding and clip, which end in the issued score.</summary>
/// <param name="BaseLabel">Which baseline it starts from.</param>
/// <param name="BasePoints">Unrounded points of the baseline.</param>
/// <param name="Factors">All factors, in any order.</param>
/// <param name="Rounding">Points added by rounding.</param>
/// <param name="Clip">Points added by the clip to the scale.</param>
/// <param name="Issued">The issued score.</param>
/// <param name="IssuedTone">Colour of the score's band, a to e.</param>
/// <param name="ApproveFrom">Cut-off for approval; null without one.</param>
public sealed record WaterfallFigure(
    string BaseLabel, double BasePoints, IReadOnlyList<WaterfallFactor> Factors, double Rounding, double Clip, int Issued, char IssuedTone, int? ApproveFrom)
{
    /// <summary>Largest difference that is still an exact sum of doubles.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>Base, factors, rounding and clip together, minus the issued score.</summary>
    public double Difference => BasePoints + Factors.Sum(f => f.Points) + Rounding + Clip - Issued;

    /// <summary>Whether the bars end in the issued score; a drawing exists only then.</summary>
    public bool AddsUp => Math.Abs(Difference) <= Tolerance;
}
