using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Tests.ModelBuilding;
using CreditWorkbench.Web.Reports;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Reports on a candidate of a small file, drawn from its record as it is read back from its bytes.</summary>
public sealed partial class CandidateReportTests(CandidateReportTests.Trained trained) : IClassFixture<CandidateReportTests.Trained>
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Indonesian = CultureInfo.GetCultureInfo("id");

    public static TheoryData<string> Formats => [.. CandidateReports.Formats];

    [Theory, MemberData(nameof(Formats))]
    public async Task Report_WrittenAgainFromTheRecord_HasEqualBytes(string format)
    {
        var first = await CandidateReports.WriteAsync(trained.Subject(), format, English);
        var second = await CandidateReports.WriteAsync(trained.Subject(), format, English);

        Assert.True(first.Bytes.Length > 500);
        Assert.Equal(first.Bytes, second.Bytes);
    }

    [Fact]
    public async Task Page_InItself_NeedsNothingFromOutside()
    {
        var html = Text(await CandidateReports.WriteAsync(trained.Subject(), "html", English));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(External(), html);
        Assert.True(Regex.Count(html, "<svg ") >= 9);
        Assert.Contains("Intended use and limits", html, StringComparison.Ordinal);
        Assert.Contains("it was not judged on later rows", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(trained.Record.Lineage.DataHash, html, StringComparison.Ordinal);
        Assert.Contains("gender", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_InIndonesian_SpeaksItWithItsNumbers()
    {
        var html = Text(await CandidateReports.WriteAsync(trained.Subject(), "html", Indonesian));

        Assert.Contains("<html lang=\"id\"", html, StringComparison.Ordinal);
        Assert.Contains("Kegunaan dan batasan", html, StringComparison.Ordinal);
        Assert.Contains("1.600", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_HostileNames_AreShownAsText()
    {
        var subject = trained.Subject() with { Title = "<img src=x onerror=alert(1)>", Findings = [new LeakageFinding("</style><b>", LeakageKinds.FeatureAuc, LeakageSeverity.Error, "\"&<>")] };

        var html = Text(await CandidateReports.WriteAsync(subject, "html", English));

        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("</style><b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_IsAPdfWhoseTableOfObjectsHolds()
    {
        var text = Encoding.Latin1.GetString((await CandidateReports.WriteAsync(trained.Subject(), "pdf", English)).Bytes);

        Assert.StartsWith("%PDF-1.4\n", text, StringComparison.Ordinal);
        var table = int.Parse(Regex.Match(text, @"startxref\n(\d+)\n").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.StartsWith("xref\n", text[table..], StringComparison.Ordinal);
        var offsets = Regex.Matches(text[table..], @"(\d{10}) 00000 n").Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.All(offsets, offset => Assert.Matches(@"^\d+ 0 obj\n", text[offset..Math.Min(text.Length, offset + 20)]));
        Assert.Equal(Regex.Count(text, "/Type /Page /Parent"), int.Parse(Regex.Match(text, @"/Count (\d+)").Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Figures_AreInvariantAndSafeForASpreadsheet()
    {
        var subject = trained.Subject() with { Findings = [new LeakageFinding("=cmd()", LeakageKinds.FeatureAuc, LeakageSeverity.Error, "x")] };

        var csv = Text(await CandidateReports.WriteAsync(subject, "csv", Indonesian));

        Assert.Contains($"test,auc,{subject.Candidate.Test.Report.Auc.ToString("R", CultureInfo.InvariantCulture)}", csv, StringComparison.Ordinal);
        Assert.Contains("'=cmd()", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_HoldsTheRecordOfTheCandidate()
    {
        using var json = JsonDocument.Parse((await CandidateReports.WriteAsync(trained.Subject(), "json", English)).Bytes);

        Assert.Equal(trained.Subject().Candidate.Test.Report.Auc, json.RootElement.GetProperty("candidate").GetProperty("test").GetProperty("report").GetProperty("auc").GetDouble());
    }

    private static string Text(ReportFile file) => Encoding.UTF8.GetString(file.Bytes);

    [GeneratedRegex("""(src|href)="(?!#)|url\(|@import""")]
    private static partial Regex External();

    /// <summary>One small training for all reports.</summary>
    public sealed class Trained : IAsyncLifetime
    {
        private string _json = "";

        internal TrainingRecord Record => TrainingRecordFile.ReadRecord(_json).Value;

        public async ValueTask InitializeAsync()
        {
            var rows = (await new ApplicantRows().OpenAsync(ApplicantRows.Honest, CancellationToken.None)).Value;
            var settings = ModelBuilding.Applicants.Quick with { Candidates = ["boosting", "logistic"], Folds = 3, ConfidenceRefits = 0 };
            var result = new TrainingLine(TimeProvider.System).Run(rows.ToRequest(settings), null, CancellationToken.None).Value;
            _json = TrainingRecordFile.WriteRecord(TrainingRecord.Of(result, DateTimeOffset.UnixEpoch, "test"));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        internal ReportSubject Subject() => ReportSubject.Of(Record);
    }
}
