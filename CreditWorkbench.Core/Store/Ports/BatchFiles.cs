using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Bytes of batches in the folder <c>batches</c> of the data directory, one folder each: the sealed input, and sealed parts of the results in a
/// folder that is renamed when the last one is there.</summary>
/// <remarks>A part is the length of what is told about it, that, and its lines.</remarks>
internal sealed class BatchFiles(StoreOptions options, KeyRing ring) : IBatchFiles
{
    private const long Limit = 2L << 30;
    private const string Input = "input", Working = "working", Results = "results", Part = ".part";
    private readonly string _folder = Path.Combine(options.DataDirectory, "batches");

    public async Task<Outcome<BatchInput>> TakeAsync(Guid id, Stream content, CancellationToken cancellationToken)
    {
        PrivateFile.MakeDirectory(FolderOf(id));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = PrivateFile.Create(Path.Combine(FolderOf(id), Input));
        var length = await SealedFile.WriteAsync(ring, content, target, hash, Limit, cancellationToken);
        target.Flush(flushToDisk: true);
        if (length is null) return new Problem("body.tooLarge", $"The batch is larger than {Limit >> 20} MiB.") { Remedy = "Send it in several batches." };
        if (length == 0) return new Problem("file.empty", "The batch is empty.") { Remedy = "Send a header row and at least one data row." };
        return new BatchInput(new ContentHash(Convert.ToHexStringLower(hash.GetHashAndReset())), length.Value);
    }

    public Stream OpenInput(Guid id) => Open(Path.Combine(FolderOf(id), Input));

    public async Task<IReadOnlyList<BatchPart>> PartsAsync(Guid id, CancellationToken cancellationToken)
    {
        var parts = new List<BatchPart>();
        foreach (var path in Finished(id))
        {
            await using var stream = Open(path);
            parts.Add(await AboutAsync(stream, cancellationToken));
        }

        return parts;
    }

    public async Task WritePartAsync(Guid id, BatchPart part, ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(FolderOf(id), Working);
        PrivateFile.MakeDirectory(folder);
        var about = JsonSerializer.SerializeToUtf8Bytes(part);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, about.Length);
        var draft = Path.Combine(FolderOf(id), $"{Guid.NewGuid():n}.draft");
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        await using (var target = PrivateFile.Create(draft))
        await using (var plain = new JoinedStream([new MemoryStream([.. length, .. about]), Over(lines)]))
        {
            await SealedFile.WriteAsync(ring, plain, target, hash, long.MaxValue, cancellationToken);
            target.Flush(flushToDisk: true);
        }

        File.Move(draft, Path.Combine(folder, part.Index.ToString("d6", CultureInfo.InvariantCulture) + Part), overwrite: true);
    }

    public void Publish(Guid id)
    {
        if (!HasResults(id)) Directory.Move(Path.Combine(FolderOf(id), Working), Path.Combine(FolderOf(id), Results));
    }

    public bool HasResults(Guid id) => Directory.Exists(Path.Combine(FolderOf(id), Results));

    public Stream? OpenResults(Guid id) => HasResults(id) ? new JoinedStream(Finished(id).Select(Lines)) : null;

    public void Remove(Guid id)
    {
        if (Directory.Exists(FolderOf(id))) Directory.Delete(FolderOf(id), recursive: true);
    }

    public async Task SweepAsync(Func<Guid, CancellationToken, Task<bool>> isKnown, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_folder)) return;
        foreach (var folder in Directory.EnumerateDirectories(_folder).Where(folder => Directory.GetLastWriteTimeUtc(folder) < before.UtcDateTime))
        {
            if (Guid.TryParseExact(Path.GetFileName(folder), "n", out var id) && !await isKnown(id, cancellationToken)) Directory.Delete(folder, recursive: true);
        }
    }

    private string FolderOf(Guid id) => Path.Combine(_folder, id.ToString("n"));

    // Parts in order, up to the first that is not there: two workers may have been at it.
    private IEnumerable<string> Finished(Guid id)
    {
        var folder = Path.Combine(FolderOf(id), HasResults(id) ? Results : Working);
        for (var index = 0; ; index++)
        {
            var path = Path.Combine(folder, index.ToString("d6", CultureInfo.InvariantCulture) + Part);
            if (!File.Exists(path)) yield break;
            yield return path;
        }
    }

    private Stream Open(string path) => SealedFile.Open(ring, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));

    private Stream Lines(string path)
    {
        var stream = Open(path);
        Span<byte> length = stackalloc byte[sizeof(int)];
        stream.ReadExactly(length);
        stream.Position = sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(length);
        return stream;
    }

    private static MemoryStream Over(ReadOnlyMemory<byte> lines) =>
        MemoryMarshal.TryGetArray(lines, out var segment) ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false) : new MemoryStream(lines.ToArray(), writable: false);

    private static async Task<BatchPart> AboutAsync(Stream stream, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var about = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        await stream.ReadExactlyAsync(about, cancellationToken);
        return JsonSerializer.Deserialize<BatchPart>(about) ?? throw new InvalidDataException("A part of a batch does not say what it is.");
    }
}
