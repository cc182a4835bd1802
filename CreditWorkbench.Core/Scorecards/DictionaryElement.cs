using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>A mapping that is being read: each key is asked for by its declared type; what nobody asked for is an unknown key.
/// A fault is logged and a neutral value returned, so that all faults come at once.</summary>
internal sealed class DictionaryElement
{
    private readonly MappingNode _node;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private DictionaryElement(MappingNode node, string path, ReadingLog log) => (_node, Path, Log) = (node, path, log);

    /// <summary>Path in the file.</summary>
    public string Path { get; }

    /// <summary>Where faults go.</summary>
    public ReadingLog Log { get; }

    /// <summary>Line that the mapping starts on.</summary>
    public int Line => _node.Line;

    /// <summary>Keys in file order.</summary>
    public IEnumerable<string> Keys => _node.Entries.Select(entry => entry.Key);

    /// <summary>A mapping at a path; another kind of node is a fault and reads as an empty mapping.</summary>
    public static DictionaryElement At(DictionaryNode node, string path, ReadingLog log)
    {
        log.Place(path, node.Line);
        if (node is MappingNode mapping) return new(mapping, path, log);
        log.Error("scorecard.kind", node.Line, path, $"Expected a mapping, found {node.Kind}.");
        return new(new(node.Line, []), path, log);
    }

    /// <summary>Path of a key.</summary>
    public string PathOf(string key) => ReadingLog.Join(Path, key);

    /// <summary>Whether the key stands in the file.</summary>
    public bool Has(string key) => _node[key] is not null;

    /// <summary>The node of a key, null when absent; the key counts as asked for.</summary>
    public DictionaryNode? Node(string key)
    {
        _asked.Add(key);
        var node = _node[key];
        if (node is not null) Log.Place(PathOf(key), node.Line);
        return node;
    }

    /// <summary>The node of a mandatory key.</summary>
    public DictionaryNode? Mandatory(string key)
    {
        if (Node(key) is { } node) return node;
        Fault("scorecard.key.missing", key, $"The element '{key}' is missing.");
        return null;
    }

    /// <summary>Logs a fault at a key.</summary>
    public void Fault(string code, string key, string reason) => Log.Error(code, PathOf(key), reason);

    /// <summary>A mandatory text; empty after a fault.</summary>
    public string Text(string key)
    {
        var text = Scalar(key, Mandatory(key));
        if (text is { Length: 0 }) Fault("scorecard.key.missing", key, $"The element '{key}' is empty.");
        return text ?? "";
    }

    /// <summary>A text; null when absent.</summary>
    public string? TextOrNull(string key) => Scalar(key, Node(key));

    /// <summary>One of some words, mandatory or with a default.</summary>
    public T Choice<T>(string key, IReadOnlyDictionary<string, T> words, T? standard = default, bool mandatory = false)
    {
        var text = mandatory ? Scalar(key, Mandatory(key)) : TextOrNull(key);
        if (text is null) return standard!;
        if (words.TryGetValue(text, out var value)) return value;
        Fault("scorecard.value.unknown", key, $"'{text}' is not one of {string.Join(", ", words.Keys)}.");
        return standard!;
    }

    /// <summary>A number; null when absent or faulty.</summary>
    public double? NumberOrNull(string key) => Scalar(key, Node(key)) is { } text ? NumberIn(text, PathOf(key), Log) : null;

    /// <summary>A number with a default.</summary>
    public double Number(string key, double standard) => NumberOrNull(key) ?? standard;

    /// <summary>A mandatory number; 0 after a fault.</summary>
    public double Number(string key) => Scalar(key, Mandatory(key)) is { } text ? NumberIn(text, PathOf(key), Log) ?? 0.0 : 0.0;

    /// <summary>A whole number; null when absent or faulty.</summary>
    public int? IntegerOrNull(string key)
    {
        if (Scalar(key, Node(key)) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return value;
        Fault("scorecard.value.type", key, $"'{text}' is not a whole number.");
        return null;
    }

    /// <summary>A whole number with a default.</summary>
    public int Integer(string key, int standard) => IntegerOrNull(key) ?? standard;

    /// <summary>A mandatory whole number; 0 after a fault.</summary>
    public int Integer(string key) => Mandatory(key) is null ? 0 : Integer(key, 0);

    /// <summary>true or false, with a default.</summary>
    public bool Flag(string key, bool standard)
    {
        if (Scalar(key, Node(key)) is not { } text) return standard;
        if (text is "true" or "false") return text == "true";
        Fault("scorecard.value.type", key, $"'{text}' is neither true nor false.");
        return standard;
    }

    /// <summary>A date as yyyy-MM-dd; null when absent or faulty.</summary>
    public DateOnly? DateOrNull(string key)
    {
        if (Scalar(key, Node(key)) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Fault("scorecard.value.type", key, $"'{text}' is not a date such as 2025-01-31.");
        return null;
    }

    /// <summary>A time of day as HH:mm or HH:mm:ss, with a default.</summary>
    public TimeOnly Time(string key, TimeOnly standard)
    {
        if (Scalar(key, Node(key)) is not { } text) return standard;
        if (TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        Fault("scorecard.value.type", key, $"'{text}' is not a time such as 02:00.");
        return standard;
    }

    /// <summary>A nested mapping; null when absent.</summary>
    public DictionaryElement? Child(string key) => Node(key) is { } node ? At(node, PathOf(key), Log) : null;

    /// <summary>A mandatory nested mapping; an empty one after a fault.</summary>
    public DictionaryElement Required(string key) => Mandatory(key) is { } node ? At(node, PathOf(key), Log) : new(new(Line, []), PathOf(key), Log);

    /// <summary>Nodes of a list with their paths; empty when absent.</summary>
    public IReadOnlyList<(DictionaryNode Node, string Path)> Items(string key, bool mandatory = false)
    {
        var node = mandatory ? Mandatory(key) : Node(key);
        if (node is null) return [];
        if (node is ListNode list) return [.. list.Items.Select((item, i) => (item, string.Create(CultureInfo.InvariantCulture, $"{PathOf(key)}[{i}]")))];
        Fault("scorecard.kind", key, $"Expected a list, found {node.Kind}.");
        return [];
    }

    /// <summary>Mappings of a list. A mapping that names itself has its name in the path instead of its number.</summary>
    public IReadOnlyList<DictionaryElement> Elements(string key, string? nameKey = null, bool mandatory = false) =>
        [.. Items(key, mandatory).Select(item => At(item.Node, NamedPath(item, key, nameKey), Log))];

    /// <summary>Texts of a list; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string key, bool mandatory = false) => [.. Items(key, mandatory).Select(ScalarAt)];

    /// <summary>Numbers of a list; empty when absent.</summary>
    public IReadOnlyList<double> Numbers(string key) => [.. Items(key).Select(item => NumberIn(ScalarAt(item), item.Path, Log) ?? 0.0)];

    /// <summary>Reports every key that nobody asked for.</summary>
    public void Close()
    {
        foreach (var entry in _node.Entries.Where(entry => !_asked.Contains(entry.Key)))
            Log.Error("scorecard.key.unknown", entry.Line, PathOf(entry.Key), $"The key '{entry.Key}' is unknown here.");
    }

    /// <summary>A number in the invariant form; null and a fault otherwise.</summary>
    public static double? NumberIn(string text, string path, ReadingLog log)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) return value;
        log.Error("scorecard.value.type", path, $"'{text}' is not a number.");
        return null;
    }

    private string NamedPath((DictionaryNode Node, string Path) item, string key, string? nameKey) =>
        nameKey is not null && (item.Node as MappingNode)?[nameKey] is ScalarNode { Text.Length: > 0 } name ? $"{PathOf(key)}[{name.Text}]" : item.Path;

    private string ScalarAt((DictionaryNode Node, string Path) item)
    {
        Log.Place(item.Path, item.Node.Line);
        if (item.Node is ScalarNode scalar) return scalar.Text;
        Log.Error("scorecard.kind", item.Node.Line, item.Path, $"Expected a single value, found {item.Node.Kind}.");
        return "";
    }

    private string? Scalar(string key, DictionaryNode? node)
    {
        if (node is null) return null;
        if (node is ScalarNode scalar) return scalar.Text;
        Fault("scorecard.kind", key, $"Expected a single value, found {node.Kind}.");
        return null;
    }
}
