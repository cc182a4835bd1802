namespace CreditWorkbench.Core.Scorecards;

/// <summary>One text in every language of a dictionary.</summary>
/// <param name="ByLanguage">Two-letter language code to text; at least one entry.</param>
public sealed record LocalizedText(IReadOnlyDictionary<string, string> ByLanguage)
{
    /// <summary>The same text for every language.</summary>
    public static LocalizedText Same(string text, IEnumerable<string> languages) => new(languages.ToDictionary(language => language, _ => text));

    /// <summary>The text in a language (two letters or a culture name such as <c>id-ID</c>); the first language where it has none.</summary>
    public string In(string language) => ByLanguage.TryGetValue(language.Length > 2 ? language[..2] : language, out var text) ? text : ByLanguage.First().Value;

    /// <summary>Equal when every language has the same text.</summary>
    public bool Equals(LocalizedText? other) =>
        other is not null && ByLanguage.Count == other.ByLanguage.Count
        && ByLanguage.All(entry => other.ByLanguage.TryGetValue(entry.Key, out var text) && text == entry.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => ByLanguage.Count == 0 ? 0 : ByLanguage.First().Value.GetHashCode(StringComparison.Ordinal);
}
