namespace CreditWorkbench.Core.Store.Keys;

/// <summary>Files that only the service's own account can read.</summary>
internal static class PrivateFile
{
    public static FileStream Create(string path) => Open(path, FileMode.CreateNew);

    public static FileStream Append(string path) => Open(path, FileMode.Append);

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
