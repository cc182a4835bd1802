namespace CreditWorkbench.Core.Intake;

/// <summary>Allowed range of an input from the values that a file holds: rounded outward and with room, because later applicants
/// are not those of the file, but never over a special code.</summary>
internal static class InferredRange
{
    /// <summary>The range.</summary>
    /// <param name="minimum">Smallest ordinary value.</param>
    /// <param name="maximum">Largest ordinary value, not below.</param>
    /// <param name="codes">Special codes, all outside the values.</param>
    /// <param name="whole">Whether the input is an integer.</param>
    public static (double Minimum, double Maximum) Of(double minimum, double maximum, IEnumerable<double> codes, bool whole)
    {
        var room = Math.Max(maximum - minimum, Math.Max(Math.Abs(maximum), Math.Abs(minimum)) * 0.1);
        var low = minimum >= 0 ? 0 : -RoundUp(room - minimum);
        var high = maximum <= 0 ? 0 : RoundUp(maximum + room);
        foreach (var code in codes)
        {
            // Half way keeps fractions near the code outside; whole numbers end one before it.
            if (code < minimum && code >= low) low = whole ? code + 1 : code + (minimum - code) / 2;
            if (code > maximum && code <= high) high = whole ? code - 1 : maximum + (code - maximum) / 2;
        }

        return (low, high);
    }

    /// <summary>The next number of one digit and zeros, for example 1,284 to 2,000.</summary>
    private static double RoundUp(double value)
    {
        if (value <= 0) return 0;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        var rounded = Math.Ceiling(value / power) * power;
        return double.IsFinite(rounded) ? rounded : double.MaxValue;
    }
}
