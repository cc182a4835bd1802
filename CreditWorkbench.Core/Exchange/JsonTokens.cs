using System.Globalization;
using System.Text;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Walks a JSON text. Unlike JSON proper it reads <c>NaN</c> and <c>Infinity</c>, which XGBoost writes.</summary>
internal sealed class JsonTokens(ByteFeed feed) : ModelTokens(feed)
{
    private const int LongestNumber = 64;
    private readonly byte[] _text = new byte[LongestText];

    /// <inheritdoc/>
    public override bool IsNextArray => PeekOrEnd() == '[';

    /// <inheritdoc/>
    public override bool IsNextText => PeekOrEnd() == '"';

    /// <inheritdoc/>
    public override void Object(Action<string> member)
    {
        Open('{', "an object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!Closes('}', seen.Count == 0))
        {
            var name = Text();
            if (!seen.Add(name)) throw Fault($"the name {name} stands twice");
            if (Peek() != ':') throw Fault("expected :");
            Feed.Advance();
            AtMember(name);
            member(name);
        }

        Leave();
    }

    /// <inheritdoc/>
    public override void Array(Action element)
    {
        Open('[', "an array");
        var index = 0L;
        for (AtElement(0); !Closes(']', index == 0); AtElement(++index)) element();
        Leave();
    }

    /// <inheritdoc/>
    public override string Text()
    {
        if (Peek() != '"') throw Fault("expected a text in quotes");
        Feed.Advance();
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

    /// <inheritdoc/>
    public override float Single() => Single(Peek() == '"' ? Text().Trim('[', ']') : Bare());

    /// <inheritdoc/>
    public override int Integer() => Integer(Peek() == '"' ? Text() : Bare());

    /// <inheritdoc/>
    public override void Skip()
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

    /// <inheritdoc/>
    public override void End()
    {
        if (PeekOrEnd() >= 0) throw Fault("something follows the end");
    }

    private void Open(char opening, string kind)
    {
        if (Peek() != opening) throw Fault($"expected {kind}");
        Enter();
        Feed.Advance();
    }

    private bool Closes(char closing, bool isFirst)
    {
        var next = Peek();
        if (next == closing)
        {
            Feed.Advance();
            return true;
        }

        if (isFirst) return false;
        if (next != ',') throw Fault($"expected , or {closing}");
        Feed.Advance();
        if (Peek() == closing) throw Fault("a comma stands before the end");
        return false;
    }

    // A number, true, false, null, NaN, Infinity: everything up to the next mark.
    private string Bare()
    {
        var length = 0;
        Peek();
        for (var next = Feed.Current; next >= 0 && next is not (',' or ']' or '}' or ':' or '"' or '[' or '{' or ' ' or '\n' or '\r' or '\t'); next = Feed.Current)
        {
            if (length == LongestNumber) throw Fault($"a number is longer than {LongestNumber} characters");
            _text[length++] = (byte)next;
            Feed.Advance();
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
        var next = Feed.Current;
        while (next is ' ' or '\n' or '\r' or '\t')
        {
            Feed.Advance();
            next = Feed.Current;
        }

        return next;
    }

    private int Take()
    {
        var next = Feed.Take();
        return next >= 0 ? next : throw Fault("the text breaks off");
    }
}
