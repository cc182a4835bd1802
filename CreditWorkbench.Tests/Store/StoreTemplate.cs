using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(CreditWorkbench.Tests.Store.StoreTemplates))]

namespace CreditWorkbench.Tests.Store;

/// <summary>A migrated store, made once per provider and copied for every test.</summary>
internal sealed class StoreTemplate(StoreOptions options)
{
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);
    private static readonly Dictionary<StoreProvider, StoreTemplate> Made = [];

    public static async Task<StoreTemplate> OfAsync(StoreProvider provider, PostgresServer server)
    {
        await OneAtATime.WaitAsync();
        try
        {
            if (Made.TryGetValue(provider, out var made)) return made;
            var options = await TestStore.NewOptionsAsync(provider, server);
            var services = new ServiceCollection().AddLogging().AddWorkbenchStore(options);
            await using (var host = services.BuildServiceProvider())
            {
                Assert.True((await host.GetRequiredService<WorkbenchStore>().MigrateAsync(CancellationToken.None)).Succeeded);
            }

            TestStore.ClosePools(options);
            return Made[provider] = new StoreTemplate(options);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    public static void RemoveAll()
    {
        foreach (var template in Made.Values) template.Remove();
    }

    public async Task CopyToAsync(StoreOptions target, PostgresServer server)
    {
        foreach (var file in Directory.EnumerateFiles(options.DataDirectory, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target.DataDirectory, Path.GetRelativePath(options.DataDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        if (target.Provider == StoreProvider.Postgres) await server.ExecuteAsync($"CREATE DATABASE {Database(target)} TEMPLATE {Database(options)}");
    }

    private void Remove()
    {
        TestStore.ClosePools(options);
        Directory.Delete(options.DataDirectory, recursive: true);
    }

    private static string Database(StoreOptions store) => new NpgsqlConnectionStringBuilder(store.ConnectionString).Database!;
}

/// <summary>Removes the templates' folders when the test run ends.</summary>
public sealed class StoreTemplates : IDisposable
{
    public void Dispose() => StoreTemplate.RemoveAll();
}
