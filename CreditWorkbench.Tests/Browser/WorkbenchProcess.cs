using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Web;
using CreditWorkbench.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>The real program in a process of its own: data generated, a small model trained and put into production, pages served.</summary>
public sealed partial class WorkbenchProcess : IAsyncLifetime
{
    private const string SmallForest = """{"forest":{"trees":15,"depth":6,"minSplit":20}}""";
    private const int KeptLines = 60;
    private static readonly ConcurrentQueue<string> Said = new();
    private readonly string _data = Directory.CreateTempSubdirectory("workbench-").FullName;
    private Process? _server;

    /// <summary>Where the pages are.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The last lines that the server wrote.</summary>
    public static string LastWords => string.Join(Environment.NewLine, Said);

    /// <summary>The labelled rows that the model was trained on.</summary>
    public string Rows => Path.Combine(_data, "trust.csv");

    private static string Program => Path.Combine(RepositoryFiles.Web, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "CreditWorkbench.dll");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!Chromium.IsThere) return;
        var parameters = Path.Combine(_data, "small.json");
        await File.WriteAllTextAsync(parameters, SmallForest);
        await RunAsync("generate", "--scorecard", "trust", "--rows", "2000", "--seed", "1", "--out", Rows, "--data", _data);
        await RunAsync("train", "--scorecard", "trust", "--input", Rows, "--candidates", "forest", "--params", parameters, "--register", "trust", "--data", _data);
        await ApproveAsync();
        _server = Start("serve", "--demo", "--data", _data, "--urls", "http://127.0.0.1:0");
        _server.ErrorDataReceived += (_, line) => Heard(line.Data);
        _server.BeginErrorReadLine();
        while (Url.Length == 0 && await _server.StandardOutput.ReadLineAsync() is { } line)
        {
            Heard(line);
            if (Address().Match(line) is { Success: true } found) Url = found.Value;
        }
        _ = HearAsync(_server.StandardOutput);
        Assert.NotEqual("", Url);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
        Directory.Delete(_data, recursive: true);
    }

    private async Task ApproveAsync()
    {
        await using var host = await WorkbenchHost.OpenAsync(_data, CancellationToken.None);
        var registry = host.Services.GetRequiredService<RegistryDesk>();
        await Approved.PromoteAsync(registry, host.Services.GetRequiredService<GateDesk>(), (await registry.FindAsync("trust", CancellationToken.None)).Value, CancellationToken.None);
    }

    private static async Task HearAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line) Heard(line);
    }

    private static void Heard(string? line)
    {
        if (line is null) return;
        Said.Enqueue(line);
        if (Said.Count > KeptLines) Said.TryDequeue(out _);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)}: {await output} {await errors}");
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Address();
}
