using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Audit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>Batches over REST, from the upload to the results.</summary>
public sealed class BatchEndpointTests(ConsumerHost host) : IClassFixture<ConsumerHost>
{
    private const string Post = "/api/v1/scorecards/consumer/batches?legalBasis=contract&explain=top4&id=ref";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_OfCsv_IsScoredRowByRowInOrderAndAuditedOnce()
    {
        using var client = await host.Host.KeyAsync("score:stateless");
        var csv = ConsumerHost.Csv(300, change: (row, name, text) => row is 7 or 250 && name == "monthly_income" ? "much" : text);

        var id = await TakeAsync(client, csv);
        var queued = await ApiHost.JsonAsync(await client.GetAsync($"/api/v1/batches/{id}", Now));
        await ApiHost.AssertProblemAsync(await client.GetAsync($"/api/v1/batches/{id}/results", Now), 409, "batch.running.state");
        await WorkAsync();
        var done = await ApiHost.JsonAsync(await client.GetAsync($"/api/v1/batches/{id}", Now));
        var lines = (await client.GetStringAsync($"/api/v1/batches/{id}/results", Now)).TrimEnd('\n').Split('\n');

        Assert.Equal("queued", queued.GetProperty("state").GetString());
        Assert.Equal(("completed", 300, 2, 1.0), (done.GetProperty("state").GetString(), done.GetProperty("rows").GetInt32(), done.GetProperty("rejected").GetInt32(), done.GetProperty("share").GetDouble()));
        Assert.Equal([8, 251], done.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("row").GetInt32()));
        Assert.All(done.GetProperty("errors").EnumerateArray(), error => Assert.Equal("monthly_income", error.GetProperty("field").GetString()));
        Assert.StartsWith("ref,row,score,", lines[0], StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 300).Select(row => $"r{row},{row + 1}"), lines.Skip(1).Select(line => string.Join(',', line.Split(',').Take(2))));
        Assert.Equal(ContentHashOf(string.Join('\n', lines) + "\n"), done.GetProperty("resultHash").GetString());
        await host.Host.App.Services.GetRequiredService<Core.Store.Trail.AuditSequencer>().SequenceAsync(Now);
        var entries = await host.Host.App.Services.GetRequiredService<IAuditReader>().SearchAsync(new("batch.completed") { Take = 1000 }, Now);
        Assert.Single(entries, found => found.Entry.SubjectId == id);
    }

    [Fact]
    public async Task Batch_OfPackedNdjson_AnswersInJsonLinesAlsoPacked()
    {
        using var client = await host.Host.KeyAsync("score:stateless");
        var lines = ConsumerHost.Csv(40).TrimEnd('\n').Split('\n');
        var names = lines[0].Split(',');
        var ndjson = string.Concat(lines.Skip(1).Select(line => JsonSerializer.Serialize(names.Zip(line.Split(',')).Where(cell => cell.Second.Length > 0).ToDictionary(cell => cell.First, cell => cell.Second)) + "\n"));
        using var content = new ByteArrayContent(Packed(ndjson)) { Headers = { ContentType = new("application/x-ndjson"), ContentEncoding = { "gzip" } } };

        var taken = await ApiHost.JsonAsync(await client.PostAsync(Post, content, Now));
        var id = taken.GetProperty("batchId").GetString();
        await WorkAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/batches/{id}/results") { Headers = { AcceptEncoding = { new("gzip") } } };
        using var answer = await client.SendAsync(request, Now);
        await using var unpacked = new GZipStream(await answer.Content.ReadAsStreamAsync(Now), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        var rows = (await reader.ReadToEndAsync(Now)).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(Enumerable.Range(0, 40).Select(row => $"r{row}"), rows.Select(row => row.GetProperty("ref").GetString()));
        Assert.All(rows, row => Assert.Equal(JsonValueKind.Number, row.GetProperty("score").ValueKind));
        Assert.All(rows, row => Assert.True(row.TryGetProperty("reason1_code", out _)));
    }

    [Fact]
    public async Task Batch_OfSomebodyElse_IsUnknown()
    {
        using var owner = await host.Host.KeyAsync("score:stateless");
        using var other = await host.Host.KeyAsync("score:stateless");
        var id = await TakeAsync(owner, ConsumerHost.Csv(3));

        await ApiHost.AssertProblemAsync(await other.GetAsync($"/api/v1/batches/{id}", Now), 404, "batch.notFound");
        await ApiHost.AssertProblemAsync(await other.GetAsync($"/api/v1/batches/{id}/results", Now), 404, "batch.notFound");
        await ApiHost.AssertProblemAsync(await other.DeleteAsync($"/api/v1/batches/{id}", Now), 404, "batch.notFound");
        await ApiHost.AssertProblemAsync(await other.GetAsync($"/api/v1/jobs/{id}", Now), 404, "job.notFound");
        Assert.Equal(id, (await ApiHost.JsonAsync(await owner.GetAsync($"/api/v1/jobs/{id}", Now))).GetProperty("id").GetString());
        Assert.DoesNotContain((await ApiHost.JsonAsync(await other.GetAsync("/api/v1/batches", Now))).EnumerateArray(), batch => batch.GetProperty("id").GetString() == id);
    }

    [Fact]
    public async Task Batch_CalledOff_LeavesNothing()
    {
        using var client = await host.Host.KeyAsync("score:stateless");
        var id = await TakeAsync(client, ConsumerHost.Csv(3));

        var cancelled = await ApiHost.JsonAsync(await client.DeleteAsync($"/api/v1/batches/{id}", Now));

        Assert.Equal("cancelled", cancelled.GetProperty("state").GetString());
        Assert.False(Directory.Exists(Path.Combine(host.Host.Data, "batches", Guid.Parse(id).ToString("n"))));
        await ApiHost.AssertProblemAsync(await client.DeleteAsync($"/api/v1/batches/{id}", Now), 409, "job.ended");
        await ApiHost.AssertProblemAsync(await client.GetAsync($"/api/v1/batches/{id}/results", Now), 409, "batch.results.state");
    }

    [Fact]
    public async Task Batch_ThatCannotBe_IsRefusedAndNothingIsKept()
    {
        using var client = await host.Host.KeyAsync("score:stateless");
        var csv = ConsumerHost.Csv(2);
        var before = Folders();

        await ApiHost.AssertProblemAsync(await PostAsync(client, "/api/v1/scorecards/consumer/batches", csv), 400, "legalBasis.missing");
        await ApiHost.AssertProblemAsync(await PostAsync(client, Post.Replace("contract", "whim", StringComparison.Ordinal), csv), 400, "legalBasis.unknown");
        await ApiHost.AssertProblemAsync(await PostAsync(client, Post.Replace("top4", "all", StringComparison.Ordinal), csv), 400, "field.category", "explain");
        await ApiHost.AssertProblemAsync(await PostAsync(client, Post.Replace("id=ref", "id=nobody", StringComparison.Ordinal), csv), 400, "column.missing");
        await ApiHost.AssertProblemAsync(await PostAsync(client, Post, csv.Replace("ref,", "full_name,", StringComparison.Ordinal).Replace("id=ref", "", StringComparison.Ordinal)), 400, "field.personal", "full_name");
        await ApiHost.AssertProblemAsync(await PostAsync(client, Post, csv.Replace("monthly_income", "weather", StringComparison.Ordinal)), 400, "column.missing", "monthly_income");
        await ApiHost.AssertProblemAsync(await PostAsync(client, Post, ""), 400, "file.empty");
        await ApiHost.AssertProblemAsync(await PostAsync(client, Post, "\0\u0001\u0002"), 400, "file.binary");
        await ApiHost.AssertProblemAsync(await client.PostAsync(Post, new ByteArrayContent(Bomb()) { Headers = { ContentEncoding = { "gzip" } } }, Now), 400, "body.ratio");
        using var reader = await host.Host.KeyAsync("applications:read");
        await ApiHost.AssertProblemAsync(await PostAsync(reader, Post, csv), 403, "permission.missing");

        Assert.Equal(before, Folders());
    }

    // Other tests of this class leave batches in the queue: all of them are done.
    private async Task WorkAsync()
    {
        while (await host.WorkAsync())
        {
        }
    }

    private int Folders() => Directory.Exists(Path.Combine(host.Host.Data, "batches")) ? Directory.GetDirectories(Path.Combine(host.Host.Data, "batches")).Length : 0;

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string address, string csv) =>
        client.PostAsync(address, new StringContent(csv, Encoding.UTF8, new MediaTypeHeaderValue("text/csv")), Now);

    private static async Task<string> TakeAsync(HttpClient client, string csv)
    {
        using var answer = await PostAsync(client, Post, csv);
        var body = await ApiHost.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return body.GetProperty("batchId").GetString()!;
    }

    private static string ContentHashOf(string text) => Core.Kernel.ContentHash.Of(text).Hex;

    private static byte[] Packed(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return target.ToArray();
    }

    private static byte[] Bomb()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize)) gzip.Write(new byte[30_000_000]);
        return target.ToArray();
    }
}
