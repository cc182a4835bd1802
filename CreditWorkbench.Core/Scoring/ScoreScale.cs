using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Scoring;

/// <summary>Turns a position into points: calibrated log-odds of bad on an odds scale, z on an ordinal one.</summary>
public abstract class ScoreScale
{
    /// <summary>Sets the limits of issued scores.</summary>
    /// <exception cref="ArgumentException">The limits are reversed.</exception>
    private protected ScoreScale(int min, int max)
    {
        if (min >= max) throw new ArgumentException($"The lowest score {min} lies below the highest {max}.", nameof(min));
        (Min, Max) = (min, max);
    }

    /// <summary>Lowest issued score.</summary>
    public int Min { get; }

    /// <summary>Highest issued score.</summary>
    public int Max { get; }

    /// <summary>Whether positions are z; else calibrated log-odds of bad.</summary>
    public abstract bool IsOrdinal { get; }

    /// <summary>How far above the approve cut-off a row of the reason background may lie, in points.</summary>
    public abstract double ReasonReach { get; }

    /// <summary>The scale that a dictionary states.</summary>
    public static ScoreScale Of(ScorecardDefinition definition) => definition.Target.IsOrdinal
        ? new OrdinalScale([.. definition.Target.Classes.Select(each => definition.Scale.Anchors[each.Name])], definition.Scale.Min, definition.Scale.Max)
        : new OddsScale(definition.Scale.Base, definition.Scale.Odds, definition.Scale.Pdo, definition.Scale.Min, definition.Scale.Max);

    /// <summary>Points of a position, before rounding and clip.</summary>
    public abstract double Points(double position);

    /// <summary>Points per unit of position between two positions: (Points(to) - Points(from)) / (to - from), the slope there when
    /// both are equal. Carries Shapley values to points so that they still add up.</summary>
    public abstract double Secant(double from, double to);

    /// <summary>Points rounded half away from zero, not yet clipped.</summary>
    public static double Round(double points) => Math.Round(points, MidpointRounding.AwayFromZero);

    /// <summary>The integer that is issued: round half away from zero, then clip to the limits.</summary>
    /// <exception cref="ArgumentException">The points are not a number.</exception>
    public int Issue(double points) => double.IsNaN(points)
        ? throw new ArgumentException("A score has points.", nameof(points))
        : (int)Math.Clamp(Round(points), Min, Max);
}
