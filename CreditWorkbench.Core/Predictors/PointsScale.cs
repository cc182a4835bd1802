using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Predictors;

/// <summary>The scale that a points scorecard is printed on: so many points double the odds of good.</summary>
/// <param name="PointsToDouble">Points that double the odds good : bad, above 0.</param>
/// <param name="BaseScore">Score at the base odds.</param>
/// <param name="BaseOdds">Odds good : bad at the base score, above 0.</param>
/// <remarks>Siddiqi (2006), chapter 6.</remarks>
public sealed record PointsScale(double PointsToDouble, double BaseScore, double BaseOdds)
{
    /// <summary>600 points at 19 : 1, 50 points double the odds.</summary>
    public static PointsScale Default { get; } = new(50.0, 600.0, 19.0);

    /// <summary>Points per unit of log-odds.</summary>
    public double Factor { get; } = PointsToDouble / ReproducibleMath.Ln2;

    /// <summary>Score at even odds.</summary>
    public double Offset { get; } = BaseScore - PointsToDouble / ReproducibleMath.Ln2 * ReproducibleMath.Log(BaseOdds);

    /// <summary>The score of log-odds of bad.</summary>
    public double ScoreOf(double logOdds) => Offset - Factor * logOdds;

    /// <summary>The log-odds of bad of a score.</summary>
    public double LogOddsOf(double score) => (Offset - score) / Factor;

    /// <summary>The points, before rounding, that stand for a term in log-odds of bad.</summary>
    public double PointsOf(double term) => -Factor * term;

    /// <summary>The term in log-odds of bad that points stand for.</summary>
    public double TermOf(int points) => -points / Factor;

    /// <summary>What is wrong with the scale; null when nothing is.</summary>
    internal string? Fault()
    {
        var isUsable = PointsToDouble is >= 1e-6 and <= 1e9 && BaseOdds is >= 1e-9 and <= 1e9 && Math.Abs(BaseScore) <= 1e9;
        return isUsable ? null : "A points scale has points to double the odds from 1e-6 to 1e9, base odds from 1e-9 to 1e9 and a base score of at most 1e9.";
    }
}
