namespace CreditWorkbench.Core.Features;

/// <summary>A transform whose numbers were fitted on training rows only. Immutable.</summary>
public abstract class FittedTransform
{
    private protected FittedTransform()
    {
    }

    /// <summary>Byte that names the kind in a package.</summary>
    internal abstract byte Kind { get; }

    /// <summary>Applies the transform.</summary>
    /// <param name="parts">Known operands: the value, and for z-scores the group.</param>
    internal abstract double Apply(ReadOnlySpan<double> parts);

    /// <summary>Writes the fitted numbers.</summary>
    internal abstract void Write(BinaryWriter writer);
}

/// <summary>(x - mean) / sd of the group, population sd. A group under 30 training rows, unseen, or without spread uses all rows.</summary>
internal sealed class ZScoreWithin : FittedTransform
{
    private readonly double[] _groups;
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>Wraps fitted numbers.</summary>
    /// <param name="mean">Mean of all rows.</param>
    /// <param name="deviation">Population sd of all rows; 0 makes every result missing.</param>
    /// <param name="groups">Group values, rising, only those that stand for themselves.</param>
    /// <param name="means">Mean per group.</param>
    /// <param name="deviations">Population sd per group, positive.</param>
    public ZScoreWithin(double mean, double deviation, double[] groups, double[] means, double[] deviations) =>
        (Mean, Deviation, _groups, _means, _deviations) = (mean, deviation, groups, means, deviations);

    public double Mean { get; }

    public double Deviation { get; }

    internal override byte Kind => 1;

    internal override double Apply(ReadOnlySpan<double> parts)
    {
        var at = Array.BinarySearch(_groups, parts[1]);
        var (mean, deviation) = at >= 0 ? (_means[at], _deviations[at]) : (Mean, Deviation);
        return deviation > 0 ? (parts[0] - mean) / deviation : double.NaN;
    }

    internal override void Write(BinaryWriter writer)
    {
        writer.Write(Mean);
        writer.Write(Deviation);
        Arrays.Write(writer, _groups);
        Arrays.Write(writer, _means);
        Arrays.Write(writer, _deviations);
    }
}

/// <summary>Clamps to two quantiles of the training rows.</summary>
internal sealed class Winsorize(double low, double high) : FittedTransform
{
    public double Low { get; } = low;

    public double High { get; } = high;

    internal override byte Kind => 2;

    internal override double Apply(ReadOnlySpan<double> parts) => Math.Min(Math.Max(parts[0], Low), High);

    internal override void Write(BinaryWriter writer)
    {
        writer.Write(Low);
        writer.Write(High);
    }
}

/// <summary>Share of training rows with the same value; unseen 0.</summary>
/// <param name="values">Values, rising.</param>
/// <param name="shares">Share per value.</param>
internal sealed class Frequency(double[] values, double[] shares) : FittedTransform
{
    internal override byte Kind => 3;

    internal override double Apply(ReadOnlySpan<double> parts)
    {
        var at = Array.BinarySearch(values, parts[0]);
        return at >= 0 ? shares[at] : 0;
    }

    internal override void Write(BinaryWriter writer)
    {
        Arrays.Write(writer, values);
        Arrays.Write(writer, shares);
    }
}

/// <summary>Arrays of doubles in packages: count, then little-endian bits.</summary>
internal static class Arrays
{
    public static void Write(BinaryWriter writer, double[] values)
    {
        writer.Write(values.Length);
        foreach (var value in values) writer.Write(value);
    }

    public static double[] Read(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        if (count < 0 || count > (reader.BaseStream.Length - reader.BaseStream.Position) / sizeof(double)) throw new InvalidDataException($"An array of {count} numbers does not fit into the rest of the bytes.");
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = reader.ReadDouble();
        return values;
    }
}
