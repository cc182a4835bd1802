using System.Globalization;
using System.Text;

namespace CreditWorkbench.Core.Exchange;

/// <summary>The lines of a LightGBM model file, one after the other, and the lists that stand in them.</summary>
/// <remarks>Every fault is an <see cref="InvalidDataException"/> that names the line. Nothing is allocated for a count: lists grow with
/// the values that are there.</remarks>
internal ref struct LightGbmLines(ReadOnlySpan<byte> file)
{
    private const int LongestQuote = 40;
    private ReadOnlySpan<byte> _rest = file;

    /// <summary>Number of the current line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The current line without its end.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>What stands before the first <c>=</c> of the line; all of it where there is none.</summary>
    public readonly ReadOnlySpan<byte> Key => Line.IndexOf((byte)'=') is >= 0 and var at ? Line[..at] : Line;

    /// <summary>What stands after the first <c>=</c>; empty where there is none.</summary>
    public readonly ReadOnlySpan<byte> Value => Line.IndexOf((byte)'=') is >= 0 and var at ? Line[(at + 1)..] : [];

    /// <summary>Goes to the next line.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        var end = _rest.IndexOf((byte)'\n');
        Line = (end < 0 ? _rest : _rest[..end]).TrimEnd((byte)'\r');
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        Number++;
        return true;
    }

    /// <summary>The value as a text.</summary>
    public readonly string Text() => Encoding.UTF8.GetString(Value);

    /// <summary>The value as a whole number.</summary>
    public readonly int Integer() => ToInteger(Value);

    /// <summary>The value as names between blanks.</summary>
    /// <param name="most">Names at most.</param>
    public readonly List<string> Names(int most)
    {
        var names = new List<string>();
        foreach (var range in Value.Split((byte)' '))
        {
            var part = Value[range];
            if (part.IsEmpty) continue;
            if (names.Count == most) throw Fault($"more than {most} names");
            names.Add(Encoding.UTF8.GetString(part));
        }

        return names;
    }

    /// <summary>The value as whole numbers between blanks.</summary>
    public readonly List<int> Integers()
    {
        var list = new List<int>();
        foreach (var range in Value.Split((byte)' '))
        {
            if (!Value[range].IsEmpty) list.Add(ToInteger(Value[range]));
        }

        return list;
    }

    /// <summary>The value as words of 32 bits between blanks.</summary>
    public readonly List<uint> Words()
    {
        var list = new List<uint>();
        foreach (var range in Value.Split((byte)' '))
        {
            var part = Value[range];
            if (part.IsEmpty) continue;
            list.Add(uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var word) ? word : throw Fault($"'{Quoted(part)}' is not a word of 32 bits"));
        }

        return list;
    }

    /// <summary>The value as numbers between blanks. <c>inf</c> and <c>nan</c> are taken as they stand; a number beyond the range of
    /// float64 is a fault.</summary>
    public readonly List<double> Numbers()
    {
        var list = new List<double>();
        foreach (var range in Value.Split((byte)' '))
        {
            if (!Value[range].IsEmpty) list.Add(ToNumber(Value[range]));
        }

        return list;
    }

    /// <summary>A fault at the current line.</summary>
    public readonly InvalidDataException Fault(string what) => new(string.Create(CultureInfo.InvariantCulture, $"line {Number}, {Quoted(Key)}: {what}."));

    private readonly int ToInteger(ReadOnlySpan<byte> part) =>
        int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Fault($"'{Quoted(part)}' is not a whole number of 32 bits");

    private readonly double ToNumber(ReadOnlySpan<byte> part)
    {
        if (part.SequenceEqual("inf"u8)) return double.PositiveInfinity;
        if (part.SequenceEqual("-inf"u8)) return double.NegativeInfinity;
        if (part.SequenceEqual("nan"u8) || part.SequenceEqual("-nan"u8)) return double.NaN;
        var isNumber = (char.IsAsciiDigit((char)part[0]) || part[0] is (byte)'-' or (byte)'.') && double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        return isNumber ? double.Parse(part, NumberStyles.Float, CultureInfo.InvariantCulture) : throw Fault($"'{Quoted(part)}' is not a number");
    }

    private static string Quoted(ReadOnlySpan<byte> part) => Encoding.UTF8.GetString(part[..Math.Min(part.Length, LongestQuote)]);
}
