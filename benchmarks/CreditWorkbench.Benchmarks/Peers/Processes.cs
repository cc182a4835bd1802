using System.Diagnostics;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>A process ended with an error; the message holds the end of what it said.</summary>
internal sealed class ProcessFailedException(string message) : Exception(message);

/// <summary>Starts the processes that the runner measures.</summary>
internal static class Processes
{
    private const string Python = "/usr/bin/python3";
    private const int KeptMessage = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Runs Python.</summary>
    /// <exception cref="ProcessFailedException">It is not there, failed or took over 15 minutes.</exception>
    public static Task<string> PythonAsync(params IEnumerable<string> arguments) => RunAsync(Python, arguments);

    /// <summary>Runs this very program with other arguments.</summary>
    /// <exception cref="ProcessFailedException">It failed or took over 15 minutes.</exception>
    public static Task<string> SelfAsync(params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return RunAsync(program, isHost ? [typeof(Processes).Assembly.Location, .. arguments] : arguments);
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        if (!File.Exists(program)) throw new ProcessFailedException($"{program} is not there.");
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            var (said, complained) = (await output, await errors);
            return process.ExitCode == 0 ? said : throw new ProcessFailedException(complained.Length > KeptMessage ? complained[^KeptMessage..] : complained);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new ProcessFailedException($"{string.Join(' ', process.StartInfo.ArgumentList)} took over {Longest.TotalMinutes} minutes.");
        }
    }
}
