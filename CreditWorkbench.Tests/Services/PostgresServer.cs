using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CreditWorkbench.Tests.Services;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace CreditWorkbench.Tests.Services;

/// <summary>A private PostgreSQL server for the test run: started at the first use, on a free loopback port, stopped at the end. Where the
/// server's programs are missing the asking test skips, saying so; under CI it fails.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"workbench-postgres-{Guid.NewGuid():n}");
    private int _port;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_port != 0)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync("pg_ctl", "stop", "-D", Path.Combine(_directory, "data"), "-m", "immediate", "-s");
            Directory.Delete(_directory, recursive: true);
        }

        _starting.Dispose();
    }

    /// <summary>Connection string of one database of the server; the database need not exist.</summary>
    public async Task<string> ConnectionStringAsync(string database)
    {
        await _starting.WaitAsync();
        try
        {
            if (_port == 0) await StartAsync();
        }
        finally
        {
            _starting.Release();
        }

        return $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Maximum Pool Size=20;Timeout=30";
    }

    /// <summary>Runs one statement in the server's own database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await ConnectionStringAsync("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every row of every table in the server's binary form: texts and bytes as they lie there.</summary>
    public async Task<byte[]> DumpAsync(string database)
    {
        await using var connection = new NpgsqlConnection(await ConnectionStringAsync(database));
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        }

        using var bytes = new MemoryStream();
        foreach (var table in tables)
        {
            await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY public.\"{table}\" TO STDOUT (FORMAT BINARY)");
            await rows.CopyToAsync(bytes);
        }

        return bytes.ToArray();
    }

    private async Task StartAsync()
    {
        if (Programs() is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL is missing: install the package postgresql.");
            Assert.Skip("PostgreSQL is missing: install the package postgresql, or set WORKBENCH_POSTGRES_BIN.");
        }

        Directory.CreateDirectory(_directory);
        if (Environment.IsPrivilegedProcess) await RunPlainAsync("chown", "postgres", _directory);
        var data = Path.Combine(_directory, "data");
        await RunAsync("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync");
        var port = FreePort();
        var settings = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_directory} -c fsync=off -c max_connections=300";
        await RunAsync("pg_ctl", "start", "-D", data, "-w", "-s", "-l", Path.Combine(_directory, "log"), "-o", settings);
        _port = port;
    }

    private static string? Programs()
    {
        if (Environment.GetEnvironmentVariable("WORKBENCH_POSTGRES_BIN") is { Length: > 0 } named) return named;
        const string Root = "/usr/lib/postgresql";
        return Directory.Exists(Root)
            ? Directory.EnumerateDirectories(Root).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order().LastOrDefault()
            : null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The server refuses to run as root.
    private static Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs()!, program);
        return Environment.IsPrivilegedProcess ? RunPlainAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunPlainAsync(path, arguments);
    }

    private static async Task RunPlainAsync(string program, params string[] arguments)
    {
        // Output goes nowhere: a pipe would stay open as long as the server lives.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
