using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Lines of the feature file as bytes.</summary>
internal sealed class FeatureLines
{
    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    /// <summary>The lines so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The first line of a file.</summary>
    public static byte[] Header(IEnumerable<string> columns) => Encoding.UTF8.GetBytes(string.Join(',', columns.Select(CsvText.Cell)) + "\n");

    /// <summary>Forgets the lines.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds the line of a row.</summary>
    public void Add(StagedFeatures features, int row)
    {
        for (var i = 0; i < features.Columns.Count; i++)
        {
            var column = features.Columns[i];
            if (i > 0) Add((byte)',');
            var value = column.Cells[row];
            if (column.Definition.Type is InputType.Category or InputType.Text && !double.IsNaN(value)) Text(column.Pool!.TextOf((int)value));
            else _length += FeatureCell.Write(Room(FeatureCell.LongestNumber), column.Definition, value);
        }

        Add((byte)'\n');
    }

    private void Add(byte one)
    {
        Room(1)[0] = one;
        _length++;
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        return _bytes.AsSpan(_length);
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(",\"\r\n"u8) >= 0) text = Encoding.UTF8.GetBytes(CsvText.Cell(Encoding.UTF8.GetString(text)));
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }
}
