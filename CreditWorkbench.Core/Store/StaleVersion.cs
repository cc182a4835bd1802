using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Store;

/// <summary>Somebody else was faster.</summary>
internal static class StaleVersion
{
    public static Problem Problem { get; } = new("version.stale", "Somebody changed this in the meantime; nothing was saved.")
    {
        Remedy = "Load it again and repeat the change.",
    };
}
