using System.Diagnostics;
using Xunit;

namespace CreditWorkbench.Tests;

/// <summary>Runs Python with XGBoost from the system's packages (Debian: python3-xgboost), as an oracle that shares no code with us.
/// Tests skip, saying so, where it is missing; under CI they fail.</summary>
internal static class PythonPeer
{
    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<bool> _present = new(() => File.Exists(Python) && Run(["-c", "import xgboost, numpy, pandas"]).Code == 0);

    /// <summary>Runs a script in a folder.</summary>
    /// <param name="script">Python source; finds its folder as the current one.</param>
    /// <param name="folder">Where it reads and writes.</param>
    /// <returns>What it printed.</returns>
    public static string RunXgboost(string script, string folder)
    {
        if (!_present.Value)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "Python with XGBoost is missing: install the package python3-xgboost.");
            Assert.Skip("Python with XGBoost is missing: install the package python3-xgboost.");
        }

        var source = Path.Combine(folder, $"script-{Guid.CreateVersion7():N}.py");
        File.WriteAllText(source, script);
        var (code, printed, complained) = Run([source], folder);
        Assert.True(code == 0, complained);
        return printed;
    }

    /// <summary>Reads little-endian numbers that a script wrote with <c>tofile</c>.</summary>
    public static T[] Numbers<T>(string path) where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(path)).ToArray();

    private static (int Code, string Out, string Error) Run(string[] arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        using var process = Process.Start(start)!;
        var complained = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, printed, complained.GetAwaiter().GetResult());
    }
}
