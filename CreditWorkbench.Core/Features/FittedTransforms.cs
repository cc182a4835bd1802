using System.Text;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Features;

/// <summary>The fitted transforms of a model, by feature and ordinal. Part of the model's package.</summary>
public sealed class FittedTransforms
{
    private const byte Version = 1;
    private readonly List<(string Feature, int Ordinal, FittedTransform Transform)> _entries;

    internal FittedTransforms(List<(string Feature, int Ordinal, FittedTransform Transform)> entries) => _entries = entries;

    /// <summary>No transforms: enough for a dictionary that uses none.</summary>
    public static FittedTransforms None { get; } = new([]);

    /// <summary>Number of transforms.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether a dictionary has features that must be fitted.</summary>
    public static bool Needed(ScorecardDefinition definition) =>
        definition.Features.Any(feature => feature.Expression is not null && FittedCalls.In(feature.Expression).Count > 0);

    /// <summary>Canonical bytes: version, count, then per transform feature, ordinal, kind and numbers, little-endian.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(_entries.Count);
        foreach (var (feature, ordinal, transform) in _entries)
        {
            writer.Write(feature);
            writer.Write(ordinal);
            writer.Write(transform.Kind);
            transform.Write(writer);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such bytes.</exception>
    public static FittedTransforms FromBytes(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        try
        {
            return Read(reader);
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException("The fitted transforms end too early.", cut);
        }
    }

    /// <summary>The transform of each fitted call of an expression.</summary>
    /// <exception cref="ArgumentException">A call has not been fitted.</exception>
    internal void CollectFor(FeatureDefinition feature, Dictionary<FunctionCall, FittedTransform> byCall)
    {
        if (feature.Expression is null) return;
        var calls = FittedCalls.In(feature.Expression);
        for (var ordinal = 0; ordinal < calls.Count; ordinal++)
        {
            var found = _entries.Find(entry => entry.Feature == feature.Name && entry.Ordinal == ordinal).Transform;
            byCall[calls[ordinal]] = found ?? throw new ArgumentException($"The feature {feature.Name} has not been fitted.");
        }
    }

    private static FittedTransforms Read(BinaryReader reader)
    {
        var version = reader.ReadByte();
        if (version != Version) throw new InvalidDataException($"Fitted transforms of version {version} are not known.");
        var count = reader.ReadInt32();
        var entries = new List<(string, int, FittedTransform)>();
        for (var i = 0; i < count; i++) entries.Add((reader.ReadString(), reader.ReadInt32(), ReadTransform(reader)));
        if (reader.BaseStream.Position != reader.BaseStream.Length) throw new InvalidDataException("Bytes follow the fitted transforms.");
        return new FittedTransforms(entries);
    }

    private static FittedTransform ReadTransform(BinaryReader reader) => reader.ReadByte() switch
    {
        1 => ReadZScore(reader),
        2 => new Winsorize(reader.ReadDouble(), reader.ReadDouble()),
        3 => ReadFrequency(reader),
        var kind => throw new InvalidDataException($"A fitted transform of kind {kind} is not known."),
    };

    private static ZScoreWithin ReadZScore(BinaryReader reader)
    {
        var (mean, deviation) = (reader.ReadDouble(), reader.ReadDouble());
        var (groups, means, deviations) = (Arrays.Read(reader), Arrays.Read(reader), Arrays.Read(reader));
        return groups.Length == means.Length && groups.Length == deviations.Length
            ? new ZScoreWithin(mean, deviation, groups, means, deviations)
            : throw new InvalidDataException("Groups, means and deviations differ in number.");
    }

    private static Frequency ReadFrequency(BinaryReader reader)
    {
        var (values, shares) = (Arrays.Read(reader), Arrays.Read(reader));
        return values.Length == shares.Length ? new Frequency(values, shares) : throw new InvalidDataException("Values and shares differ in number.");
    }
}
