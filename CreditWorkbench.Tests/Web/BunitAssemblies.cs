using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace CreditWorkbench.Tests.Web;

/// <summary>bunit asks for another version of AngleSharp.Diffing than the one that restores: the loaded one serves.</summary>
internal static class BunitAssemblies
{
    [ModuleInitializer]
    internal static void Accept() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name == "AngleSharp.Diffing" ? context.LoadFromAssemblyName(new AssemblyName(name.Name)) : null;
}
