using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CreditWorkbench.Tests.Services;
using Xunit;

[assembly: AssemblyFixture(typeof(RabbitServer))]

namespace CreditWorkbench.Tests.Services;

/// <summary>A private RabbitMQ server for the test run: started at the first use, on free loopback ports, with a port mapper of its own, both stopped at the end
/// by process id. Where the server's programs are missing the asking test skips, saying so; under CI it fails.</summary>
public sealed class RabbitServer : IAsyncLifetime
{
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"workbench-rabbit-{Guid.NewGuid():n}");
    private int _port;
    private int _distribution;
    private int _mapperPort;
    private Process? _mapper;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_port != 0)
        {
            await StopAsync();
            Directory.Delete(_directory, recursive: true);
        }

        if (_mapper is { } mapper)
        {
            mapper.Kill();
            await mapper.WaitForExitAsync();
            mapper.Dispose();
        }

        _starting.Dispose();
    }

    /// <summary>Address of the server, which runs when the call returns.</summary>
    public async Task<Uri> UriAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_port == 0) await FirstStartAsync();
        }
        finally
        {
            _starting.Release();
        }

        return new Uri($"amqp://guest:guest@127.0.0.1:{_port}/");
    }

    /// <summary>Kills the server as a power cut would.</summary>
    public async Task StopAsync()
    {
        var pid = int.Parse(await File.ReadAllTextAsync(Path.Combine(_directory, "pid")), CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(pid);
        server.Kill();
        while (Directory.Exists($"/proc/{pid}") && !IsGone(pid)) await Task.Delay(50);
        File.Delete(Path.Combine(_directory, "pid"));
    }

    /// <summary>Starts it again on the same files and ports.</summary>
    public async Task StartAsync()
    {
        Start("/bin/sh", "-c", $"cd {_directory}; exec {Programs}/rabbitmq-server >{_directory}/out 2>&1 </dev/null");
        var started = Stopwatch.StartNew();
        while (!await ListensAsync(_port) || !File.Exists(Path.Combine(_directory, "pid")))
        {
            Assert.True(started.Elapsed < Patience, "RabbitMQ did not start: " + (File.Exists(Path.Combine(_directory, "out")) ? await File.ReadAllTextAsync(Path.Combine(_directory, "out")) : ""));
            await Task.Delay(200);
        }
    }

    private async Task FirstStartAsync()
    {
        if (!File.Exists($"{Programs}/rabbitmq-server"))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "RabbitMQ is missing: install the package rabbitmq-server.");
            Assert.Skip("RabbitMQ is missing: install the package rabbitmq-server.");
        }

        foreach (var folder in new[] { "home", "mnesia", "log" }) Directory.CreateDirectory(Path.Combine(_directory, folder));
        await File.WriteAllTextAsync(Path.Combine(_directory, "plugins"), "[].\n");
        if (Environment.IsPrivilegedProcess) await Process.Start("chown", ["-R", "rabbitmq", _directory]).WaitForExitAsync();
        (_distribution, _mapperPort) = (FreePort(), FreePort());
        await StartMapperAsync();
        _port = FreePort();
        await StartAsync();
    }

    // A child of this process that stays in the foreground: the server would start one of its own that nobody stops.
    private async Task StartMapperAsync()
    {
        _mapper = Process.Start(new ProcessStartInfo("/usr/bin/epmd", ["-address", "127.0.0.1", "-port", _mapperPort.ToString(CultureInfo.InvariantCulture)]) { WorkingDirectory = "/" })!;
        var started = Stopwatch.StartNew();
        while (!await ListensAsync(_mapperPort))
        {
            Assert.False(_mapper.HasExited, "The port mapper of RabbitMQ ended.");
            Assert.True(started.Elapsed < Patience, "The port mapper of RabbitMQ did not start.");
            await Task.Delay(50);
        }
    }

    // The name in the process table of a child that nobody has waited for yet.
    private static bool IsGone(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // The server refuses nothing to root, but its files belong to its own account.
    private Process Start(string program, params string[] arguments)
    {
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("runuser", ["-u", "rabbitmq", "--", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = "/";
        foreach (var (name, value) in Surroundings()) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private Dictionary<string, string> Surroundings() => new()
    {
        ["HOME"] = Path.Combine(_directory, "home"),
        ["RABBITMQ_NODENAME"] = $"wb{_port}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = _port.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_DIST_PORT"] = _distribution.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_PORT"] = _mapperPort.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_directory, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_directory, "log"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(_directory, "pid"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_directory, "plugins"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_directory, "none.conf"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_directory, "none-env.conf"),
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
