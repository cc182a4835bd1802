using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;

namespace CreditWorkbench.Tests.ModelBuilding;

/// <summary>Files of rows in memory that keep the port's promises.</summary>
internal sealed class StudyFilesInMemory : IStudyFiles
{
    private readonly Dictionary<ContentHash, (StudyFile File, byte[] Bytes)> _files = [];

    public long MaxBytes => 1 << 20;

    public Dictionary<string, string> Folder { get; } = [];

    public int Opened { get; private set; }

    public Task<IReadOnlyList<StudyFile>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StudyFile>>([.. _files.Values.Select(each => each.File)]);

    public IReadOnlyList<string> InFolder() => [.. Folder.Keys.Order(StringComparer.Ordinal)];

    public Stream? OpenFromFolder(string name) => Folder.TryGetValue(name, out var text) ? new MemoryStream(Encoding.UTF8.GetBytes(text)) : null;

    public async Task<Outcome<StudyFile>> AddAsync(string name, Stream content, Actor actor, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        return Add(name, bytes.ToArray(), actor);
    }

    public StudyFile Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text), Actor.System);

    public Task<Stream?> OpenAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        Opened++;
        return Task.FromResult<Stream?>(_files.TryGetValue(hash, out var kept) ? new MemoryStream(kept.Bytes) : null);
    }

    public Task RemoveAsync(StudyFile file, Actor actor, CancellationToken cancellationToken)
    {
        _files.Remove(file.Hash);
        return Task.CompletedTask;
    }

    private StudyFile Add(string name, byte[] bytes, Actor actor)
    {
        var file = new StudyFile(ContentHash.Of(bytes), name, bytes.Length, actor.Id, DateTimeOffset.UnixEpoch);
        _files[file.Hash] = (file, bytes);
        return file;
    }
}
