using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using CreditWorkbench.Web.Endpoints.Metrics;
using CreditWorkbench.Web.Identity;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>What Prometheus reads.</summary>
public sealed class MetricsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Promtool = "/usr/bin/promtool";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_OfTheServer_CountCallsForReadersOfDashboards()
    {
        using var key = await host.KeyAsync("monitoring:read");
        using var narrow = await host.KeyAsync("score:stateless");
        using var viewer = await host.PersonAsync(Roles.Viewer);
        using var anonymous = host.Anonymous();
        await anonymous.GetAsync("/api/v1/health", Now);

        var text = await key.GetStringAsync("/metrics", Now);

        Assert.Contains("workbench_api_requests_total{endpoint=\"getHealth\",status=\"200\"} ", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE workbench_api_request_seconds histogram", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/metrics", Now)).StatusCode);
        await ApiHost.AssertProblemAsync(await narrow.GetAsync("/metrics", Now), 403, "permission.missing");
        await ApiHost.AssertProblemAsync(await anonymous.GetAsync("/metrics", Now), 401, "credentials.missing");
        await CheckAsync(text);
    }

    [Fact]
    public async Task Text_OfEveryKindOfInstrument_IsWhatPrometheusReads()
    {
        using var metrics = new PrometheusText();
        using var meter = new Meter("CreditWorkbench");
        var counter = meter.CreateCounter<long>("sample.calls", description: "Calls \\ with\na break");
        var histogram = meter.CreateHistogram<double>("sample_seconds", description: "Seconds.");
        meter.CreateObservableGauge("sample_depth", () => 3.5, description: "Depth.");
        counter.Add(2, new KeyValuePair<string, object?>("path", "a\"b\\c\n"));
        counter.Add(3, new KeyValuePair<string, object?>("path", "a\"b\\c\n"));
        foreach (var value in new[] { 0.0004, 0.03, 0.03, 99 }) histogram.Record(value);

        var text = metrics.Write();

        Assert.Contains("sample_calls_total{path=\"a\\\"b\\\\c\\n\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("sample_depth 3.5\n", text, StringComparison.Ordinal);
        Assert.Contains("sample_seconds_bucket{le=\"0.0005\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sample_seconds_bucket{le=\"0.05\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("sample_seconds_bucket{le=\"+Inf\"} 4\nsample_seconds_sum 99.0604\nsample_seconds_count 4\n", text, StringComparison.Ordinal);
        await CheckAsync(text);
    }

    [Fact]
    public void Text_OfAnInstrumentWithManyTags_StaysBounded()
    {
        using var metrics = new PrometheusText();
        using var meter = new Meter("CreditWorkbench");
        var counter = meter.CreateCounter<long>("sample_wide_total", description: "Wide.");

        for (var i = 0; i < 5_000; i++) counter.Add(1, new KeyValuePair<string, object?>("caller", i));

        var lines = metrics.Write().Split('\n').Where(line => line.StartsWith("sample_wide_total{", StringComparison.Ordinal)).ToList();
        Assert.InRange(lines.Count, 2_000, 2_001);
        Assert.Contains("sample_wide_total{overflow=\"true\"} 3000", lines);
    }

    [Fact]
    public void Text_OfTheSameTagsTimeAndAgain_CountsEveryCallInItsOwnSeries()
    {
        using var metrics = new PrometheusText();
        using var meter = new Meter("CreditWorkbench");
        var counter = meter.CreateCounter<long>("sample_again_total", description: "Again.");
        var tags = Enumerable.Range(0, 40).Select(i => new KeyValuePair<string, object?>("kind", $"k{i}")).ToArray();

        Parallel.For(0, 40_000, i => counter.Add(1, tags[i % tags.Length]));
        counter.Add(1, tags[0], tags[1]);
        counter.Add(1);

        var text = metrics.Write();
        foreach (var tag in tags) Assert.Contains($"sample_again_total{{kind=\"{tag.Value}\"}} 1000\n", text, StringComparison.Ordinal);
        Assert.Contains("sample_again_total{kind=\"k0\",kind=\"k1\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sample_again_total 1\n", text, StringComparison.Ordinal);
    }

    // Prometheus' own checker, where it is installed: syntax is an error (1), a matter of taste is not (3).
    private static async Task CheckAsync(string text)
    {
        if (!File.Exists(Promtool)) return;
        using var checker = Process.Start(new ProcessStartInfo(Promtool, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await checker.StandardInput.WriteAsync(text);
        checker.StandardInput.Close();
        var (output, errors) = (checker.StandardOutput.ReadToEndAsync(Now), checker.StandardError.ReadToEndAsync(Now));
        await checker.WaitForExitAsync(Now);
        Assert.True(checker.ExitCode is 0 or 3, $"{checker.ExitCode} {await output} {await errors}");
    }
}
