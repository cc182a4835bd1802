using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Review;

/// <summary>The reasons that a letter gives: those that carried the decision. Where a rule or the score declined, theirs; where an officer
/// refused what score and rules would grant, the officer's, because the score's reasons would then be untrue.</summary>
public static class LetterReasons
{
    private const int Most = 4;
    private static readonly Dictionary<string, LocalizedText> _ofOverrides = new()
    {
        ["income.notSeen"] = Both("The income stated could not be confirmed by the documents.", "Penghasilan yang dinyatakan tidak dapat dibuktikan dengan dokumen."),
        ["collateral"] = Both("The security offered does not cover the loan.", "Agunan yang ditawarkan tidak menutup pinjaman."),
        ["guarantor"] = Both("The guarantee offered does not cover the loan.", "Penjaminan yang ditawarkan tidak menutup pinjaman."),
        ["dataError"] = Both("Values in the application do not agree with the documents.", "Data dalam permohonan tidak sesuai dengan dokumen."),
        ["relationship"] = Both("Earlier dealings with us count against this loan.", "Riwayat hubungan dengan kami tidak mendukung pinjaman ini."),
        ["riskNotSeen"] = Both("The documents show obligations that the score does not know.", "Dokumen menunjukkan kewajiban yang belum tercermin dalam skor."),
        ["fraudSuspicion"] = Both("Information in the application could not be verified.", "Informasi dalam permohonan tidak dapat diverifikasi."),
        ["other"] = Both("The officer's review of the documents did not support the loan.", "Peninjauan dokumen oleh petugas tidak mendukung pinjaman ini."),
    };

    /// <summary>At most four sentences, main reason first; empty when nothing could be told.</summary>
    public static IReadOnlyList<LocalizedText> Of(CaseDecision decision, IssuedScore score)
    {
        var issued = score.Explanation?.Reasons ?? [];
        if (decision.Override != OverrideKind.HighSide) return [.. issued.Select(reason => reason.Text).Distinct().Take(Most)];
        var officers = decision.OverrideReason is { } code && _ofOverrides.TryGetValue(code, out var text) ? new[] { text } : [];
        return [.. officers.Concat(issued.Where(reason => reason.FromRule).Select(reason => reason.Text)).Distinct().Take(Most)];
    }

    private static LocalizedText Both(string english, string indonesian) => new(new Dictionary<string, string> { ["en"] = english, ["id"] = indonesian });
}
