using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Compares special codes as they stand in files.</summary>
public static class SpecialCodes
{
    /// <summary>Whether two spellings name one code: equal as numbers where both are numbers (<c>-1</c>, <c>-1.0</c>), else as texts.</summary>
    public static bool Equal(string one, string other) =>
        Number(one) is { } first && Number(other) is { } second ? first == second : one == other;

    /// <summary>The code as a number; null when it is none.</summary>
    public static double? Number(string code) =>
        double.TryParse(code, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
