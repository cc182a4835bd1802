using CreditWorkbench.Core.Store;
using Microsoft.AspNetCore.DataProtection;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Keys of session cookies and tokens: with the installation's other keys, so that sign-ins survive a restart and a move.</summary>
public static class SessionKeys
{
    /// <summary>Keeps the keys in <c>keys/sessions</c> of the data folder, readable by the owner only.</summary>
    public static IServiceCollection AddSessionKeys(this IServiceCollection services, StoreOptions store)
    {
        var folder = new DirectoryInfo(Path.Combine(store.DataDirectory, "keys", "sessions"));
        folder.Create();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        services.AddDataProtection().SetApplicationName("CreditWorkbench").PersistKeysToFileSystem(folder);
        return services;
    }
}
