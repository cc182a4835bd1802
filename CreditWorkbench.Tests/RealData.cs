using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Xunit;

namespace CreditWorkbench.Tests;

/// <summary>Finds the folder of real public data; tests that need it skip, saying so, where it is absent.</summary>
internal static class RealData
{
    private static readonly string? Folder = Find();
    private static readonly ConcurrentDictionary<string, bool> Asked = new();

    // The runner does not show what a test host prints, so the count goes into a file that the clean-clone script shows.
    static RealData() => AppDomain.CurrentDomain.ProcessExit += (_, _) => WriteCount();

    /// <summary>Whether the folder is there.</summary>
    public static bool Present => Folder is not null;

    /// <summary>Full path of one file of the folder; skips the calling test when the folder is absent.</summary>
    public static string File(string relativePath)
    {
        Asked.TryAdd(TestContext.Current.Test?.UniqueID ?? relativePath, Present);
        Assert.SkipUnless(Present, "Real data is absent: set WORKBENCH_DATASETS to the folder that holds it.");
        return Path.Combine(Folder!, relativePath);
    }

    private static void WriteCount()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "real-data.txt");
        System.IO.File.WriteAllText(file, $"Real data: {Asked.Values.Count(ran => ran)} tests ran, {Asked.Values.Count(ran => !ran)} were skipped.{Environment.NewLine}");
    }

    private static string? Find([CallerFilePath] string here = "")
    {
        var named = Environment.GetEnvironmentVariable("WORKBENCH_DATASETS");
        if (!string.IsNullOrEmpty(named)) return Directory.Exists(named) ? named : null;
        var repository = Path.GetDirectoryName(Path.GetDirectoryName(here))!;
        var beside = Path.GetFullPath(Path.Combine(repository, "..", "shared", "datasets"));
        return Directory.Exists(beside) ? beside : null;
    }
}
