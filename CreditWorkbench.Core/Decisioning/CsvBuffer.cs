using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Lines of CSV as UTF-8, written cell by cell into memory that is used again.</summary>
internal sealed class CsvBuffer
{
    private const int LongestNumber = 32;
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 16);
    private bool _within;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Ends a line.</summary>
    public void EndLine()
    {
        _bytes.Write("\n"u8);
        _within = false;
    }

    /// <summary>Appends whole lines.</summary>
    public void Append(ReadOnlySpan<byte> lines) => _bytes.Write(lines);

    /// <summary>An empty cell.</summary>
    public void Empty() => Separate();

    /// <summary>A whole number.</summary>
    public void Number(long value)
    {
        Separate();
        Utf8Formatter.TryFormat(value, _bytes.GetSpan(LongestNumber), out var written);
        _bytes.Advance(written);
    }

    /// <summary>A number that reads back bit for bit.</summary>
    public void Number(double value)
    {
        Separate();
        value.TryFormat(_bytes.GetSpan(LongestNumber), out var written, "R", System.Globalization.CultureInfo.InvariantCulture);
        _bytes.Advance(written);
    }

    /// <summary>A text, in quotes where it needs them.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        Separate();
        if (!text.ContainsAny(NeedQuotes))
        {
            Encoding.UTF8.GetBytes(text, _bytes);
            return;
        }

        _bytes.Write("\""u8);
        for (var quote = text.IndexOf('"'); quote >= 0; quote = text.IndexOf('"'))
        {
            Encoding.UTF8.GetBytes(text[..(quote + 1)], _bytes);
            _bytes.Write("\""u8);
            text = text[(quote + 1)..];
        }

        Encoding.UTF8.GetBytes(text, _bytes);
        _bytes.Write("\""u8);
    }

    private void Separate()
    {
        if (_within) _bytes.Write(","u8);
        _within = true;
    }
}
