using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Parses flat JSON objects into cells in column order.</summary>
internal sealed class JsonRow(IReadOnlyList<FileColumn> columns, int maxCellBytes)
{
    private readonly byte[][] _names = [.. columns.Select(column => Encoding.UTF8.GetBytes(column.Name))];
    private readonly Dictionary<string, int> _positions = columns.Select((column, index) => (column.Name, index))
        .ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
    private readonly CellBuffer _cells = new();
    private readonly int[] _cellOf = new int[columns.Count];
    private byte[] _text = new byte[1 << 10];

    /// <summary>A cell of the last object; empty where it has no value.</summary>
    public ReadOnlySpan<byte> this[int column] => _cellOf[column] < 0 ? default : _cells[_cellOf[column]];

    /// <summary>Names of an object's values, in order; null when it is no object or broken.</summary>
    public static List<string>? Names(ReadOnlySpan<byte> json)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json)) return null;
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            var names = new List<string>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                names.Add(reader.GetString()!);
                reader.Skip();
            }

            return names;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half a character, written as an escape: the row is judged when it is read.
            return null;
        }
    }

    /// <summary>Parses one object; returns what is wrong with it, or null.</summary>
    public Problem? Parse(ReadOnlySpan<byte> json)
    {
        _cells.Clear();
        Array.Fill(_cellOf, -1);
        if (!System.Text.Unicode.Utf8.IsValid(json)) return FileProblems.Encoding;
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return FileProblems.JsonRow("The row is no JSON object.");
            for (var expected = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; expected++)
            {
                if (TakeValue(ref reader, expected) is { } problem) return problem;
            }

            // Reading on makes the parser refuse anything behind the object.
            reader.Read();
            return null;
        }
        catch (JsonException broken)
        {
            return FileProblems.JsonRow($"The row is no valid JSON, byte {broken.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            return FileProblems.JsonRow("The row holds half a character, such as \\ud800 alone.");
        }
    }

    private Problem? TakeValue(ref Utf8JsonReader reader, int expected)
    {
        var column = expected < _names.Length && reader.ValueTextEquals(_names[expected]) ? expected : _positions.GetValueOrDefault(reader.GetString()!, -1);
        if (column < 0) return FileProblems.JsonUnknown(reader.GetString()!);
        var name = columns[column].Name;
        if (_cellOf[column] >= 0) return FileProblems.JsonTwice(name);
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) return FileProblems.JsonNested(name);
        if (reader.ValueSpan.Length > maxCellBytes) return FileProblems.CellTooLong(name, maxCellBytes);
        _cellOf[column] = _cells.Count;
        _cells.Add(reader.TokenType switch
        {
            JsonTokenType.Null => default,
            JsonTokenType.True => "1"u8,
            JsonTokenType.False => "0"u8,
            JsonTokenType.String => Unescaped(ref reader),
            _ => reader.ValueSpan,
        });
        return null;
    }

    private ReadOnlySpan<byte> Unescaped(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return reader.ValueSpan;
        if (_text.Length < reader.ValueSpan.Length) _text = new byte[reader.ValueSpan.Length];
        return _text.AsSpan(0, reader.CopyString(_text));
    }
}
