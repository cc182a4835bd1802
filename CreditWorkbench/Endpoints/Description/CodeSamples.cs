using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CreditWorkbench.Web.Endpoints.Description;

/// <summary>Code that makes the call of an example. The key comes from the environment, so that it never lies in a source.</summary>
public static class CodeSamples
{
    /// <summary>Variable of the environment that holds the key.</summary>
    public const string Variable = "CREDITWORKBENCH_KEY";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of an example as people read it; null without one.</summary>
    public static string? Readable(ApiExample example)
    {
        ArgumentNullException.ThrowIfNull(example);
        return example is { MediaType: ApiExample.Json, Body: { } body } ? JsonNode.Parse(body)!.ToJsonString(Indented) : example.Body;
    }

    /// <summary>A line for a shell.</summary>
    public static string Curl(ApiExample example, string origin)
    {
        ArgumentNullException.ThrowIfNull(example);
        var lines = new List<string> { $"curl -sS -X {example.Method} '{origin}{example.Path}'", $"-H \"X-Api-Key: ${Variable}\"" };
        if (example.Body is not null) lines.Add($"-H 'Content-Type: {example.MediaType}'");
        if (Stateful(example)) lines.Add("-H \"Idempotency-Key: $(uuidgen 2>/dev/null || cat /proc/sys/kernel/random/uuid)\"");
        if (Readable(example) is { } body) lines.Add($"--data-binary '{body.Replace("'", "'\\''", StringComparison.Ordinal)}'");
        return string.Join(" \\\n  ", lines);
    }

    /// <summary>A program in C#, top-level statements.</summary>
    public static string CSharp(ApiExample example, string origin)
    {
        ArgumentNullException.ThrowIfNull(example);
        var code = new StringBuilder("using System.Text;\n\n")
            .Append("using var client = new HttpClient();\n")
            .Append(CultureInfo.InvariantCulture, $"using var request = new HttpRequestMessage(new HttpMethod(\"{example.Method}\"), \"{origin}{example.Path}\");\n")
            .Append(CultureInfo.InvariantCulture, $"request.Headers.Add(\"X-Api-Key\", Environment.GetEnvironmentVariable(\"{Variable}\"));\n");
        if (Stateful(example)) code.Append("request.Headers.Add(\"Idempotency-Key\", Guid.CreateVersion7().ToString());\n");
        if (Readable(example) is { } body) code.Append(CultureInfo.InvariantCulture, $"request.Content = new StringContent(\"\"\"\n    {body.TrimEnd('\n').Replace("\n", "\n    ", StringComparison.Ordinal)}\n    \"\"\", Encoding.UTF8, \"{example.MediaType}\");\n");
        return code.Append("using var response = await client.SendAsync(request);\n").Append("Console.WriteLine(await response.Content.ReadAsStringAsync());\n").ToString();
    }

    /// <summary>A program in Python, its standard library only.</summary>
    public static string Python(ApiExample example, string origin)
    {
        ArgumentNullException.ThrowIfNull(example);
        var code = new StringBuilder("import os, urllib.error, urllib.request, uuid\n\n");
        var body = Readable(example);
        if (body is not null) code.Append(CultureInfo.InvariantCulture, $"body = r'''{body}'''.encode()\n");
        code.Append(CultureInfo.InvariantCulture, $"request = urllib.request.Request(\"{origin}{example.Path}\", method=\"{example.Method}\"{(body is null ? "" : ", data=body")})\n")
            .Append(CultureInfo.InvariantCulture, $"request.add_header(\"X-Api-Key\", os.environ[\"{Variable}\"])\n");
        if (body is not null) code.Append(CultureInfo.InvariantCulture, $"request.add_header(\"Content-Type\", \"{example.MediaType}\")\n");
        if (Stateful(example)) code.Append("request.add_header(\"Idempotency-Key\", str(uuid.uuid4()))\n");
        return code.Append("try:\n    answer = urllib.request.urlopen(request)\nexcept urllib.error.HTTPError as refused:\n    answer = refused  # problem details with a code\nprint(answer.read().decode())\n").ToString();
    }

    // What the description says of the same call: a POST that changes something takes a key of its own.
    private static bool Stateful(ApiExample example) => example.Method == "POST" && example.Operation is not ("predict" or "explain" or "roadmap" or "login" or "refresh" or "logout" or "token");
}
