using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A file of rows that models are explained on, kept under the hash of its bytes.</summary>
/// <param name="Hash">Hash of the bytes as they came.</param>
/// <param name="Name">Name of the file, without its folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="AddedBy">Who brought it.</param>
/// <param name="AddedAt">When.</param>
public sealed record StudyFile(ContentHash Hash, string Name, long Bytes, Guid AddedBy, DateTimeOffset AddedAt);

/// <summary>Files that models are explained on. Their rows are sealed at rest: they may speak of people.</summary>
public interface IStudyFiles
{
    /// <summary>Largest file in bytes.</summary>
    long MaxBytes { get; }

    /// <summary>All files, newest first.</summary>
    Task<IReadOnlyList<StudyFile>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Names of files that an admin has laid into the folder <c>import</c> of the data directory, in order.</summary>
    IReadOnlyList<string> InFolder();

    /// <summary>Opens a file of that folder; null where the folder has none of that name.</summary>
    Stream? OpenFromFolder(string name);

    /// <summary>Keeps a file with an entry in the trail; the same bytes again are the same file.</summary>
    /// <returns>The file, or <c>study.file.tooLarge</c> or <c>study.file.empty</c>.</returns>
    Task<Outcome<StudyFile>> AddAsync(string name, Stream content, Actor actor, CancellationToken cancellationToken);

    /// <summary>The bytes of a file, at their start; null when there is none of that hash.</summary>
    Task<Stream?> OpenAsync(ContentHash hash, CancellationToken cancellationToken);

    /// <summary>Removes a file with an entry in the trail; nothing happens when it is gone already.</summary>
    Task RemoveAsync(StudyFile file, Actor actor, CancellationToken cancellationToken);
}
