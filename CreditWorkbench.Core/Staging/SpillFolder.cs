namespace CreditWorkbench.Core.Staging;

/// <summary>A folder for rows that do not fit into memory, readable by its owner alone. It goes with the run; what a killed run left is
/// removed by the next one of that name.</summary>
internal sealed class SpillFolder : IDisposable
{
    private readonly string _path;

    /// <param name="path">Folder to make; whatever stands there is removed.</param>
    /// <exception cref="IOException">The disk fails.</exception>
    public SpillFolder(string path)
    {
        _path = path;
        Remove();
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Path of a file.</summary>
    public string File(string name) => Path.Combine(_path, name);

    /// <inheritdoc/>
    public void Dispose() => Remove();

    private void Remove()
    {
        if (Directory.Exists(_path)) Directory.Delete(_path, recursive: true);
    }
}
