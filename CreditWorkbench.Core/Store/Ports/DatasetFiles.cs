using System.Security.Cryptography;
using System.Text.Json;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Bytes of data sets in the folder <c>datasets</c> of the data directory: per file the sealed rows and, beside them, sealed too, name
/// and time. A file appears under its hash by a rename, after its last byte was written.</summary>
internal sealed class DatasetFiles(StoreOptions options, KeyRing ring, TimeProvider clock) : IDatasetFiles
{
    private const long Limit = 2L << 30;
    private const string Rows = "rows", About = "about", Arriving = "arriving";
    private readonly string _folder = Path.Combine(options.DataDirectory, "datasets");

    public long MaxBytes => Limit;

    public async Task<Outcome<DatasetFile>> AddAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        PrivateFile.MakeDirectory(_folder);
        var arriving = Path.Combine(_folder, $"{Guid.NewGuid():n}.{Arriving}");
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long? length;
            await using (var target = PrivateFile.Create(arriving))
            {
                length = await SealedFile.WriteAsync(ring, content, target, hash, Limit, cancellationToken);
                target.Flush(flushToDisk: true);
            }

            if (length is null) return new Problem("dataset.file.tooLarge", $"The file is larger than {Limit >> 20} MiB.") { Field = $"{Limit >> 20}", Remedy = "Pack it as gz or zip, or take fewer rows." };
            if (length == 0) return new Problem("dataset.file.empty", "The file is empty.") { Remedy = "Choose a file with at least one data row." };
            return await KeepAsync(arriving, new DatasetFile(new ContentHash(Convert.ToHexStringLower(hash.GetHashAndReset())), name, length.Value, clock.GetUtcNow()), cancellationToken);
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    public async Task<DatasetFile?> FindAsync(ContentHash content, CancellationToken cancellationToken)
    {
        var path = PathOf(content, About);
        if (!File.Exists(path) || !File.Exists(PathOf(content, Rows))) return null;
        var about = JsonSerializer.Deserialize<Told>(ring.Open(await File.ReadAllBytesAsync(path, cancellationToken), PlaceOf(content)))!;
        return new DatasetFile(content, about.Name, about.Bytes, about.AddedAt);
    }

    public Stream? Open(ContentHash content)
    {
        var path = PathOf(content, Rows);
        return File.Exists(path) ? SealedFile.Open(ring, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete)) : null;
    }

    public async Task SweepAsync(IReadOnlySet<ContentHash> kept, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_folder)) return;
        foreach (var path in Directory.EnumerateFiles(_folder, $"*.{Arriving}").Where(path => File.GetLastWriteTimeUtc(path) < before.UtcDateTime)) File.Delete(path);
        foreach (var path in Directory.EnumerateFiles(_folder, $"*.{About}"))
        {
            var content = new ContentHash(Path.GetFileNameWithoutExtension(path));
            if (kept.Contains(content) || await FindAsync(content, cancellationToken) is not { } file || file.AddedAt >= before) continue;
            File.Delete(path);
            File.Delete(PathOf(content, Rows));
        }
    }

    private async Task<DatasetFile> KeepAsync(string arriving, DatasetFile file, CancellationToken cancellationToken)
    {
        if (await FindAsync(file.Content, cancellationToken) is { } known) return known;
        File.Move(arriving, PathOf(file.Content, Rows), overwrite: true);
        var about = JsonSerializer.SerializeToUtf8Bytes(new Told(file.Name, file.Bytes, file.AddedAt));
        PrivateFile.CreateOnce(PathOf(file.Content, About), stream => stream.Write(ring.Seal(about, PlaceOf(file.Content))));
        return file;
    }

    // The name is a hash: whatever else an address asks for is no file of ours.
    private string PathOf(ContentHash content, string kind) => Path.Combine(_folder, $"{Path.GetFileName(content.Hex)}.{kind}");

    private static byte[] PlaceOf(ContentHash content) => Envelope.Place("dataset.about", new Guid(SHA256.HashData(Convert.FromHexString(content.Hex)).AsSpan(0, 16)));

    private sealed record Told(string Name, long Bytes, DateTimeOffset AddedAt);
}
