using CreditWorkbench.Web.Identity;
using Microsoft.Extensions.Options;

namespace CreditWorkbench.Web.Hosting;

/// <summary>What the console says once the workbench serves: where to look and whom to sign in as.</summary>
public sealed class StartNotice(IOptions<WorkbenchOptions> options)
{
    /// <summary>Writes the notice to standard output.</summary>
    public void Write(IEnumerable<string> urls)
    {
        Console.WriteLine($"CreditWorkbench serves at {string.Join(", ", urls)}");
        if (!options.Value.Demo) return;
        Console.WriteLine($"Demo data. Sign in with the password {DemoUsers.Password} as:");
        foreach (var user in DemoUsers.All) Console.WriteLine($"  {user.Email,-28} {user.Role}");
        Console.WriteLine("The demo model is trained in the background; the first scores appear within a minute.");
    }
}
