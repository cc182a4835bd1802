namespace CreditWorkbench.Web.Components.Charts;

/// <summary>A linear axis: values to places, with ticks at round values.</summary>
public sealed class ChartAxis
{
    private readonly double _low;
    private readonly double _perUnit;
    private readonly double _from;

    /// <summary>Lays values out between two places.</summary>
    /// <param name="low">Lowest value.</param>
    /// <param name="high">Highest value.</param>
    /// <param name="from">Place of the lowest value.</param>
    /// <param name="to">Place of the highest value; below <paramref name="from"/> for axes that rise upwards.</param>
    /// <param name="ticks">About how many ticks.</param>
    public ChartAxis(double low, double high, double from, double to, int ticks = 5)
    {
        if (high - low < 1e-12) (low, high) = (low - 0.5, high + 0.5);
        (_low, _from, _perUnit) = (low, from, (to - from) / (high - low));
        (Low, High, Step) = (low, high, Svg.NiceStep(high - low, ticks));
        var values = new List<double>();
        for (var k = Math.Ceiling(low / Step - 1e-9); k * Step <= high + Step * 1e-9; k++) values.Add(k * Step + 0.0);
        Ticks = values;
    }

    /// <summary>Lowest value.</summary>
    public double Low { get; }

    /// <summary>Highest value.</summary>
    public double High { get; }

    /// <summary>Distance of ticks.</summary>
    public double Step { get; }

    /// <summary>Values of ticks, rising.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Decimals that tell the ticks apart, at most four.</summary>
    public int Decimals => Step >= 1 ? 0 : Math.Min(4, (int)Math.Ceiling(-Math.Log10(Step) - 1e-9));

    /// <summary>Place of a value; one beyond an end stands at that end.</summary>
    public double At(double value) => _from + (Math.Clamp(value, Low, High) - _low) * _perUnit;
}
