using System.Security.Cryptography;
using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Store.Keys;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Files of rows in the folder <c>studies</c> of the data directory: per file the sealed bytes and, beside them, sealed too,
/// name, person and time. The entry in the trail is written first, the file appears by a rename after it.</summary>
internal sealed class StudyFiles(StoreOptions options, KeyRing ring, IAuditTrail trail, TimeProvider clock) : IStudyFiles
{
    private const long Limit = 256L << 20;
    private readonly string _folder = Path.Combine(options.DataDirectory, "studies");
    private readonly string _import = Path.Combine(options.DataDirectory, "import");

    public long MaxBytes => Limit;

    public async Task<IReadOnlyList<StudyFile>> ListAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_folder)) return [];
        var files = new List<StudyFile>();
        foreach (var path in Directory.EnumerateFiles(_folder, "*.about"))
        {
            var hash = new ContentHash(Path.GetFileNameWithoutExtension(path));
            var about = JsonSerializer.Deserialize<About>(ring.Open(await File.ReadAllBytesAsync(path, cancellationToken), PlaceOf("about", hash)))!;
            files.Add(new StudyFile(hash, about.Name, about.Bytes, about.AddedBy, about.AddedAt));
        }

        return [.. files.OrderByDescending(file => file.AddedAt).ThenBy(file => file.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> InFolder() =>
        Directory.Exists(_import) ? [.. Directory.EnumerateFiles(_import).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    public Stream? OpenFromFolder(string name) =>
        InFolder().Contains(name, StringComparer.Ordinal) ? new FileStream(Path.Combine(_import, name), FileMode.Open, FileAccess.Read, FileShare.Read) : null;

    public async Task<Outcome<StudyFile>> AddAsync(string name, Stream content, Actor actor, CancellationToken cancellationToken)
    {
        if (await BytesAsync(content, cancellationToken) is not { } bytes) return TooLarge();
        if (bytes.Length == 0) return new Problem("study.file.empty", "The file is empty.") { Remedy = "Choose a CSV file with a header row and at least one data row." };
        var hash = ContentHash.Of(bytes);
        if (File.Exists(PathOf(hash, "about"))) return (await ListAsync(cancellationToken)).First(file => file.Hash == hash);
        var file = new StudyFile(hash, Path.GetFileName(name), bytes.Length, actor.Id, clock.GetUtcNow());
        Directory.CreateDirectory(_folder);
        var about = JsonSerializer.SerializeToUtf8Bytes(new About(file.Name, file.Bytes, file.AddedBy, file.AddedAt));
        await trail.AppendAsync([Entry(actor, "study.fileAdded", file)], cancellationToken);
        PrivateFile.CreateOnce(PathOf(hash, "rows"), stream => stream.Write(ring.Seal(bytes, PlaceOf("rows", hash))));
        PrivateFile.CreateOnce(PathOf(hash, "about"), stream => stream.Write(ring.Seal(about, PlaceOf("about", hash))));
        return file;
    }

    public async Task<Stream?> OpenAsync(ContentHash hash, CancellationToken cancellationToken) => File.Exists(PathOf(hash, "rows"))
        ? new MemoryStream(ring.Open(await File.ReadAllBytesAsync(PathOf(hash, "rows"), cancellationToken), PlaceOf("rows", hash)), writable: false)
        : null;

    public async Task RemoveAsync(StudyFile file, Actor actor, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(file.Hash, "about"))) return;
        await trail.AppendAsync([Entry(actor, "study.fileRemoved", file)], cancellationToken);
        File.Delete(PathOf(file.Hash, "about"));
        File.Delete(PathOf(file.Hash, "rows"));
    }

    private static AuditDraft Entry(Actor actor, string kind, StudyFile file) =>
        new(actor, kind, file.Hash.Hex, new Dictionary<string, string?> { ["name"] = file.Name, ["bytes"] = file.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture) });

    private static async Task<byte[]?> BytesAsync(Stream content, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var part = new byte[1 << 16];
        for (int read; (read = await content.ReadAsync(part, cancellationToken)) > 0;)
        {
            if (whole.Length + read > Limit) return null;
            whole.Write(part, 0, read);
        }

        return whole.ToArray();
    }

    private static Problem TooLarge() => new("study.file.tooLarge", $"The file is larger than {Limit >> 20} MiB.") { Field = $"{Limit >> 20}", Remedy = "Pack it as gz or zip, or take fewer rows." };

    // The name is a hash: whatever else an address asks for is no file of ours.
    private string PathOf(ContentHash hash, string kind) => Path.Combine(_folder, $"{Path.GetFileName(hash.Hex)}.{kind}");

    private static byte[] PlaceOf(string kind, ContentHash hash) => Envelope.Place($"study.{kind}", new Guid(SHA256.HashData(Convert.FromHexString(hash.Hex)).AsSpan(0, 16)));

    private sealed record About(string Name, long Bytes, Guid AddedBy, DateTimeOffset AddedAt);
}
