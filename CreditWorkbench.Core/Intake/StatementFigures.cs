namespace CreditWorkbench.Core.Intake;

/// <summary>Medians, spreads and slopes of short series.</summary>
internal static class StatementFigures
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Population standard deviation divided by the mean; null when the mean is 0.</summary>
    public static double? Variation(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return mean == 0 ? null : Math.Sqrt(values.Average(value => (value - mean) * (value - mean))) / mean;
    }

    /// <summary>Median of all pairwise slopes against the position (Theil, 1950; Sen, 1968).</summary>
    /// <param name="values">At least two.</param>
    public static double TheilSenSlope(double[] values)
    {
        var slopes = new List<double>();
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = i + 1; j < values.Length; j++) slopes.Add((values[j] - values[i]) / (j - i));
        }

        return Median(slopes);
    }
}
