using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CreditWorkbench.Web.Endpoints.Description;

/// <summary>The description as bytes: made once, since nothing changes while the program runs.</summary>
public sealed class ApiDocument([FromKeyedServices("v1")] IOpenApiDocumentProvider provider) : IDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private byte[]? _bytes;

    /// <inheritdoc/>
    public void Dispose() => _once.Dispose();

    /// <summary>The document, OpenAPI 3.1 as JSON.</summary>
    public async Task<byte[]> BytesAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _bytes) is { } made) return made;
        await _once.WaitAsync(cancellationToken);
        try
        {
            if (_bytes is not null) return _bytes;
            using var stream = new MemoryStream();
            var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
            SchemaSample.Fill(document);
            await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1, cancellationToken);
            Volatile.Write(ref _bytes, stream.ToArray());
            return _bytes!;
        }
        finally
        {
            _once.Release();
        }
    }
}
