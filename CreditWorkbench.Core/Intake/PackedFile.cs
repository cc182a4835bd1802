using System.IO.Compression;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Finds out by magic bytes how a file is packed and opens what is inside.</summary>
internal static class PackedFile
{
    /// <summary>Opens the bytes inside; the result owns the stream.</summary>
    /// <param name="stream">At the start of the file.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Stops the first read.</param>
    public static async Task<Outcome<(Stream Bytes, FilePacking Packing)>> OpenAsync(
        Stream stream, FileReadOptions options, CancellationToken cancellationToken)
    {
        var magic = new byte[4];
        var read = await stream.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var start = Rewound(stream, magic.AsMemory(0, read));
        if (read >= 2 && magic[0] == 0x1F && magic[1] == 0x8B)
        {
            var counted = new CountedStream(start);
            return (new UnpackedStream(new GzipBytes(counted), () => counted.Taken, options), FilePacking.Gzip);
        }

        if (read == 4 && magic is [(byte)'P', (byte)'K', 3 or 5, 4 or 6]) return OpenZip(stream, options);
        return (new UnpackedStream(start, null, options), FilePacking.None);
    }

    private static Stream Rewound(Stream stream, ReadOnlyMemory<byte> taken)
    {
        if (!stream.CanSeek) return new PrefixedStream(taken, stream);
        stream.Seek(-taken.Length, SeekOrigin.Current);
        return stream;
    }

    private static Outcome<(Stream, FilePacking)> OpenZip(Stream stream, FileReadOptions options)
    {
        if (!stream.CanSeek) return FileProblems.ZipNeedsSeek;
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);
            return OpenOnly(archive, options);
        }
        catch (InvalidDataException exception)
        {
            archive?.Dispose();
            return FileProblems.Broken(exception.Message);
        }
    }

    private static Outcome<(Stream, FilePacking)> OpenOnly(ZipArchive archive, FileReadOptions options)
    {
        var entries = archive.Entries.Where(IsData).ToList();
        if (archive.Entries.Any(entry => entry.FullName == "[Content_Types].xml")) return Close(archive, FileProblems.Workbook);
        if (entries.Count != 1) return Close(archive, FileProblems.ZipEntries([.. entries.Select(entry => entry.FullName)]));
        if (entries[0].IsEncrypted) return Close(archive, FileProblems.ZipEncrypted(entries[0].FullName));
        var packed = entries[0].CompressedLength;
        return (new UnpackedStream(new ChecksummedStream(entries[0].Open(), entries[0].Crc32), () => packed, options, archive), FilePacking.Zip);
    }

    private static Problem Close(ZipArchive archive, Problem problem)
    {
        archive.Dispose();
        return problem;
    }

    // Folders and what file managers leave behind are no data.
    private static bool IsData(ZipArchiveEntry entry) =>
        entry.Name.Length > 0 && !entry.Name.StartsWith('.') && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && entry.Name != "Thumbs.db";
}
