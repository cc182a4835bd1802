namespace CreditWorkbench.Core.Staging;

/// <summary>Where things lie in the zones: <c>staging</c> holds deliveries while they are worked on and the findings on them,
/// <c>analytics</c> holds feature sets. Folders are open to the service's own account only.</summary>
internal sealed class ZoneFolders(string root)
{
    private string Staging => Path.Combine(root, "staging");

    private string Analytics => Path.Combine(root, "analytics");

    /// <summary>Files of a run while it works.</summary>
    public string DeliveryOf(Guid run) => Path.Combine(Made(Staging), $"{run:n}");

    /// <summary>Findings of a run.</summary>
    public string QuarantineOf(Guid run) => Path.Combine(Made(Staging), $"{run:n}.quarantine");

    /// <summary>A feature set.</summary>
    public string FeaturesOf(Guid set) => Path.Combine(Made(Analytics), $"{set:n}.features");

    /// <summary>Removes what a run needs while it works.</summary>
    public void Release(Guid run)
    {
        Remove(DeliveryOf(run));
        Remove(DeliveryOf(run) + ".part");
    }

    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static string Made(string folder)
    {
        if (!Directory.Exists(folder)) Make(folder);
        return folder;
    }
}
