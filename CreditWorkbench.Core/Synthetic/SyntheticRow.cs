using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>How a file is generated.</summary>
/// <param name="Seed">Seed.</param>
/// <param name="Drift">Strength of the drift switch, in [0, 1].</param>
/// <param name="Bias">Strength of the bias switch, in [0, 1].</param>
public readonly record struct SyntheticSwitches(long Seed, double Drift = 0, double Bias = 0);

/// <summary>One generated case with its truth.</summary>
/// <param name="Id">Value of the id column.</param>
/// <param name="Date">Day of application.</param>
/// <param name="Record">What is observed: special codes and missing values in place.</param>
/// <param name="TrueRecord">The values before masking.</param>
/// <param name="Outcome">1 bad, 0 good; ordinal: zero-based index of the class, best first.</param>
/// <param name="LogOdds">Log-odds of bad from the observable true values, without the term that nobody observes; ordinal: r, from
/// which the cuts are taken.</param>
/// <param name="DrawnLogOdds">Log-odds with that term, from which the outcome was drawn.</param>
/// <param name="Probabilities">Probability of each outcome under <paramref name="DrawnLogOdds"/>, in the order of
/// <paramref name="Outcome"/>.</param>
public sealed record SyntheticRow(
    string Id, DateOnly Date, InputRecord Record, InputRecord TrueRecord, int Outcome, double LogOdds, double DrawnLogOdds, IReadOnlyList<double> Probabilities);
