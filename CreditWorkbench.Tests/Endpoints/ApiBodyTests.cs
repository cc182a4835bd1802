using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Endpoints;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>Bodies, good and hostile.</summary>
public sealed class ApiBodyTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Body_AsTheContractSays_IsRead()
    {
        var read = await ReadAsync("""{"name":"a","size":2.5,"shape":"round","parts":[{"count":3}],"values":{"x":1,"y":null}}""");

        Assert.Equal(("a", 2.5, Shape.Round, 3, JsonValueKind.Null), (read.Value.Name, read.Value.Size, read.Value.Shape, read.Value.Parts![0].Count, read.Value.Values!["y"].ValueKind));
    }

    [Theory]
    [InlineData("", "body.empty", null)]
    [InlineData("null", "body.empty", null)]
    [InlineData("[]", "body.invalid", null)]
    [InlineData("5", "body.invalid", null)]
    [InlineData("{", "body.invalid", null)]
    [InlineData("""{"name":"a","size":NaN}""", "body.invalid", null)]
    [InlineData("""{"name":"a","size":1} {}""", "body.invalid", null)]
    [InlineData("""{"name":"a","name":"b","size":1}""", "body.invalid", null)]
    [InlineData("""{"name":"a","size":1e400}""", "field.type", "size")]
    [InlineData("""{"name":"a","size":"1"}""", "field.type", "size")]
    [InlineData("""{"name":5,"size":1}""", "field.type", "name")]
    [InlineData("""{"name":null,"size":1}""", "field.type", "name")]
    [InlineData("""{"name":"a"}""", "field.required", "size")]
    [InlineData("""{"name":"a","size":1,"colour":"red"}""", "field.unknown", "colour")]
    [InlineData("""{"name":"a","size":1,"parts":[{"count":1},{"amount":1}]}""", "field.unknown", "parts[1].amount")]
    [InlineData("""{"name":"a","size":1,"shape":"cubic"}""", "field.type", "shape")]
    [InlineData("""{"name":"a","size":1,"shape":1}""", "field.type", "shape")]
    [InlineData("""{"name":"a","size":1,"parts":[{"count":99999999999}]}""", "field.type", "parts[0].count")]
    [InlineData("""{"name":"\ud800","size":1}""", "text.invalid", null)]
    [InlineData("""{"name":"a\u0000","size":1}""", "text.invalid", null)]
    [InlineData("""{"name":"a","size":1,"values":{"x":"\u0000"}}""", "text.invalid", null)]
    public async Task Body_AgainstTheContract_IsAProblemThatNamesTheField(string body, string code, string? field)
    {
        var problem = (await ReadAsync(body)).Problems[0];

        Assert.Equal((code, field), (problem.Code, problem.Field));
        Assert.DoesNotContain("CreditWorkbench", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_NestedTooDeeply_IsRefused() =>
        Assert.Equal("body.invalid", (await ReadAsync($$$"""{"name":"a","size":1,"values":{"x":{{{new string('[', 100)}}}{{{new string(']', 100)}}}}}""")).Problems[0].Code);

    [Fact]
    public async Task Body_NotUtf8_IsRefused()
    {
        Assert.Equal("body.encoding", (await ReadAsync([(byte)'"', 0xFF, (byte)'"'])).Problems[0].Code);
        Assert.Equal("body.encoding", (await ReadAsync(Encoding.Unicode.GetBytes("{\"name\":\"\ud83d\ude00\u00e9\"}"))).Problems[0].Code);
        Assert.True((await ReadAsync([.. Encoding.UTF8.Preamble, .. "{\"name\":\"a\",\"size\":1}"u8])).Succeeded);
    }

    [Theory]
    [InlineData("text/plain", "body.mediaType")]
    [InlineData("", "body.mediaType")]
    [InlineData("application/json; charset=utf-16", "body.charset")]
    [InlineData("application/json;charset=UTF-8", null)]
    [InlineData("application/merge-patch+json", null)]
    public async Task Body_OfAMediaType_IsReadOnlyAsJson(string contentType, string? code)
    {
        var read = await ReadAsync("{\"name\":\"a\",\"size\":1}"u8.ToArray(), contentType);

        Assert.Equal(code, read.Problems is [var first, ..] ? first.Code : null);
    }

    [Fact]
    public async Task Body_Packed_IsUnpackedWithinItsLimits()
    {
        Assert.True((await ReadAsync(Pack("{\"name\":\"a\",\"size\":1}"u8.ToArray()), encoding: "gzip")).Succeeded);
        Assert.Equal("body.ratio", (await ReadAsync(Pack(new byte[900_000]), encoding: "gzip")).Problems[0].Code);
        Assert.Equal("body.packed", (await ReadAsync("no gzip at all"u8.ToArray(), encoding: "gzip")).Problems[0].Code);
        Assert.Equal("body.contentEncoding", (await ReadAsync("{}"u8.ToArray(), encoding: "br")).Problems[0].Code);
        Assert.Equal("body.tooLarge", (await ReadAsync(Pack([.. Enumerable.Range(0, 2_000_000).Select(i => (byte)(i * 31 % 251 ^ (i >> 9)))]), encoding: "gzip")).Problems[0].Code);
    }

    [Theory]
    [InlineData("?page=2&pageSize=10", 10, null)]
    [InlineData("", 0, null)]
    [InlineData("?page=0", 0, "page.invalid")]
    [InlineData("?page=-1", 0, "page.invalid")]
    [InlineData("?page=1&page=2", 0, "page.invalid")]
    [InlineData("?pageSize=100000", 0, "page.invalid")]
    [InlineData("?page=99999999999999", 0, "page.invalid")]
    public void Page_OfAQuery_IsReadOrRefused(string query, int skip, string? code)
    {
        var read = ApiPage.Of(Contexts.Of("/api/v1/x" + query));

        Assert.Equal(code, read.Problems is [var first, ..] ? first.Code : null);
        if (code is null) Assert.Equal(skip, read.Value.Skip);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("\"7\"", 7, null)]
    [InlineData("*", null, null)]
    [InlineData("7", null, "version.invalid")]
    [InlineData("W/\"7\"", null, "version.invalid")]
    public void Version_OfIfMatch_IsReadOrRefused(string? header, int? version, string? code)
    {
        var read = ApiVersion.Expected(Contexts.Of("/api/v1/x", null, "", header is null ? [] : [("If-Match", header)]));

        Assert.Equal(code, read.Problems is [var first, ..] ? first.Code : null);
        if (code is null) Assert.Equal(version, read.Value);
    }

    private static Task<Outcome<Thing>> ReadAsync(string body) => ReadAsync(Encoding.UTF8.GetBytes(body));

    private static Task<Outcome<Thing>> ReadAsync(byte[] body, string contentType = "application/json", string? encoding = null) =>
        ApiBody.ReadAsync<Thing>(Contexts.Of("/api/v1/x", body, contentType, encoding is null ? [] : [("Content-Encoding", encoding)]), Now);

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private enum Shape
    {
        Square,
        Round,
    }

    private sealed record Thing(string Name, double Size, Shape? Shape = null, IReadOnlyList<Part>? Parts = null, Dictionary<string, JsonElement>? Values = null);

    private sealed record Part(int Count);
}
