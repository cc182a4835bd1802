using System.Globalization;
using System.Text;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>One injective encoding of named values, in the order given: each value with its length, so that no two contents share a text.</summary>
internal sealed class CanonicalText
{
    private readonly StringBuilder _text = new();

    /// <summary>The encoding so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>Adds a text; null differs from empty.</summary>
    public CanonicalText Add(string name, string? value)
    {
        _text.Append(name).Append('=');
        if (value is null) _text.Append('~');
        else _text.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}");
        _text.Append('\n');
        return this;
    }

    /// <summary>Adds a number in its shortest exact form.</summary>
    public CanonicalText Add(string name, double? value) => Add(name, value is { } number ? ExpressionText.Number(number) : null);

    /// <summary>Adds a flag.</summary>
    public CanonicalText Add(string name, bool value) => Add(name, value ? "1" : "0");

    /// <summary>Adds an expression in its canonical text.</summary>
    public CanonicalText Add(string name, Expression? value) => Add(name, value is null ? null : ExpressionText.Of(value));

    /// <summary>Adds a text in every language, languages in their own order.</summary>
    public CanonicalText Add(string name, LocalizedText? value)
    {
        if (value is null) return Add(name, (string?)null);
        foreach (var (language, text) in value.ByLanguage.OrderBy(entry => entry.Key, StringComparer.Ordinal)) Add($"{name}@{language}", text);
        return this;
    }

    /// <summary>Adds a list: its length, then each item.</summary>
    public CanonicalText Add<T>(string name, IReadOnlyList<T> items, Action<T> add)
    {
        Add(name, (double)items.Count);
        foreach (var item in items) add(item);
        return this;
    }

    /// <summary>Adds a list of texts.</summary>
    public CanonicalText Add(string name, IReadOnlyList<string> items) => Add(name, items, item => Add("-", item));
}
