using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Values of the dictionary's own kinds: texts in all languages, expressions, ranges, maps.</summary>
internal static class DictionaryValues
{
    /// <summary>Stands for an expression that could not be read; the checker passes over it.</summary>
    public static NumberLiteral Unreadable { get; } = new(0, double.NaN);

    /// <summary>An end of a range that is open.</summary>
    public const string OpenEnd = "null";

    /// <summary>Whether an expression could not be read.</summary>
    public static bool IsUnreadable(Expression? expression) => expression is NumberLiteral { Value: double.NaN };

    /// <summary>A mandatory text in every language.</summary>
    public static LocalizedText Localized(this DictionaryElement element, string key) =>
        element.Mandatory(key) is { } node ? Localized(node, element.PathOf(key), element.Log) : LocalizedText.Same("", element.Log.Languages);

    /// <summary>A text in every language; null when absent.</summary>
    public static LocalizedText? LocalizedOrNull(this DictionaryElement element, string key) =>
        element.Node(key) is { } node ? Localized(node, element.PathOf(key), element.Log) : null;

    /// <summary>A text in every language: one entry per language in their order, or one for all.</summary>
    public static LocalizedText Localized(DictionaryNode node, string path, ReadingLog log)
    {
        log.Place(path, node.Line);
        var languages = log.Languages;
        var texts = node switch
        {
            ScalarNode scalar => [.. languages.Select(_ => scalar.Text)],
            ListNode list when list.Items.All(item => item is ScalarNode) => list.Items.Select(item => ((ScalarNode)item).Text).ToList(),
            _ => [],
        };
        if (texts.Count == languages.Count && texts.All(text => !string.IsNullOrWhiteSpace(text)))
            return new(languages.Zip(texts).ToDictionary(pair => pair.First, pair => pair.Second));
        log.Error("scorecard.text.languages", path, $"Expected one text for each of {string.Join(", ", languages)}, or one for all.");
        return LocalizedText.Same(texts.FirstOrDefault() ?? "", languages);
    }

    /// <summary>A mandatory expression.</summary>
    public static Expression Expression(this DictionaryElement element, string key) =>
        element.Has(key) ? element.ExpressionOrNull(key)! : Missing(element, key);

    /// <summary>An expression; null when absent, <see cref="Unreadable"/> after a fault.</summary>
    public static Expression? ExpressionOrNull(this DictionaryElement element, string key) =>
        element.TextOrNull(key) is { } text ? Expression(text, element.PathOf(key), element.Log) : element.Has(key) ? Unreadable : null;

    /// <summary>The tree of a text, <see cref="Unreadable"/> after a fault.</summary>
    public static Expression Expression(string text, string path, ReadingLog log)
    {
        var (expression, fault) = ExpressionParser.TryParse(text);
        if (fault is null) return expression!;
        log.Error("scorecard.expression.syntax", path, string.Create(CultureInfo.InvariantCulture, $"Offset {fault.Position}: {fault.Reason}."));
        return Unreadable;
    }

    /// <summary>Either a plain number or an expression; both null when absent.</summary>
    public static (double? Number, Expression? Expression) NumberOrExpression(this DictionaryElement element, string key) =>
        element.ExpressionOrNull(key) switch
        {
            NumberLiteral number => (double.IsNaN(number.Value) ? 0.0 : number.Value, null),
            var expression => (null, expression),
        };

    /// <summary>An inclusive range <c>[low, high]</c>, <c>null</c> for an open end; both null when absent.</summary>
    public static (double? Minimum, double? Maximum) Range(this DictionaryElement element, string key)
    {
        if (element.Node(key) is not { } node) return (null, null);
        if (node is ListNode { Items.Count: 2 })
        {
            var ends = element.Texts(key);
            return (End(ends[0]), End(ends[1]));
        }
        element.Fault("scorecard.range", key, "A range is a list of two numbers.");
        return (null, null);

        double? End(string text) => text == OpenEnd ? null : DictionaryElement.NumberIn(text, element.PathOf(key), element.Log);
    }

    /// <summary>Keys with a number each; empty when absent.</summary>
    public static IReadOnlyDictionary<string, double> NumberMap(this DictionaryElement element, string key) =>
        Map(element, key, (inner, name) => inner.Number(name));

    /// <summary>Keys with a text each; empty when absent.</summary>
    public static IReadOnlyDictionary<string, string> TextMap(this DictionaryElement element, string key) =>
        Map(element, key, (inner, name) => inner.Text(name));

    /// <summary>Keys with an expression each; empty when absent.</summary>
    public static IReadOnlyDictionary<string, Expression> ExpressionMap(this DictionaryElement element, string key) =>
        Map(element, key, (inner, name) => inner.Expression(name));

    private static Dictionary<string, T> Map<T>(DictionaryElement element, string key, Func<DictionaryElement, string, T> read)
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        if (element.Child(key) is not { } inner) return map;
        foreach (var name in inner.Keys) map[name] = read(inner, name);
        return map;
    }

    private static NumberLiteral Missing(DictionaryElement element, string key)
    {
        element.Mandatory(key);
        return Unreadable;
    }
}
