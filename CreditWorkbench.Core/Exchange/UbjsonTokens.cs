using System.Buffers.Binary;
using System.Text;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Walks a file in Universal Binary JSON (draft 12, ubjson.org) as XGBoost writes it: objects without a count, arrays with a
/// count, arrays of one kind of number.</summary>
/// <remarks>A count is believed only as far as its elements are there: nothing is allocated for it.</remarks>
internal sealed class UbjsonTokens(ByteFeed feed) : ModelTokens(feed)
{
    private const byte NoKind = 0;
    private readonly byte[] _text = new byte[LongestText];
    private readonly Stack<byte> _kinds = new([NoKind]);

    /// <inheritdoc/>
    public override bool IsNextArray => _kinds.Peek() == NoKind && Feed.Current == '[';

    /// <inheritdoc/>
    public override bool IsNextText => _kinds.Peek() == NoKind && Feed.Current == 'S';

    /// <summary>Whether a file begins as UBJSON does: an object whose first name has a length, where JSON has a quote.</summary>
    public static bool Begins(ByteFeed feed) => feed.Current == '{' && feed.Second is 'L' or 'l' or 'I' or 'i' or 'U';

    /// <inheritdoc/>
    public override void Object(Action<string> member)
    {
        if (Kind() != '{') throw Fault("expected an object");
        Enter();
        _kinds.Push(NoKind);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (Feed.Current != '}')
        {
            var name = Characters();
            if (!seen.Add(name)) throw Fault($"the name {name} stands twice");
            AtMember(name);
            member(name);
        }

        Feed.Advance();
        _kinds.Pop();
        Leave();
    }

    /// <inheritdoc/>
    public override void Array(Action element)
    {
        if (Kind() != '[') throw Fault("expected an array");
        Enter();
        var kind = NoKind;
        if (Feed.Current == '$')
        {
            Feed.Advance();
            kind = Byte();
            if (kind is not ((byte)'i' or (byte)'U' or (byte)'I' or (byte)'l' or (byte)'L' or (byte)'d' or (byte)'D')) throw Fault("an array of one kind holds numbers");
        }

        _kinds.Push(kind);
        if (Feed.Current == '#') Counted(element);
        else if (kind == NoKind) Closed(element);
        else throw Fault("an array of one kind states its length");
        _kinds.Pop();
        Leave();
    }

    /// <inheritdoc/>
    public override string Text() => Kind() == 'S' ? Characters() : throw Fault("expected a text");

    /// <inheritdoc/>
    public override float Single()
    {
        var kind = Kind();
        return kind switch
        {
            (byte)'S' => Single(Characters().Trim('[', ']')),
            (byte)'d' => BinaryPrimitives.ReadSingleBigEndian(Bytes(4)),
            (byte)'D' => Narrowed(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))),
            _ => Whole(kind),
        };
    }

    /// <inheritdoc/>
    public override int Integer()
    {
        var kind = Kind();
        if (kind == 'S') return Integer(Characters());
        if (kind is (byte)'T' or (byte)'F') return kind == 'T' ? 1 : 0;
        var number = Whole(kind);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw Fault($"'{number}' is not a whole number of 32 bits");
    }

    /// <inheritdoc/>
    public override void Skip()
    {
        if (_kinds.Peek() == NoKind && Feed.Current == '{') Object(_ => Skip());
        else if (IsNextArray) Array(Skip);
        else if (IsNextText) Text();
        else SkipPlain(Kind());
    }

    /// <inheritdoc/>
    public override void End()
    {
        if (Feed.Current >= 0) throw Fault("something follows the end");
    }

    private void Counted(Action element)
    {
        Feed.Advance();
        var count = Length();
        for (var index = 0L; index < count; index++)
        {
            AtElement(index);
            element();
        }
    }

    private void Closed(Action element)
    {
        for (var index = 0L; Feed.Current != ']'; index++)
        {
            AtElement(index);
            element();
        }

        Feed.Advance();
    }

    private void SkipPlain(byte kind)
    {
        switch (kind)
        {
            case (byte)'T' or (byte)'F' or (byte)'Z':
                break;
            case (byte)'d':
                Bytes(4);
                break;
            case (byte)'D':
                Bytes(8);
                break;
            case (byte)'C':
                Bytes(1);
                break;
            default:
                Whole(kind);
                break;
        }
    }

    private long Whole(byte kind) => kind switch
    {
        (byte)'i' => (sbyte)Byte(),
        (byte)'U' => Byte(),
        (byte)'I' => BinaryPrimitives.ReadInt16BigEndian(Bytes(2)),
        (byte)'l' => BinaryPrimitives.ReadInt32BigEndian(Bytes(4)),
        (byte)'L' => BinaryPrimitives.ReadInt64BigEndian(Bytes(8)),
        _ => throw Fault("expected a number"),
    };

    private float Narrowed(double number)
    {
        var narrow = (float)number;
        return float.IsFinite(narrow) || !double.IsFinite(number) ? narrow : throw Fault("a number is beyond the range of 32 bits");
    }

    private string Characters()
    {
        var length = Length();
        return length <= LongestText ? Encoding.UTF8.GetString(Bytes((int)length)) : throw Fault($"a text is longer than {LongestText} bytes");
    }

    private long Length()
    {
        var length = Whole(Byte());
        return length >= 0 ? length : throw Fault("a length is below 0");
    }

    // Inside an array of one kind the elements bear no mark.
    private byte Kind() => _kinds.Peek() is var kind and not NoKind ? kind : Byte();

    private ReadOnlySpan<byte> Bytes(int count)
    {
        for (var i = 0; i < count; i++) _text[i] = Byte();
        return _text.AsSpan(0, count);
    }

    private byte Byte()
    {
        var next = Feed.Take();
        return next >= 0 ? (byte)next : throw Fault("the file breaks off");
    }
}
