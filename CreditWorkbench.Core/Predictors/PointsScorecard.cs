using System.Collections.Immutable;

namespace CreditWorkbench.Core.Predictors;

/// <summary>A points scorecard. The printed points are the model: each term is its bin's integer points carried to log-odds, so that
/// points add up to the score without a remainder.</summary>
public sealed class PointsScorecard : AdditivePredictor
{
    private readonly ImmutableArray<ImmutableArray<double>> _terms;

    /// <summary>Assembles a scorecard.</summary>
    /// <param name="scale">Scale of the points.</param>
    /// <param name="basePoints">Points before any characteristic.</param>
    /// <param name="exactIntercept">Log-odds before any characteristic and before rounding; kept for the report.</param>
    /// <param name="characteristics">One per feature.</param>
    /// <param name="meanTerms">Mean of each characteristic's term over the training rows; shape [characteristics].</param>
    /// <exception cref="ArgumentException">Lengths differ, or a number is not finite or out of order.</exception>
    public PointsScorecard(
        PointsScale scale, int basePoints, double exactIntercept, ImmutableArray<ScorecardCharacteristic> characteristics, ImmutableArray<double> meanTerms)
        : base(scale.LogOddsOf(basePoints), meanTerms)
    {
        if (Fault(scale, basePoints, exactIntercept, characteristics, meanTerms.Length) is { } fault) throw new ArgumentException(fault, nameof(characteristics));
        (Scale, BasePoints, ExactIntercept, Characteristics) = (scale, basePoints, exactIntercept, characteristics);
        _terms = [.. characteristics.Select(characteristic => characteristic.Bins.Select(bin => scale.TermOf(bin.Points)).ToImmutableArray())];
    }

    /// <inheritdoc/>
    public override string Family => "scorecard";

    /// <summary>Scale of the points.</summary>
    public PointsScale Scale { get; }

    /// <summary>Points before any characteristic.</summary>
    public int BasePoints { get; }

    /// <summary>Log-odds before any characteristic and before rounding.</summary>
    public double ExactIntercept { get; }

    /// <summary>Bins and points of each column.</summary>
    public ImmutableArray<ScorecardCharacteristic> Characteristics { get; }

    /// <inheritdoc/>
    public override double Term(int column, float value) => _terms[column][Characteristics[column].BinOf(value)];

    /// <summary>Points of a value.</summary>
    public int PointsOf(int column, float value)
    {
        var characteristic = Characteristics[column];
        return characteristic.Bins[characteristic.BinOf(value)].Points;
    }

    /// <summary>The score as one adds it up on paper: base points and the points of each column.</summary>
    /// <param name="features">Shape [FeatureCount].</param>
    public int Score(ReadOnlySpan<float> features)
    {
        var score = BasePoints;
        for (var column = 0; column < FeatureCount; column++) score += PointsOf(column, features[column]);
        return score;
    }

    /// <summary>The score before points were rounded, on the same scale.</summary>
    /// <param name="features">Shape [FeatureCount].</param>
    public double ExactScore(ReadOnlySpan<float> features)
    {
        var logOdds = ExactIntercept;
        for (var column = 0; column < FeatureCount; column++)
        {
            var characteristic = Characteristics[column];
            logOdds += characteristic.Bins[characteristic.BinOf(features[column])].ExactTerm;
        }

        return Scale.ScoreOf(logOdds);
    }

    /// <summary>What is wrong with the parts; null when nothing is.</summary>
    internal static string? Fault(PointsScale scale, int basePoints, double exactIntercept, ImmutableArray<ScorecardCharacteristic> characteristics, int expected)
    {
        if (scale.Fault() is { } scaleFault) return scaleFault;
        if (basePoints is < -ScorecardBin.MaxPoints or > ScorecardBin.MaxPoints || !BoundedNumber.IsBounded(exactIntercept)) return "The base points cannot be printed.";
        if (characteristics.IsDefault || characteristics.Length != expected) return $"Expected {expected} characteristics.";
        for (var i = 0; i < characteristics.Length; i++)
        {
            if (characteristics[i].Fault() is { } fault) return $"Characteristic {i}: {fault}";
        }

        return null;
    }
}
