using System.Globalization;
using System.Text;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Walks a file of nested objects and arrays in one pass and bounded memory, whatever the file is: depth and lengths of texts
/// have limits.</summary>
/// <remarks>Every fault is an <see cref="InvalidDataException"/> that names the place: the path of the value and the byte. The caller
/// asks for the kind of value that it expects; asking is what moves on.</remarks>
internal abstract class ModelTokens(ByteFeed feed)
{
    /// <summary>Bytes of a text at most.</summary>
    protected const int LongestText = 1 << 16;

    private const int MaxDepth = 32;
    private readonly List<string> _names = [];
    private readonly List<long> _indices = [];

    /// <summary>Where the bytes come from.</summary>
    protected ByteFeed Feed { get; } = feed;

    /// <summary>Whether the next value is an array.</summary>
    public abstract bool IsNextArray { get; }

    /// <summary>Whether the next value is a text.</summary>
    public abstract bool IsNextText { get; }

    /// <summary>Walks an object.</summary>
    /// <param name="member">Called with each name; has to take the value by asking for it.</param>
    public abstract void Object(Action<string> member);

    /// <summary>Walks an array.</summary>
    /// <param name="element">Called for each element; has to take it by asking for it.</param>
    public abstract void Array(Action element);

    /// <summary>A text.</summary>
    public abstract string Text();

    /// <summary>A number, or a text that holds one, rounded to float32 once. A number beyond the range of float32 is a fault; a
    /// spelled infinity or NaN is taken as it stands.</summary>
    public abstract float Single();

    /// <summary>A whole number, or a text that holds one, or a truth value as 0 or 1.</summary>
    public abstract int Integer();

    /// <summary>Passes over a value of any kind.</summary>
    public abstract void Skip();

    /// <summary>Demands that nothing follows.</summary>
    public abstract void End();

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
        return new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{place}(byte {Feed.Position}): {what}."));
    }

    /// <summary>Goes a level down.</summary>
    protected void Enter()
    {
        if (_names.Count == MaxDepth) throw Fault($"nested deeper than {MaxDepth} levels");
        _names.Add("");
        _indices.Add(-1);
    }

    /// <summary>Goes a level up.</summary>
    protected void Leave()
    {
        _names.RemoveAt(_names.Count - 1);
        _indices.RemoveAt(_indices.Count - 1);
    }

    /// <summary>Notes the member that is read next.</summary>
    protected void AtMember(string name) => _names[^1] = name;

    /// <summary>Notes the element that is read next.</summary>
    protected void AtElement(long index) => _indices[^1] = index;

    /// <summary>The number that a text spells, as <see cref="Single()"/> says.</summary>
    protected float Single(string spelled)
    {
        if (spelled is "NaN") return float.NaN;
        if (spelled is "Infinity" or "-Infinity" or "inf" or "-inf") return spelled[0] == '-' ? float.NegativeInfinity : float.PositiveInfinity;
        if (spelled.Length == 0 || !(char.IsAsciiDigit(spelled[0]) || spelled[0] == '-') || !float.TryParse(spelled, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw Fault($"'{spelled}' is not a number");
        return float.IsFinite(number) ? number : throw Fault($"{spelled} is beyond the range of a 32-bit number");
    }

    /// <summary>The whole number that a text spells.</summary>
    protected int Integer(string spelled)
    {
        if (spelled is "true" or "false") return spelled is "true" ? 1 : 0;
        return int.TryParse(spelled, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault($"'{spelled}' is not a whole number of 32 bits");
    }
}
