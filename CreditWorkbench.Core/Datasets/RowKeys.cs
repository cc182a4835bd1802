using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Core.Datasets;

/// <summary>A number per row that depends on what the row holds and not on where it stands, so that splits do not depend on the
/// order of a file.</summary>
/// <remarks>FNV-1a over the row's id, or over its cells and outcome, finished by the mixer of SplitMix64 (Steele, Lea and Flood
/// 2014). Rows that are equal throughout differ by how often they came before; which of
/// them goes where does not matter.</remarks>
internal static class RowKeys
{
    private const ulong Offset = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <summary>Keys of all rows: of the ids where there are any, else of the contents.</summary>
    public static ulong[] Of(LabelledDataset dataset)
    {
        var keys = new ulong[dataset.Rows];
        if (dataset.Ids is { } ids)
        {
            for (var row = 0; row < keys.Length; row++) keys[row] = Of(ids[row]);
            return keys;
        }

        Array.Fill(keys, Offset);
        for (var column = 0; column < dataset.Features.Columns.Count; column++)
        {
            var cells = dataset.Features.Column(column);
            for (var row = 0; row < cells.Length; row++) keys[row] = Add(keys[row], BitConverter.SingleToUInt32Bits(cells[row]));
        }

        for (var row = 0; row < keys.Length; row++) keys[row] = Add(keys[row], dataset.Outcomes[row]);
        // Before transforms are fitted a data set may hold records and no vectors yet.
        if (dataset.Features.Columns.Count == 0 && dataset.Records is { } records)
        {
            for (var row = 0; row < keys.Length; row++) keys[row] = Add(keys[row], records[row]);
        }

        TellRepeatsApart(keys);
        return keys;
    }

    // Rows that are equal throughout would all fall on one side of a split. Where a file has many of them (HELOC: 588 without any
    // bureau record, of both outcomes), one fold would hold out all good ones and teach that such a row is always bad.
    private static void TellRepeatsApart(ulong[] keys)
    {
        var seen = new Dictionary<ulong, uint>(keys.Length);
        for (var row = 0; row < keys.Length; row++)
        {
            var key = keys[row];
            var repeats = seen.GetValueOrDefault(key);
            seen[key] = repeats + 1;
            if (repeats > 0) keys[row] = Add(key, repeats);
        }
    }

    /// <summary>Key of a text.</summary>
    public static ulong Of(string text)
    {
        var key = Offset;
        foreach (var letter in text) key = (key ^ letter) * Prime;
        return key;
    }

    /// <summary>The place of a key in the random order of a seed.</summary>
    public static ulong Shuffle(ulong key, int seed)
    {
        var z = key + ((ulong)(uint)seed + 1) * 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    private static ulong Add(ulong key, InputRecord record)
    {
        foreach (ref readonly var value in record.Span)
        {
            var bits = value.Text is { } text ? Of(text) : BitConverter.DoubleToUInt64Bits(value.Number);
            key = Add(Add(Add(key, (uint)value.Kind), (uint)bits), (uint)(bits >> 32));
        }

        return key;
    }

    private static ulong Add(ulong key, uint bits) => Shuffle(key ^ bits, 0) * Prime;
}
