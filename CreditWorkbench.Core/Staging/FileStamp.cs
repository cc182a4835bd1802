namespace CreditWorkbench.Core.Staging;

/// <summary>What shows that a file was replaced or written to while it was read.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Written">Last write, UTC.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>The stamp of a file now; the default for one that is not there.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : default;
    }
}
