using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Grounds on which values that belong to no applicant of ours may be scored.</summary>
/// <remarks>The six of Article 6(1) GDPR, which Article 20 of Indonesia's Law 27 of 2022 has as well.</remarks>
public static class LegalBases
{
    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> Codes { get; } = ["consent", "contract", "legalObligation", "vitalInterest", "publicTask", "legitimateInterest"];

    /// <summary>Codes in one text, or what is wrong with them: <c>legalBasis.missing</c>, <c>legalBasis.unknown</c>.</summary>
    /// <param name="stated">Of the call; null or empty for the client's own.</param>
    /// <param name="usual">Of the client, separated by commas; null without.</param>
    public static Outcome<string> Of(IReadOnlyList<string>? stated, string? usual)
    {
        if (stated is null or { Count: 0 })
            return string.IsNullOrWhiteSpace(usual) ? new Problem("legalBasis.missing", "The call names no legal basis, and the client has none of its own.") { Field = "legalBasis", Remedy = $"Name one: {string.Join(", ", Codes)}." } : usual;
        return stated.FirstOrDefault(code => !Codes.Contains(code)) is { } odd
            ? new Problem("legalBasis.unknown", $"'{(odd.Length > 40 ? odd[..40] : odd)}' is no legal basis.") { Field = "legalBasis", Remedy = $"Name one of these: {string.Join(", ", Codes)}." }
            : string.Join(',', stated.Distinct());
    }
}
