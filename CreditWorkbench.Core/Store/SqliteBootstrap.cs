using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CreditWorkbench.Core.Store;

/// <summary>Makes SQLite usable before the first context: accepts the SQLitePCLRaw version that the registry carries, and prefers the
/// system's library, which is newer than the bundled one and wakes up at once when a lock is released.</summary>
internal static class SqliteBootstrap
{
    private const string BundledName = "e_sqlite3";
    private const string SystemName = "libsqlite3.so.0";

#pragma warning disable CA2255 // the assembly must be resolvable before any type that names it is touched
    [ModuleInitializer]
    internal static void Prepare()
#pragma warning restore CA2255
    {
        AssemblyLoadContext.Default.Resolving += FindAnyVersion;
        ChooseLibrary();
    }

    // Microsoft.Data.Sqlite asks for a higher version than the one beside it. Without a version the host finds the file; a request
    // that already lacks a version did not find it either, and asking once more would recurse.
    private static Assembly? FindAnyVersion(AssemblyLoadContext context, AssemblyName name) =>
        name is { Version: not null, Name: { } simple } && simple.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal)
            ? context.LoadFromAssemblyName(new AssemblyName(simple))
            : null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ChooseLibrary()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            static (library, _, _) => library == BundledName && NativeLibrary.TryLoad(SystemName, out var handle) ? handle : IntPtr.Zero);
        SQLitePCL.Batteries_V2.Init();
    }
}
