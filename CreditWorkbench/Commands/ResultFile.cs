using System.Text;

namespace CreditWorkbench.Web.Commands;

/// <summary>Files that a verb writes: whole or not at all.</summary>
public static class ResultFile
{
    /// <summary>Writes beside the target and renames at the end, so that a reader never sees half a file.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var draft = full + ".part";
        try
        {
            await using (var stream = File.Create(draft)) await write(stream);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(draft, full, overwrite: true);
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
