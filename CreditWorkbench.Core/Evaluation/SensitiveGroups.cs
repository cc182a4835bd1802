using System.Globalization;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Turns a sensitive column into named groups.</summary>
public static class SensitiveGroups
{
    private const int MostValues = 8;

    private static readonly double[] Quartiles = [0.25, 0.5, 0.75];

    /// <summary>Groups of a numeric column: bands at given borders, else single values where there are few, else quartile bands.</summary>
    /// <param name="values">Shape [n]; NaN where unknown, which gives no group.</param>
    /// <param name="bands">Upper borders, inclusive, rising; empty to choose by the data.</param>
    public static string?[] OfNumbers(IReadOnlyList<double> values, IReadOnlyList<double> bands)
    {
        double[] known = [.. values.Where(double.IsFinite).Order()];
        if (known.Length == 0) return new string?[values.Count];
        double[] distinct = [.. known.Distinct().Take(MostValues + 1)];
        if (bands.Count == 0 && distinct.Length <= MostValues) return [.. values.Select(value => double.IsFinite(value) ? Text(value) : null)];
        double[] borders = bands.Count > 0 ? [.. bands] : [.. Quartiles.Select(share => Quantiles.OfSorted(known, share)).Distinct()];
        return [.. values.Select(value => double.IsFinite(value) ? Band(value, borders) : null)];
    }

    private static string Band(double value, double[] borders)
    {
        var band = 0;
        while (band < borders.Length && value > borders[band]) band++;
        if (band == 0) return $"<= {Text(borders[0])}";
        return band == borders.Length ? $"> {Text(borders[^1])}" : $"> {Text(borders[band - 1])}, <= {Text(borders[band])}";
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
