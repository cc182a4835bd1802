namespace CreditWorkbench.Core.Store.Keys;

/// <summary>A file that one process has open alone. The system releases it when the holder dies.</summary>
internal static class FileLock
{
    /// <summary>The lock; null while somebody else holds it.</summary>
    public static FileStream? Try(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
