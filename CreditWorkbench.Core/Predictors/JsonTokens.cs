using System.Globalization;
using System.Text;

namespace CreditWorkbench.Core.Predictors;

/// <summary>Walks a JSON text from a stream in one pass and bounded memory, whatever the text is: depth, lengths of texts and of
/// numbers have limits. Unlike JSON proper it reads <c>NaN</c> and <c>Infinity</c>, which XGBoost writes.</summary>
/// <remarks>Every fault is an <see cref="InvalidDataException"/> that names the place: the path of the value and the byte. The caller
/// asks for the kind of value that it expects; asking is what moves on.</remarks>
internal sealed class JsonTokens(Stream stream)
{
    private const int MaxDepth = 32;
    private const int LongestText = 1 << 16;
    private const int LongestNumber = 64;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly List<string> _names = [];
    private readonly List<long> _indices = [];
    private readonly byte[] _text = new byte[LongestText];
    private long _before;
    private int _at;
    private int _end;

    /// <summary>Walks an object.</summary>
    /// <param name="member">Called with each name; has to take the value by asking for it.</param>
    public void Object(Action<string> member)
    {
        Enter('{', "an object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!Closes('}', seen.Count == 0))
        {
            var name = Text();
            if (!seen.Add(name)) throw Fault($"the name {name} stands twice");
            Expect(':');
            _names[^1] = name;
            member(name);
        }

        Leave();
    }

    /// <summary>Walks an array.</summary>
    /// <param name="element">Called for each element; has to take it by asking for it.</param>
    public void Array(Action element)
    {
        Enter('[', "an array");
        for (_indices[^1] = 0; !Closes(']', _indices[^1] == 0); _indices[^1]++) element();
        Leave();
    }

    /// <summary>An array whose elements are of one kind.</summary>
    /// <param name="element">Reads an element.</param>
    /// <param name="most">Elements at most.</param>
    public List<T> List<T>(Func<T> element, int most)
    {
        var list = new List<T>();
        Array(() =>
        {
            if (list.Count == most) throw Fault($"more than {most} elements");
            list.Add(element());
        });
        return list;
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        if (Peek() != '"') throw Fault("expected a text in quotes");
        _at++;
        var length = 0;
        for (var next = Take(); next != '"'; next = Take())
        {
            if (next < ' ') throw Fault("a text does not end on its line");
            if (length > LongestText - 4) throw Fault($"a text is longer than {LongestText} bytes");
            if (next == '\\') length += Escaped(_text.AsSpan(length));
            else _text[length++] = (byte)next;
        }

        return Encoding.UTF8.GetString(_text, 0, length);
    }

    /// <summary>A number, or a text that holds one, rounded to float32 once. A number beyond the range of float32 is a fault; a
    /// spelled <c>Infinity</c> or <c>NaN</c> is taken as it stands.</summary>
    public float Single()
    {
        var spelled = Peek() == '"' ? Text().Trim('[', ']') : Bare();
        if (spelled is "NaN") return float.NaN;
        if (spelled is "Infinity" or "-Infinity" or "inf" or "-inf") return spelled[0] == '-' ? float.NegativeInfinity : float.PositiveInfinity;
        if (spelled.Length == 0 || !(char.IsAsciiDigit(spelled[0]) || spelled[0] == '-') || !float.TryParse(spelled, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw Fault($"'{spelled}' is not a number");
        return float.IsFinite(number) ? number : throw Fault($"{spelled} is beyond the range of a 32-bit number");
    }

    /// <summary>A whole number, or a text that holds one, or a truth value as 0 or 1.</summary>
    public int Integer()
    {
        var spelled = Peek() == '"' ? Text() : Bare();
        if (spelled is "true" or "false") return spelled is "true" ? 1 : 0;
        return int.TryParse(spelled, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault($"'{spelled}' is not a whole number of 32 bits");
    }

    /// <summary>Passes over a value of any kind.</summary>
    public void Skip()
    {
        switch (Peek())
        {
            case '{':
                Object(_ => Skip());
                break;
            case '[':
                Array(Skip);
                break;
            case '"':
                Text();
                break;
            default:
                Bare();
                break;
        }
    }

    /// <summary>Demands that nothing but blanks follows.</summary>
    public void End()
    {
        if (PeekOrEnd() >= 0) throw Fault("something follows the end");
    }

    /// <summary>Whether the next value begins with this character.</summary>
    public bool IsNext(char character) => PeekOrEnd() == character;

    /// <summary>A fault at the current place.</summary>
    public InvalidDataException Fault(string what)
    {
        var path = new StringBuilder();
        for (var level = 0; level < _names.Count; level++)
        {
            if (_indices[level] >= 0) path.Append(CultureInfo.InvariantCulture, $"[{_indices[level]}]");
            else if (_names[level].Length > 0) path.Append(path.Length > 0 ? "." : "").Append(_names[level]);
        }

        var place = path.Length == 0 ? "" : $"{path} ";
        return new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{place}(byte {_before + _at}): {what}."));
    }

    private void Enter(char opening, string kind)
    {
        if (Peek() != opening) throw Fault($"expected {kind}");
        if (_names.Count == MaxDepth) throw Fault($"nested deeper than {MaxDepth} levels");
        _at++;
        _names.Add("");
        _indices.Add(-1);
    }

    private void Leave()
    {
        _names.RemoveAt(_names.Count - 1);
        _indices.RemoveAt(_indices.Count - 1);
    }

    private bool Closes(char closing, bool isFirst)
    {
        var next = Peek();
        if (next == closing)
        {
            _at++;
            return true;
        }

        if (isFirst) return false;
        if (next != ',') throw Fault($"expected , or {closing}");
        _at++;
        if (Peek() == closing) throw Fault("a comma stands before the end");
        return false;
    }

    private void Expect(char character)
    {
        if (Peek() != character) throw Fault($"expected {character}");
        _at++;
    }

    // A number, true, false, null, NaN, Infinity: everything up to the next mark.
    private string Bare()
    {
        var length = 0;
        Peek();
        for (var next = Current(); next >= 0 && next is not (',' or ']' or '}' or ':' or '"' or '[' or '{' or ' ' or '\n' or '\r' or '\t'); next = Current())
        {
            if (length == LongestNumber) throw Fault($"a number is longer than {LongestNumber} characters");
            _text[length++] = (byte)next;
            _at++;
        }

        return length > 0 ? Encoding.Latin1.GetString(_text, 0, length) : throw Fault("expected a value");
    }

    private int Escaped(Span<byte> into)
    {
        var next = Take();
        if (next != 'u')
        {
            var plain = "\"\\/bfnrt".IndexOf((char)next, StringComparison.Ordinal);
            if (plain < 0) throw Fault($"\\{(char)next} is no escape");
            into[0] = (byte)"\"\\/\b\f\n\r\t"[plain];
            return 1;
        }

        Span<byte> hex = [(byte)Take(), (byte)Take(), (byte)Take(), (byte)Take()];
        if (!ushort.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)) throw Fault("\\u is followed by four hexadecimal digits");
        return Rune.TryCreate((char)unit, out var rune) ? rune.EncodeToUtf8(into) : throw Fault("half a character is escaped");
    }

    private int Peek()
    {
        var next = PeekOrEnd();
        return next >= 0 ? next : throw Fault("the text breaks off");
    }

    private int PeekOrEnd()
    {
        var next = Current();
        while (next is ' ' or '\n' or '\r' or '\t')
        {
            _at++;
            next = Current();
        }

        return next;
    }

    private int Take()
    {
        var next = Current();
        if (next < 0) throw Fault("the text breaks off");
        _at++;
        return next;
    }

    private int Current()
    {
        if (_at < _end) return _buffer[_at];
        _before += _end;
        (_at, _end) = (0, stream.Read(_buffer));
        return _end > 0 ? _buffer[0] : -1;
    }
}
