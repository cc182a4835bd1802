using System.Globalization;

namespace CreditWorkbench.Core.Kernel;

/// <summary>Probability of default over the scorecard's horizon. Unitless, in [0, 1].</summary>
public readonly record struct Probability
{
    /// <summary>Wraps a value that is already a probability.</summary>
    /// <param name="value">In [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1], or NaN.</exception>
    public Probability(double value) =>
        Value = value is >= 0.0 and <= 1.0 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A probability lies in [0, 1].");

    /// <summary>The probability, in [0, 1].</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}
