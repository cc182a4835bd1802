namespace CreditWorkbench.Tests.Web;

/// <summary>Source files of the web project, for tests that read them.</summary>
internal static class RepositoryFiles
{
    /// <summary>Folder of the web project.</summary>
    public static string Web { get; } = Path.Combine(Root(), "CreditWorkbench");

    /// <summary>All files of the web project with an ending, build output left out.</summary>
    public static IEnumerable<string> All(string ending) =>
        Directory.EnumerateFiles(Web, "*" + ending, SearchOption.AllDirectories)
            .Where(path => !path[Web.Length..].Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "lib"));

    /// <summary>All files of a room of the core.</summary>
    public static IEnumerable<string> Room(string room) => Directory.EnumerateFiles(Path.Combine(Root(), "CreditWorkbench.Core", room), "*.cs", SearchOption.AllDirectories);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CreditWorkbench.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The repository's root is above the test's folder.");
    }
}
