using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Applicants;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>Keyed hashes by which encrypted personal data is found again: whole e-mail, phone and national id, and each word of a name.
/// Equal data gives equal hashes, so the key stays in the ring.</summary>
internal sealed class BlindIndex(KeyRing ring)
{
    private const int HexDigits = 32;

    /// <summary>Every token of an applicant.</summary>
    public IReadOnlySet<string> TokensOf(Applicant applicant) =>
        Identifiers(applicant.Email, applicant.Phone, applicant.NationalId).Concat(WordsOf(applicant.Name)).ToHashSet();

    /// <summary>Tokens of e-mail, phone and national id: sharing one makes two applicants possible duplicates.</summary>
    public IReadOnlySet<string> IdentifiersOf(Applicant applicant) =>
        Identifiers(applicant.Email, applicant.Phone, applicant.NationalId).ToHashSet();

    /// <summary>Tokens of a search text read as e-mail, as phone and as national id.</summary>
    public IReadOnlySet<string> IdentifiersOf(string query) => Identifiers(query, query, query).ToHashSet();

    /// <summary>One token per word of a name.</summary>
    public IReadOnlySet<string> WordsOf(string name) =>
        Letters(name, ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Token("name", word)).ToHashSet();

    /// <summary>Token of a client's own reference of a stateless prediction.</summary>
    public string ReferenceOf(Guid clientId, string reference) => Token("reference", $"{clientId:n}\0{reference}");

    private IEnumerable<string> Identifiers(string email, string phone, string? nationalId)
    {
        if (email.Contains('@', StringComparison.Ordinal)) yield return Token("email", email.Trim().ToUpperInvariant());
        var digits = string.Concat(phone.Where(char.IsAsciiDigit)).TrimStart('0');
        if (digits.Length >= 5) yield return Token("phone", digits);
        var id = Letters(nationalId ?? "", null);
        if (id.Length > 0) yield return Token("national_id", id);
    }

    // Upper case without accents; everything but letters and digits becomes the separator or goes.
    private static string Letters(string text, char? separator)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(letter)) kept.Append(char.ToUpperInvariant(letter));
            else if (separator is { } gap && char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark) kept.Append(gap);
        }

        return kept.ToString();
    }

    private string Token(string kind, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(ring.IndexKey, Encoding.UTF8.GetBytes($"{kind}\0{value}")))[..HexDigits];
}
