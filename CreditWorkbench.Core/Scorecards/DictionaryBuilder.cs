using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Builds a mapping of a dictionary file key by key; what has its standard value is left out.</summary>
internal sealed class DictionaryBuilder
{
    private readonly List<DictionaryEntry> _entries = [];

    /// <summary>The mapping so far.</summary>
    public MappingNode Node => new(0, _entries);

    /// <summary>Builds a mapping in one expression.</summary>
    public static MappingNode Of(Action<DictionaryBuilder> build)
    {
        var builder = new DictionaryBuilder();
        build(builder);
        return builder.Node;
    }

    /// <summary>Adds a node; null is left out.</summary>
    public DictionaryBuilder Add(string key, DictionaryNode? node)
    {
        if (node is not null) _entries.Add(new(0, key, node));
        return this;
    }

    /// <summary>Adds a text; null and the standard are left out.</summary>
    public DictionaryBuilder Text(string key, string? value, string? standard = null) =>
        value is null || value == standard ? this : Add(key, new ScalarNode(0, value));

    /// <summary>Adds a number; null and the standard are left out.</summary>
    public DictionaryBuilder Number(string key, double? value, double? standard = null) =>
        value is null || value == standard ? this : Text(key, ExpressionText.Number(value.Value));

    /// <summary>Adds a flag; the standard is left out.</summary>
    public DictionaryBuilder Flag(string key, bool value, bool standard = false) => value == standard ? this : Text(key, value ? "true" : "false");

    /// <summary>Adds the word of a value.</summary>
    public DictionaryBuilder Word<T>(string key, T value, IReadOnlyDictionary<string, T> words) =>
        Text(key, words.First(entry => EqualityComparer<T>.Default.Equals(entry.Value, value)).Key);

    /// <summary>Adds an expression; null is left out.</summary>
    public DictionaryBuilder Expression(string key, Expression? value) => value is null ? this : Text(key, ExpressionText.Of(value));

    /// <summary>Adds a date; null is left out.</summary>
    public DictionaryBuilder Date(string key, DateOnly? value) => Text(key, value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Adds a text in the given languages; null is left out.</summary>
    public DictionaryBuilder Localized(string key, LocalizedText? value, IReadOnlyList<string> languages) =>
        value is null ? this : Texts(key, [.. languages.Select(value.In)]);

    /// <summary>Adds a list of texts; an empty one is left out.</summary>
    public DictionaryBuilder Texts(string key, IReadOnlyList<string> items) =>
        items.Count == 0 ? this : Add(key, new ListNode(0, [.. items.Select(item => new ScalarNode(0, item))]));

    /// <summary>Adds a list of numbers; an empty one is left out.</summary>
    public DictionaryBuilder Numbers(string key, IReadOnlyList<double> items) => Texts(key, [.. items.Select(ExpressionText.Number)]);

    /// <summary>Adds a range; nothing when both ends are open.</summary>
    public DictionaryBuilder Range(string key, double? minimum, double? maximum) =>
        minimum is null && maximum is null ? this : Texts(key, [End(minimum), End(maximum)]);

    /// <summary>Adds a mapping of numbers; an empty one is left out.</summary>
    public DictionaryBuilder Map(string key, IReadOnlyDictionary<string, double> map) =>
        map.Count == 0 ? this : Add(key, Of(inner => { foreach (var (name, value) in map) inner.Number(name, value); }));

    /// <summary>Adds a mapping of texts; an empty one is left out.</summary>
    public DictionaryBuilder Map(string key, IReadOnlyDictionary<string, string> map) =>
        map.Count == 0 ? this : Add(key, Of(inner => { foreach (var (name, value) in map) inner.Text(name, value); }));

    /// <summary>Adds a mapping of expressions; an empty one is left out.</summary>
    public DictionaryBuilder Map(string key, IReadOnlyDictionary<string, Expression> map) =>
        map.Count == 0 ? this : Add(key, Of(inner => { foreach (var (name, value) in map) inner.Expression(name, value); }));

    /// <summary>Adds a mapping of mappings, one per item; an empty one is left out unless it is mandatory.</summary>
    public DictionaryBuilder Each<T>(string key, IReadOnlyList<T> items, Func<T, string> name, Func<T, DictionaryNode> node, bool mandatory = false) =>
        items.Count == 0 && !mandatory ? this : Add(key, Of(inner => { foreach (var item in items) inner.Add(name(item), node(item)); }));

    /// <summary>Adds a list of mappings; an empty one is left out.</summary>
    public DictionaryBuilder List<T>(string key, IReadOnlyList<T> items, Func<T, DictionaryNode> node) =>
        items.Count == 0 ? this : Add(key, new ListNode(0, [.. items.Select(node)]));

    private static string End(double? end) => end is { } value ? ExpressionText.Number(value) : DictionaryValues.OpenEnd;
}
