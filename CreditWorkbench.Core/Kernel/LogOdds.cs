using System.Globalization;

namespace CreditWorkbench.Core.Kernel;

/// <summary>Natural logarithm of the odds bad : good. Finite; higher is worse.</summary>
public readonly record struct LogOdds
{
    /// <summary>Wraps a finite value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public LogOdds(double value) =>
        Value = double.IsFinite(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Log-odds are finite.");

    /// <summary>The log-odds.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}
