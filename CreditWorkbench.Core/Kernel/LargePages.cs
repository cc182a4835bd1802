using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Kernel;

/// <summary>Asks Linux to back large tables with pages of 2 MiB: whoever reads single lines all over a table of 4 KiB pages waits for
/// the address of each. Advice only: where it is not taken, everything is as before.</summary>
internal static unsafe partial class LargePages
{
    private const nuint PageBytes = 2 << 20;
    private const int HugePage = 14; // MADV_HUGEPAGE of sys/mman.h

    /// <summary>Asks for the whole large pages of a range that nobody has written to yet.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="bytes">Length.</param>
    /// <returns>Whether the system took the advice.</returns>
    public static bool Ask(void* start, nuint bytes)
    {
        if (!OperatingSystem.IsLinux()) return false;
        var first = ((nuint)start + PageBytes - 1) & ~(PageBytes - 1);
        var end = ((nuint)start + bytes) & ~(PageBytes - 1);
        return end > first && Advise((void*)first, end - first, HugePage) == 0;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
