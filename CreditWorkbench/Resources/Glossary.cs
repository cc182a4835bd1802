using System.Collections.Frozen;

namespace CreditWorkbench.Web.Resources;

/// <summary>A term with what it is and what to make of it, in the current language.</summary>
/// <param name="Key">Stands in addresses.</param>
/// <param name="Topic">Where it is listed.</param>
public sealed record GlossaryTerm(string Key, string Topic)
{
    /// <summary>As it is called.</summary>
    public string Name => Texts.T($"glossary.{Topic}.{Key}.name");

    /// <summary>What it is.</summary>
    public string What => Texts.T($"glossary.{Topic}.{Key}.what");

    /// <summary>What is good, and what to do.</summary>
    public string Do => Texts.T($"glossary.{Topic}.{Key}.do");

    /// <summary>Its place on the help page.</summary>
    public string Href => "/help?term=" + Key;

    /// <summary>Whether every word stands somewhere in it.</summary>
    public bool Contains(IEnumerable<string> words)
    {
        var text = $"{Name} {What} {Do}";
        return words.All(word => text.Contains(word, StringComparison.CurrentCultureIgnoreCase));
    }
}

/// <summary>The one glossary: help beside numbers, the help page and the search all read it from <c>Resources/glossary.json</c>.</summary>
public static class Glossary
{
    private static readonly FrozenDictionary<string, GlossaryTerm> ByKey = Texts.All.Keys
        .Select(key => key.Split('.')).Where(parts => parts is ["glossary", _, _, "name"])
        .ToFrozenDictionary(parts => parts[2], parts => new GlossaryTerm(parts[2], parts[1]), StringComparer.Ordinal);

    /// <summary>Topics in the order of the help page.</summary>
    public static IReadOnlyList<string> Topics { get; } = ["decide", "explain", "model", "prove", "run"];

    /// <summary>Every term, by topic, then by name in the current language.</summary>
    public static IReadOnlyList<GlossaryTerm> Terms =>
        [.. ByKey.Values.OrderBy(term => Topics.ToList().IndexOf(term.Topic)).ThenBy(term => term.Name, StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>One term.</summary>
    /// <exception cref="KeyNotFoundException">No such term: a bug of the page.</exception>
    public static GlossaryTerm Term(string key) => ByKey[key];

    /// <summary>What a term is and what to make of it, in one text.</summary>
    /// <exception cref="KeyNotFoundException">No such term: a bug of the page.</exception>
    public static string Short(string key) => $"{ByKey[key].What} {ByKey[key].Do}";

    /// <summary>Terms that contain every word of a search; those whose name begins with it first.</summary>
    public static IReadOnlyList<GlossaryTerm> Search(string? text)
    {
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length == 0 ? Terms
            : [.. Terms.Where(term => term.Contains(words)).OrderByDescending(term => term.Name.StartsWith(words[0], StringComparison.CurrentCultureIgnoreCase))];
    }
}
