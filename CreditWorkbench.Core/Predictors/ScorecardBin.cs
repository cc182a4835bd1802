namespace CreditWorkbench.Core.Predictors;

/// <summary>One line of a printed scorecard.</summary>
/// <param name="Goods">Weight of good training rows in the bin; at least 0.</param>
/// <param name="Bads">Weight of bad training rows in the bin; at least 0.</param>
/// <param name="Woe">Weight of evidence: log of share of goods over share of bads; higher is better; 0 in a bin without rows.</param>
/// <param name="ExactTerm">Log-odds of bad before points were rounded; kept for the report, the score does not use it.</param>
/// <param name="Points">Points of the printed scorecard; higher is better.</param>
public readonly record struct ScorecardBin(double Goods, double Bads, double Woe, double ExactTerm, int Points)
{
    /// <summary>Most points of one bin, either side of 0.</summary>
    public const int MaxPoints = 1_000_000;

    /// <summary>Whether all numbers are finite and the points printable.</summary>
    internal bool IsSound => double.IsFinite(Goods) && double.IsFinite(Bads) && Goods >= 0.0 && Bads >= 0.0 && BoundedNumber.IsBounded(Woe) && BoundedNumber.IsBounded(ExactTerm)
        && Points is >= -MaxPoints and <= MaxPoints;
}
