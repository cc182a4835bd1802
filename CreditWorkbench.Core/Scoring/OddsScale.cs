using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Scoring;

/// <summary>Points that fall linearly with the log-odds of bad: score = offset - factor x l.</summary>
/// <remarks>factor = PDO / ln 2, offset = base - factor x ln(odds good : bad at base).</remarks>
public sealed class OddsScale : ScoreScale
{
    private readonly double _pdo;

    /// <summary>Fixes the scale.</summary>
    /// <param name="basePoints">Score at <paramref name="odds"/>.</param>
    /// <param name="odds">Odds good : bad, positive.</param>
    /// <param name="pdo">Points that double the odds, positive.</param>
    /// <param name="min">Lowest issued score.</param>
    /// <param name="max">Highest issued score.</param>
    /// <exception cref="ArgumentException">Odds or PDO are not positive, or the limits are reversed.</exception>
    public OddsScale(double basePoints, double odds, double pdo, int min, int max)
        : base(min, max)
    {
        if (!(odds > 0) || !(pdo > 0)) throw new ArgumentException("Odds and points to double them are positive.", nameof(odds));
        _pdo = pdo;
        Factor = pdo / ReproducibleMath.Ln2;
        Offset = basePoints - Factor * ReproducibleMath.Log(odds);
    }

    /// <summary>Points per unit of log-odds.</summary>
    public double Factor { get; }

    /// <summary>Points at even odds.</summary>
    public double Offset { get; }

    /// <inheritdoc/>
    public override bool IsOrdinal => false;

    /// <inheritdoc/>
    public override double ReasonReach => _pdo / 2;

    /// <inheritdoc/>
    public override double Points(double position) => Offset - Factor * position;

    /// <inheritdoc/>
    public override double Secant(double from, double to) => -Factor;

    /// <summary>Probability of bad that a number of points stands for on this scale.</summary>
    public double PdOf(double points) => ReproducibleMath.Logistic((Offset - points) / Factor);
}
