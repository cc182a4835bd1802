using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Opens any file of rows: packing, encoding, format, delimiter and columns are found from its first bytes.</summary>
public static class TabularFile
{
    private const int SampleBytes = 1 << 18;

    /// <summary>Opens a file on disk.</summary>
    /// <returns>A reader that owns the file, or what stands in the way.</returns>
    /// <exception cref="IOException">The disk fails; an absent file is a problem instead.</exception>
    public static async Task<Outcome<RowReader>> OpenAsync(string path, FileReadOptions options, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return FileProblems.Absent(path);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return await OpenAsync(file, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a stream, which the reader owns from now on and which is disposed on a refusal.</summary>
    /// <param name="stream">At the start of the file; a zip needs one that seeks.</param>
    /// <param name="options">What the caller knows, and limits.</param>
    /// <param name="cancellationToken">Stops the first reads.</param>
    public static async Task<Outcome<RowReader>> OpenAsync(Stream stream, FileReadOptions options, CancellationToken cancellationToken)
    {
        var packed = await PackedFile.OpenAsync(stream, options, cancellationToken).ConfigureAwait(false);
        if (!packed.TryGet(out var file, out var problems))
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            return Outcome<RowReader>.Refused(problems);
        }

        var window = new ByteWindow(file.Bytes);
        var opened = await OpenAsync(window, file.Packing, options, cancellationToken).ConfigureAwait(false);
        if (!opened.Succeeded) await window.DisposeAsync().ConfigureAwait(false);
        return opened;
    }

    private static async Task<Outcome<RowReader>> OpenAsync(ByteWindow window, FilePacking packing, FileReadOptions options, CancellationToken cancellationToken)
    {
        await window.FillToAsync(SampleBytes, cancellationToken).ConfigureAwait(false);
        if (window.Failure is { } failure) return failure;
        if (window.Pending.IsEmpty) return FileProblems.Empty;
        if (NpyReader.IsNpy(window.Pending)) return NpyReader.Open(window, packing, options);
        var (encoding, markLength) = TextEncoding.Detect(window.Pending);
        window.Consume(markLength);
        if (encoding is UnicodeEncoding)
        {
            window = window.Recoded(encoding);
            await window.FillToAsync(SampleBytes, cancellationToken).ConfigureAwait(false);
        }

        if (window.Pending.Contains((byte)0)) return FileProblems.Binary;
        var start = window.Pending.TrimStart(" \t\r\n"u8);
        if (start.StartsWith("{"u8) || start.StartsWith("["u8)) return await JsonRowReader.OpenAsync(window, packing, encoding, options, cancellationToken).ConfigureAwait(false);
        if (ArffHeader.IsArff(start)) return await ArffReader.OpenAsync(window, packing, encoding, options, cancellationToken).ConfigureAwait(false);
        return await DelimitedReader.OpenAsync(window, packing, encoding.WebName, options, cancellationToken).ConfigureAwait(false);
    }
}
