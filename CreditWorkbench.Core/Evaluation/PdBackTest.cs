namespace CreditWorkbench.Core.Evaluation;

/// <summary>How a grade's defaults look beside its PD.</summary>
public enum TrafficLight
{
    /// <summary>As many defaults as the PD lets expect, or fewer.</summary>
    Green,
    /// <summary>More than expected, at the 5 % level.</summary>
    Yellow,
    /// <summary>More than expected, at the .01 % level.</summary>
    Red,
}

/// <summary>Predicted against observed defaults of one grade.</summary>
public sealed record GradeBackTest
{
    /// <summary>Name of the grade.</summary>
    public required string Grade { get; init; }
    /// <summary>Rows.</summary>
    public required int Count { get; init; }
    /// <summary>Bad rows.</summary>
    public required int Defaults { get; init; }
    /// <summary>Mean issued PD: what is tested.</summary>
    public required double MeanPd { get; init; }
    /// <summary>Share of bad rows.</summary>
    public required double DefaultRate { get; init; }
    /// <summary>Lower limit of the 95 % Jeffreys interval of the default rate.</summary>
    public required double Low { get; init; }
    /// <summary>Upper limit.</summary>
    public required double High { get; init; }
    /// <summary>Chance of so many defaults or more when the PD is true (binomial, one-sided): small when the PD is too low.</summary>
    public required double BinomialP { get; init; }
    /// <summary>Mass of Jeffreys' posterior below the PD, one-sided: small when the PD is too low.</summary>
    public required double JeffreysP { get; init; }
    /// <summary>Jeffreys' p-value, adjusted for the number of grades by Holm's step-down.</summary>
    public required double HolmP { get; init; }
    /// <summary>By the binomial p-value: below .05 yellow, below .0001 red.</summary>
    public required TrafficLight Light { get; init; }
}

/// <summary>Hosmer-Lemeshow test over the grades.</summary>
/// <param name="Statistic">Sum over grades of (defaults - expected)^2 / (n p (1 - p)).</param>
/// <param name="Degrees">Number of grades with rows: the PDs were not fitted on these rows.</param>
/// <param name="PValue">Chance of a larger statistic when every PD is true.</param>
public sealed record HosmerLemeshow(double Statistic, int Degrees, double PValue);

/// <summary>PDs against outcomes, grade by grade.</summary>
/// <param name="Grades">Grades with rows, best first.</param>
/// <param name="HosmerLemeshow">Over all grades.</param>
/// <param name="Light">The worst colour by the Holm-adjusted p-values: below .05 yellow, below .0001 red.</param>
public sealed record PdBackTest(IReadOnlyList<GradeBackTest> Grades, HosmerLemeshow HosmerLemeshow, TrafficLight Light);
