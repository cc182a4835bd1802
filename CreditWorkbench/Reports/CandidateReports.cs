using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Components.Pages.Build.Lab;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace CreditWorkbench.Web.Reports;

/// <summary>A report as a file.</summary>
/// <param name="Type">Media type.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record ReportFile(string Type, byte[] Bytes);

/// <summary>Reports on candidates, as a page, a document, data and figures. Nothing but the record goes in, so the bytes are the same every time.</summary>
public static class CandidateReports
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Formats by their extension.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["html", "pdf", "json", "csv"];

    /// <summary>The report in a format.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="culture">Language and numbers; data and figures are invariant.</param>
    public static async Task<ReportFile> WriteAsync(ReportSubject subject, string format, CultureInfo culture) => format switch
    {
        "pdf" => new ReportFile("application/pdf", In(culture, () => CandidatePdf.Write(subject))),
        "json" => new ReportFile("application/json", JsonSerializer.SerializeToUtf8Bytes(Data(subject), Json)),
        "csv" => new ReportFile("text/csv", In(CultureInfo.InvariantCulture, () => Encoding.UTF8.GetBytes(FiguresCsv(subject)))),
        _ => new ReportFile("text/html", Encoding.UTF8.GetBytes(await HtmlAsync(subject, culture))),
    };

    /// <summary>A sheet of styles that is part of the program.</summary>
    internal static string Sheet(string name)
    {
        using var stream = typeof(CandidateReports).Assembly.GetManifestResourceStream($"sheet.{name}.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static async Task<string> HtmlAsync(ReportSubject subject, CultureInfo culture)
    {
        // Nothing is injected into a report: no service can change what it says.
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            try
            {
                var page = await renderer.RenderComponentAsync<CandidateReport>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(CandidateReport.Subject)] = subject }));
                return "<!DOCTYPE html>\n" + page.ToHtmlString() + "\n";
            }
            finally
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
            }
        });
    }

    private static T In<T>(CultureInfo culture, Func<T> write)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private static object Data(ReportSubject subject) => new
    {
        subject.Title,
        subject.Training.Scorecard,
        subject.Training.Rows,
        subject.Training.Bads,
        subject.Training.Parts,
        subject.Training.Lineage,
        recordHash = subject.Hash,
        subject.Training.Costs,
        subject.Candidate,
        subject.Findings,
        acknowledgements = subject.Signed.Select(one => new { one.Column, one.Kind, one.Reason, one.By, one.At }),
    };

    private static string FiguresCsv(ReportSubject subject)
    {
        var rows = new List<IReadOnlyList<string>>();
        void Add(string part, string figure, double? value, double? low = null, double? high = null, string method = "") =>
            rows.Add([part, figure, Text(value), Text(low), Text(high), method]);

        foreach (var one in subject.Candidate.Test.Intervals) Add("test", one.Metric, one.Value, one.Low, one.High, one.Method);
        foreach (var one in subject.Candidate.OutOfTime?.Intervals ?? []) Add("outOfTime", one.Metric, one.Value, one.Low, one.High, one.Method);
        foreach (var grade in subject.Candidate.Test.BackTest?.Grades ?? []) Add("backTest", grade.Grade, grade.DefaultRate, grade.Low, grade.High, Text(grade.MeanPd));
        foreach (var report in subject.Candidate.Fairness)
            foreach (var group in report.Groups) Add($"fairness:{report.Column}", group.Group, group.Approval.Ratio, group.Approval.RatioLow, group.Approval.RatioHigh, group.Verdict.ToString());
        foreach (var one in subject.Candidate.Importance) Add("importance", one.Feature, one.GainShare);
        foreach (var finding in subject.Findings) rows.Add(["finding", finding.Column, finding.Kind, finding.Severity.ToString(), subject.IsOpen(finding) ? "open" : "", finding.Evidence]);
        return Csv.Write(["part", "figure", "value", "low", "high", "method"], rows, $"{subject.Title}, {subject.Candidate.Family}, data {subject.Training.Lineage.DataHash}");
    }

    private static string Text(double? value) => value is { } known ? known.ToString("R", CultureInfo.InvariantCulture) : "";
}
