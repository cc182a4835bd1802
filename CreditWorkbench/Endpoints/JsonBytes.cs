using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Writes JSON out of pieces that are bytes already, with numbers and texts between them as System.Text.Json writes those. For long answers
/// whose names are the same each time; commas and brackets are the caller's.</summary>
internal sealed class JsonBytes
{
    private const int LongestNumber = 32;
    private const int LongestEscape = 6;
    private const int CharsInFrame = 128;

    // Characters that System.Text.Json writes as they are.
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(0, 128).Select(code => (char)code).Where(character => !JavaScriptEncoder.Default.WillEncode(character))]);
    private byte[] _bytes = new byte[1 << 13];
    private int _length;

    /// <summary>What has been written; valid until the next change.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Begins anew.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds bytes as they are.</summary>
    public void Piece(ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(Room(piece.Length));
        _length += piece.Length;
    }

    /// <summary>Adds a number.</summary>
    /// <exception cref="ArgumentException">Not finite: JSON has no such number.</exception>
    public void Number(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentException($"{value} is no number of JSON.", nameof(value));
        Utf8Formatter.TryFormat(value, Room(LongestNumber), out var written);
        _length += written;
    }

    /// <summary>Adds a text with its quotes.</summary>
    public void Text(string text)
    {
        var room = Room(2 + LongestEscape * text.Length);
        var written = 0;
        room[0] = (byte)'"';
        if (text.AsSpan().IndexOfAnyExcept(Plain) < 0) Ascii.FromUtf16(text, room[1..], out written);
        else written = Escape(text, room[1..]);
        room[1 + written] = (byte)'"';
        _length += written + 2;
    }

    private static int Escape(string text, Span<byte> target)
    {
        const int BytesPerChar = 3;
        Span<byte> utf8 = text.Length <= CharsInFrame ? stackalloc byte[CharsInFrame * BytesPerChar] : new byte[text.Length * BytesPerChar];
        JavaScriptEncoder.Default.EncodeUtf8(utf8[..Encoding.UTF8.GetBytes(text, utf8)], target, out _, out var written);
        return written;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        return _bytes.AsSpan(_length);
    }
}
