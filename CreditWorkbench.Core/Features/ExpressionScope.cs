using System.Globalization;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Features;

/// <summary>The names that an expression may read, each with its slot in a row of doubles.</summary>
/// <remarks>A category's slot holds the zero-based index of its code, a date's the day number, a free text's a 52-bit hash
/// (see <see cref="TextKey"/>), a missing or coded value a <see cref="CodedNaN"/>.</remarks>
public sealed class ExpressionScope
{
    private readonly Dictionary<string, ScopeName> _names = new(StringComparer.Ordinal);

    /// <summary>Number of slots of a row.</summary>
    public int SlotCount { get; private set; }

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _names.Keys;

    /// <summary>Adds a number.</summary>
    /// <returns>Its slot.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public int AddNumber(string name) => Add(name, [], isText: false, []);

    /// <summary>Adds an input with its categories and special codes.</summary>
    /// <returns>Its slot.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public int AddInput(InputDefinition input) => Add(
        input.Name,
        [.. input.Values.Select(value => value.Code)],
        input.Type == InputType.Text,
        [.. input.Specials.Select(special => special.Value)]);

    /// <summary>Adds a category with the given codes in index order.</summary>
    /// <returns>Its slot.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public int AddCategory(string name, IReadOnlyList<string> codes) => Add(name, codes, isText: false, []);

    /// <summary>Adds a column of a table: its texts in index order, its special codes.</summary>
    /// <returns>Its slot.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    internal int AddColumn(string name, IReadOnlyList<string> texts, IReadOnlyList<string> specials) => Add(name, texts, isText: false, specials);

    /// <summary>Gives a slot a second name, with the categories and codes of the first.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the first is unknown.</exception>
    public void AddAlias(string name, string of)
    {
        if (!_names.TryGetValue(of, out var known)) throw new ArgumentException($"There is no {of} to call {name}.", nameof(of));
        if (!_names.TryAdd(name, known)) throw new ArgumentException($"The name {name} is taken.", nameof(name));
    }

    /// <summary>The slot of a name; null when it is unknown.</summary>
    public int? SlotOf(string name) => _names.TryGetValue(name, out var known) ? known.Slot : null;

    /// <summary>An independent copy, to which names can be added.</summary>
    public ExpressionScope Extend()
    {
        var copy = new ExpressionScope { SlotCount = SlotCount };
        foreach (var (name, known) in _names) copy._names.Add(name, known);
        return copy;
    }

    /// <summary>The number that stands for a free text in a slot: 52 bits of FNV-1a over its UTF-16 units, so that equal texts are
    /// equal numbers on every machine.</summary>
    public static double TextKey(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text) hash = (hash ^ unit) * 1099511628211UL;
        return (hash ^ (hash >> 52)) & 0x000F_FFFF_FFFF_FFFFUL;
    }

    internal ScopeName? Find(string name) => _names.GetValueOrDefault(name);

    private int Add(string name, IReadOnlyList<string> categories, bool isText, IReadOnlyList<string> specials)
    {
        if (!_names.TryAdd(name, new ScopeName(SlotCount, categories, isText, specials))) throw new ArgumentException($"The name {name} is taken.", nameof(name));
        return SlotCount++;
    }
}

/// <summary>What is known of one name.</summary>
internal sealed record ScopeName(int Slot, IReadOnlyList<string> Categories, bool IsText, IReadOnlyList<string> Specials)
{
    /// <summary>Whether texts are compared with it.</summary>
    public bool HoldsTexts => IsText || Categories.Count > 0;

    /// <summary>The number of a text in its slot; null for an undeclared category.</summary>
    public double? NumberOf(string text)
    {
        if (IsText) return ExpressionScope.TextKey(text);
        for (var i = 0; i < Categories.Count; i++)
        {
            if (Categories[i] == text) return i;
        }

        return null;
    }

    /// <summary>One-based index of a special code; null for an undeclared one. Numbers are compared as numbers.</summary>
    public int? CodeOf(string code)
    {
        for (var i = 0; i < Specials.Count; i++)
        {
            if (Specials[i] == code || (Number(Specials[i]) is { } declared && Number(code) == declared)) return i + 1;
        }

        return null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
