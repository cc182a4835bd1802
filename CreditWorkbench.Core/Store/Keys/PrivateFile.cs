namespace CreditWorkbench.Core.Store.Keys;

/// <summary>Files that only the service's own account can read.</summary>
internal static class PrivateFile
{
    public static FileStream Append(string path) => Open(path, FileMode.Append);

    /// <summary>A new file for writing.</summary>
    public static FileStream Create(string path) => Open(path, FileMode.CreateNew);

    /// <summary>Makes a file, and its folder, unless it is there. Written aside and renamed, under a lock: nobody ever reads half a file,
    /// and a second process finds the first one's.</summary>
    public static void CreateOnce(string path, Action<Stream> write)
    {
        if (File.Exists(path)) return;
        MakeDirectory(Path.GetDirectoryName(path)!);
        using var alone = Lock($"{path}.lock");
        if (File.Exists(path)) return;
        Place(path, write);
    }

    /// <summary>Writes a file anew, aside and renamed. The caller holds its lock.</summary>
    public static void Replace(string path, Action<Stream> write) => Place(path, write);

    private static void Place(string path, Action<Stream> write)
    {
        var draft = $"{path}.{Guid.NewGuid():n}";
        using (var file = Open(draft, FileMode.CreateNew))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Makes a folder unless it is there.</summary>
    public static void MakeDirectory(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Waits until this process alone holds a lock file.</summary>
    public static FileStream Lock(string path)
    {
        while (true)
        {
            if (FileLock.Try(path) is { } held) return held;
            Thread.Sleep(10);
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
