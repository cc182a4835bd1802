using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests;

/// <summary>One run of a model: its bytes, row-major rows of float32 per input, and the outputs to fetch.</summary>
internal sealed record OnnxRun(byte[] Model, IReadOnlyList<OnnxFeed> Feeds, IReadOnlyList<string> Outputs);

/// <summary>What one input gets.</summary>
/// <param name="Name">Name of the input.</param>
/// <param name="Cells">Row-major cells; handed over in the input's type.</param>
/// <param name="Columns">Columns of a row.</param>
/// <param name="Type">float32, float64 or int64.</param>
internal sealed record OnnxFeed(string Name, float[] Cells, int Columns, string Type = "float32");

/// <summary>Runs ONNX models with onnxruntime (npm package onnxruntime-node), as an oracle that shares no code with us. It is installed
/// from the registry by the committed lock file on first use, without its install script, which would fetch graphics drivers.
/// Tests skip, saying so, where node or the package is missing; under CI they fail.</summary>
internal static class OnnxRuntimePeer
{
    private static readonly Lazy<string?> _fault = new(Install);

    /// <summary>Runs models.</summary>
    /// <returns>Per run and output the numbers as float64, in the order of rows.</returns>
    public static IReadOnlyList<IReadOnlyList<double[]>> Run(IReadOnlyList<OnnxRun> runs)
    {
        if (_fault.Value is { } missing)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", missing);
            Assert.Skip(missing);
        }

        using var folder = new TemporaryFolder();
        var jobs = runs.Select((run, i) => new
        {
            model = Write(folder, $"{i}.onnx", run.Model),
            inputs = run.Feeds.Select((feed, k) => new { name = feed.Name, type = feed.Type, dims = new[] { feed.Cells.Length / feed.Columns, feed.Columns }, file = Write(folder, $"{i}.in{k}", BytesOf(feed)) }),
            outputs = run.Outputs,
        });
        File.WriteAllText(folder.File("jobs.json"), JsonSerializer.Serialize(jobs));
        var (code, complained) = Start("node", ["run.js", folder.Path], Folder());
        Assert.True(code == 0, complained);
        return [.. runs.Select((run, i) => Results(folder, run, i))];
    }

    private static List<double[]> Results(TemporaryFolder folder, OnnxRun run, int index)
    {
        if (File.Exists(folder.File($"{index}.error"))) Assert.Fail(File.ReadAllText(folder.File($"{index}.error")));
        return [.. run.Outputs.Select((_, k) => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File($"{index}.{k}.bin"))).ToArray(), number => (double)number))];
    }

    private static string Write(TemporaryFolder folder, string name, byte[] bytes)
    {
        File.WriteAllBytes(folder.File(name), bytes);
        return name;
    }

    private static byte[] BytesOf(OnnxFeed feed) => feed.Type switch
    {
        "float64" => MemoryMarshal.AsBytes(Array.ConvertAll(feed.Cells, cell => (double)cell).AsSpan()).ToArray(),
        "int64" => MemoryMarshal.AsBytes(Array.ConvertAll(feed.Cells, cell => (long)cell).AsSpan()).ToArray(),
        _ => MemoryMarshal.AsBytes(feed.Cells.AsSpan()).ToArray(),
    };

    // Two test processes may install at once: each into a folder of its own, and the first to finish moves it into place.
    private static string? Install()
    {
        try
        {
            var target = Path.Combine(Folder(), "node_modules");
            var stamp = Path.Combine(target, ".installed-" + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder(), "package-lock.json"))))[..16]);
            if (File.Exists(stamp)) return null;
            using var own = new TemporaryFolder();
            foreach (var file in new[] { "package.json", "package-lock.json", ".npmrc" }) File.Copy(Path.Combine(Folder(), file), own.File(file));
            var (code, complained) = Start("npm", ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], own.Path);
            if (code != 0) return $"onnxruntime-node cannot be installed from the registry: {complained}";
            if (File.Exists(stamp)) return null;
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Start("cp", ["-r", own.File("node_modules"), target], own.Path);
            File.WriteAllText(stamp, "");
            return null;
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            return $"node and npm are missing: install the packages nodejs and npm ({absent.Message}).";
        }
    }

    private static (int Code, string Error) Start(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = printed.GetAwaiter().GetResult();
        return (process.ExitCode, complained);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "OnnxRuntime");
}
