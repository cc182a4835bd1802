using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Texts by language, each written when it is first read: most explanations are read in one language only.</summary>
/// <param name="languages">Languages in their order, no two alike.</param>
/// <param name="write">Writes the text of a language; gives the same text whenever it is asked.</param>
internal sealed class TextsOnDemand(IReadOnlyList<string> languages, Func<string, string> write) : IReadOnlyDictionary<string, string>
{
    private readonly string?[] _texts = new string?[languages.Count];

    /// <inheritdoc/>
    public int Count => languages.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => languages;

    /// <inheritdoc/>
    public IEnumerable<string> Values => Enumerable.Range(0, languages.Count).Select(At);

    /// <inheritdoc/>
    public string this[string key] => TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"There is no text in {key}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        for (var i = 0; i < languages.Count; i++)
        {
            if (languages[i] != key) continue;
            value = At(i);
            return true;
        }

        value = null;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Enumerable.Range(0, languages.Count).Select(i => KeyValuePair.Create(languages[i], At(i))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Threads that come together write the same text twice.
    private string At(int i) => _texts[i] ??= write(languages[i]);
}
