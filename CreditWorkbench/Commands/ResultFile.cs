using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Commands;

/// <summary>Files that a verb writes: whole or not at all. What stood under the name before stays until the new file is whole.</summary>
public static class ResultFile
{
    /// <summary>Writes beside the target and renames at the end, so that a reader never sees half a file.</summary>
    public static Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        WriteAsync<bool>(path, async stream =>
        {
            await write(stream);
            return true;
        }, cancellationToken);

    /// <summary>The same for writers that may refuse half-way: then there is no new file.</summary>
    public static async Task<Outcome<T>> WriteAsync<T>(string path, Func<Stream, Task<Outcome<T>>> write, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var draft = full + ".part";
        try
        {
            Outcome<T> outcome;
            await using (var stream = File.Create(draft)) outcome = await write(stream);
            cancellationToken.ThrowIfCancellationRequested();
            if (outcome.Succeeded) File.Move(draft, full, overwrite: true);
            return outcome;
        }
        finally
        {
            if (File.Exists(draft)) File.Delete(draft);
        }
    }

    /// <summary>Writes a text in UTF-8 without a byte order mark.</summary>
    public static Task WriteTextAsync(string path, string text, CancellationToken cancellationToken) =>
        WriteAsync(path, async stream => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken), cancellationToken);
}
