using System.Text;
using System.Text.RegularExpressions;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Reports;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>The letter as a document.</summary>
public sealed partial class LetterPdfTests
{
    private static readonly LetterText Short = new(
        ["Bank Contoh", "Jalan Merdeka 1"], ["Ji\u0159\u00ed Nov\u00e1k"], "20 November 2026", "Permohonan Anda A-1", "Yth. Dewi,", "Kami tidak dapat menyetujui pinjaman ini.", "Alasan",
        ["Penghasilan tidak tetap.", "Angsuran terlalu besar."], "Skor Anda", [new("Skor", "541, pada skala 300 sampai 900")], "Yang dapat Anda lakukan", ["Anda dapat mengajukan keberatan."], ["Maya Putri", "Atas nama Bank Contoh"]);

    [Fact]
    public void Letter_WrittenTwice_HasEqualBytesAndEveryParagraphInOrder()
    {
        using var _ = new InCulture("id");
        var bytes = LetterPdf.Write(Short, "Permohonan Anda A-1 \u00b7 surat 7f3a");
        var said = Said(bytes);

        Assert.Equal(bytes, LetterPdf.Write(Short, "Permohonan Anda A-1 \u00b7 surat 7f3a"));
        Assert.Single(Pages().Matches(Encoding.ASCII.GetString(bytes)));
        var order = new[] { "Bank Contoh", "20 November 2026", "Permohonan Anda A-1", "menyetujui", "Penghasilan tidak tetap.", "541", "keberatan", "Maya Putri", "surat 7f3a" }.Select(words => said.IndexOf(words, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public void Letter_NameBeyondTheFont_IsWrittenWithoutItsMarksAndNeverWithQuestionMarks()
    {
        using var _ = new InCulture("en");

        var said = Said(LetterPdf.Write(Short, "foot"));

        Assert.Contains("Jir\u00ed Nov\u00e1k", said, StringComparison.Ordinal);
        Assert.DoesNotContain("?", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Letter_LongerThanAPage_GoesOnWithItsFootOnEveryPage()
    {
        using var _ = new InCulture("en");
        var reason = string.Join(' ', Enumerable.Repeat("The instalments would take too large a part of the monthly income.", 20));

        var bytes = LetterPdf.Write(Short with { Reasons = [reason, reason, reason, reason] }, "the foot");

        Assert.True(Pages().Count(Encoding.ASCII.GetString(bytes)) > 1);
        Assert.Equal(Pages().Count(Encoding.ASCII.GetString(bytes)), Regex.Count(Said(bytes), "the foot"));
        Assert.Contains("Page 2 of", Said(bytes), StringComparison.Ordinal);
    }

    // The texts of a page stand in it as hexadecimal digits of Windows-1252.
    private static string Said(byte[] pdf) =>
        string.Join('\n', Texts().Matches(Encoding.ASCII.GetString(pdf)).Select(match => Encoding.Latin1.GetString(Convert.FromHexString(match.Groups[1].Value))));

    [GeneratedRegex("<([0-9A-F]+)> Tj")]
    private static partial Regex Texts();

    [GeneratedRegex("/Type /Page /Parent")]
    private static partial Regex Pages();
}
