using System.Buffers;
using System.Security.Cryptography;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Copies the files of a delivery into the staging zone and hashes them on the way. What the line then reads cannot be replaced
/// under it, and a run that is resumed goes on with the same bytes.</summary>
internal static class DeliveryIntake
{
    private const int BufferSize = 1 << 20;

    /// <summary>Takes a delivery in. The folder appears when all files are complete.</summary>
    /// <param name="staging">Tables.</param>
    /// <param name="source">Folder with the files.</param>
    /// <param name="target">Folder of the run in the zone; one of that name is replaced.</param>
    /// <param name="progress">Told the share of bytes done.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>The files; <c>staging.file.absent</c>, or <c>staging.file.changed</c> when somebody writes to one meanwhile.</returns>
    public static async Task<Outcome<Delivery>> TakeAsync(StagingDefinition staging, string source, string target, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var found = staging.Tables.Select(table => (Table: table, Files: StagingFiles.Of(source, table.File))).ToArray();
        if (found.FirstOrDefault(entry => entry.Files.Count == 0).Table is { } absent)
            return new Problem("staging.file.absent", $"The folder has no file {absent.File}.") { Field = absent.Name, Remedy = "Deliver the file, also packed (.gz, .zip) or as .ndjson." };
        var part = target + ".part";
        ZoneFolders.Remove(part);
        ZoneFolders.Make(part);
        var (total, done) = (found.Sum(entry => entry.Files.Sum(file => new FileInfo(file).Length)), 0L);
        var files = new List<DeliveredFile>();
        foreach (var (table, paths) in found)
        {
            foreach (var path in paths)
            {
                var name = Path.GetFileName(path);
                var stamp = FileStamp.Of(path);
                var (hash, bytes) = await CopyAsync(path, Path.Combine(part, name), count => progress?.Report(total == 0 ? 1 : Math.Min(1, (done += count) / (double)total)), cancellationToken);
                if (FileStamp.Of(path) != stamp || stamp.Length != bytes)
                    return new Problem("staging.file.changed", $"The file {name} was written to while it was read.") { Field = table.Name, Remedy = "Deliver under another name and rename when the file is complete, then run again." };
                files.Add(new DeliveredFile(table.Name, name, bytes, hash));
            }
        }

        ZoneFolders.Remove(target);
        Directory.Move(part, target);
        return new Delivery(files);
    }

    private static async Task<(ContentHash Hash, long Bytes)> CopyAsync(string from, string to, Action<long> told, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
        await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var bytes = 0L;
            for (int read; (read = source.Read(buffer)) > 0; bytes += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var part = buffer.AsMemory(0, read);
                var writing = Task.Run(() => target.Write(part.Span), CancellationToken.None); // the disk and the hash at the same time
                hash.AppendData(part.Span);
                await writing;
                told(read);
            }

            return (new ContentHash(Convert.ToHexStringLower(hash.GetHashAndReset())), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
