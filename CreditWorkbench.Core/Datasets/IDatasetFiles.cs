using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>A file of rows that was brought in, kept under the hash of its bytes.</summary>
/// <param name="Content">Hash of the bytes as they came.</param>
/// <param name="Name">Name of the file, without its folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="AddedAt">When.</param>
public sealed record DatasetFile(ContentHash Content, string Name, long Bytes, DateTimeOffset AddedAt);

/// <summary>Bytes of data sets. They are sealed at rest, for they may speak of people, and read in a stream, for they may be large.</summary>
public interface IDatasetFiles
{
    /// <summary>Largest file in bytes.</summary>
    long MaxBytes { get; }

    /// <summary>Keeps a file; the same bytes again are the same file.</summary>
    /// <returns>The file, or <c>dataset.file.tooLarge</c> or <c>dataset.file.empty</c>.</returns>
    Task<Outcome<DatasetFile>> AddAsync(string name, Stream content, CancellationToken cancellationToken);

    /// <summary>What is known of a kept file; null when there is none of that hash.</summary>
    Task<DatasetFile?> FindAsync(ContentHash content, CancellationToken cancellationToken);

    /// <summary>The bytes of a file, at their start, in a stream that seeks; null when there is none of that hash.</summary>
    Stream? Open(ContentHash content);

    /// <summary>Removes files that were brought in before a moment and that nothing refers to.</summary>
    /// <param name="kept">Hashes that stay.</param>
    /// <param name="before">Younger files stay.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    Task SweepAsync(IReadOnlySet<ContentHash> kept, DateTimeOffset before, CancellationToken cancellationToken);
}
