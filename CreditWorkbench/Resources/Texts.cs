using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace CreditWorkbench.Web.Resources;

/// <summary>Every visible sentence of the workbench in every language it speaks; chosen by the current user-interface culture.</summary>
/// <remarks>The sentences lie side by side in <c>Resources/*.json</c> (key, then language, then sentence), so that no language can fall behind unseen.
/// Slots are numbered as in <see cref="string.Format(IFormatProvider, string, object[])"/>; plural forms are keys that end in <c>.one</c> and <c>.other</c>.</remarks>
public static class Texts
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Sentences = Load(typeof(Texts).Assembly);

    /// <summary>Languages, the default first.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "id"];

    /// <summary>Every key with its sentence per language.</summary>
    public static IReadOnlyDictionary<string, FrozenDictionary<string, string>> All => Sentences;

    /// <summary>The sentence of a key in the current language.</summary>
    /// <exception cref="KeyNotFoundException">No such key: a bug of the page.</exception>
    public static string T(string key) => In(CultureInfo.CurrentUICulture, key);

    /// <summary>The sentence of a key with its slots filled; numbers and dates are formatted by the current culture.</summary>
    /// <exception cref="KeyNotFoundException">No such key: a bug of the page.</exception>
    public static string T(string key, params ReadOnlySpan<object?> slots) => string.Format(CultureInfo.CurrentCulture, T(key), slots);

    /// <summary>The plural form of a key for a count; slot 0 is the count.</summary>
    public static string Count(string key, long count, params ReadOnlySpan<object?> more) =>
        T(count == 1 && Language(CultureInfo.CurrentUICulture) == "en" ? $"{key}.one" : $"{key}.other", [Formats.Integer(count), .. more]);

    /// <summary>The sentence of a key in a stated culture.</summary>
    public static string In(CultureInfo culture, string key) => Sentences[key][Language(culture)];

    /// <summary>Whether the key exists: for codes that come from elsewhere (problem codes, kinds of audit entries).</summary>
    public static bool Has(string key) => Sentences.ContainsKey(key);

    /// <summary>The sentence of a key, or the given words when a code from elsewhere has no sentence of its own.</summary>
    public static string TOr(string key, string otherwise) => Has(key) ? T(key) : otherwise;

    /// <summary>The language among <see cref="Languages"/> that a culture speaks; English for all others.</summary>
    public static string Language(CultureInfo culture) => Languages.Contains(culture.TwoLetterISOLanguageName) ? culture.TwoLetterISOLanguageName : Languages[0];

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load(Assembly assembly)
    {
        var all = new Dictionary<string, FrozenDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("texts.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, sentences) in JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!)
                all.Add(key, sentences.ToFrozenDictionary(StringComparer.Ordinal));
        }
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
