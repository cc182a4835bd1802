using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CreditWorkbench.Core.Kernel;
using Microsoft.Net.Http.Headers;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Reads the body of a request strictly: the route's limit, UTF-8, known fields only, no double names, no text that a store cannot keep. What is wrong comes back as problems.</summary>
public static class ApiBody
{
    /// <summary>The body as a value.</summary>
    /// <typeparam name="T">A record of the contract.</typeparam>
    public static async Task<Outcome<T>> ReadAsync<T>(HttpContext context, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!(await BytesAsync(context, cancellationToken)).TryGet(out var bytes, out var problems)) return Outcome<T>.Refused(problems);
        return Parse<T>(bytes);
    }

    /// <summary>The bytes of a JSON body, unpacked and valid UTF-8, without a byte order mark; not parsed yet.</summary>
    public static async Task<Outcome<ReadOnlyMemory<byte>>> BytesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (MediaTypeProblem(context.Request.ContentType) is { } unfit) return unfit;
        if (!Open(context).TryGet(out var stream, out var problems)) return Outcome<ReadOnlyMemory<byte>>.Refused(problems);
        try
        {
            var bytes = await AllAsync(stream, context.Request.ContentLength, cancellationToken);
            if (!Utf8.IsValid(bytes.Span)) return new Problem("body.encoding", "The body is not valid UTF-8.") { Remedy = "Send JSON in UTF-8." };
            return bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        }
        catch (BodyRefusedException refused)
        {
            return refused.Problem;
        }
        catch (BadHttpRequestException broken)
        {
            return BodyProblems.Of(broken);
        }
    }

    /// <summary>The body as it streams in, unpacked when it is gzip, never longer than the route's limit.</summary>
    /// <remarks>Reading past the limit, or a packed body that grows more than a hundredfold, throws <see cref="BodyRefusedException"/>, which the boundary of the API answers with its problem.</remarks>
    public static Outcome<Stream> Open(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var limit = BodyLimit.Of(context);
        if (context.Request.ContentLength > limit) return BodyProblems.TooLarge(limit);
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return Outcome<Stream>.Success(new BoundedStream(context.Request.Body, limit));
        if (!encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)) return new Problem("body.contentEncoding", "The body is packed in a way that is not known here.") { Field = "Content-Encoding", Remedy = "Send it plain, or as gzip." };
        var unpacked = new UnpackedStream(context.Request.Body, limit);
        context.Response.RegisterForDispose(unpacked);
        return Outcome<Stream>.Success(unpacked);
    }

    /// <summary>Parses bytes that are valid UTF-8.</summary>
    public static Outcome<T> Parse<T>(ReadOnlyMemory<byte> bytes)
        where T : class
    {
        try
        {
            if (JsonTexts.Fault(bytes) is { } odd) return odd;
            return JsonSerializer.Deserialize<T>(bytes.Span, ApiJson.Options) is { } value ? value : BodyProblems.Empty;
        }
        catch (JsonException fault)
        {
            return Outcome<T>.Refused(JsonFaults.Of(bytes, typeof(T), fault));
        }
    }

    private static Problem? MediaTypeProblem(string? contentType)
    {
        // The usual ones first: parsing a header costs more than the rest of this method.
        if (contentType is "application/json" or "application/json; charset=utf-8") return null;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !(type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
            return new Problem("body.mediaType", "The body is not declared as JSON.") { Field = "Content-Type", Remedy = "Send Content-Type: application/json." };
        return type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)
            ? null
            : new Problem("body.charset", "JSON travels in UTF-8 only.") { Field = "Content-Type", Remedy = "Leave the charset out, or say utf-8." };
    }

    private static async Task<ReadOnlyMemory<byte>> AllAsync(Stream stream, long? expected, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>((int)Math.Min(expected + 1 ?? 4096, ApiRoutes.LargestJson + 1));
        while (true)
        {
            var read = await stream.ReadAsync(buffer.GetMemory(1), cancellationToken);
            if (read == 0) return buffer.WrittenMemory;
            buffer.Advance(read);
        }
    }
}
