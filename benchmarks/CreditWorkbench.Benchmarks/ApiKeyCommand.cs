using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Benchmarks;

/// <summary>Gives a store a key for measurements, with a limit that no run reaches, and prints it: <c>api-key --data DIR</c>.</summary>
internal static class ApiKeyCommand
{
    /// <summary>The verb.</summary>
    public const string Name = "api-key";

    private const int NoLimit = 1_000_000_000;
    private const int SecretLength = 43;

    /// <summary>Runs the verb.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not ["--data", var folder]) throw new ArgumentException("api-key needs --data DIR.");
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(TimeProvider.System);
        services.AddWorkbenchStore(new StoreOptions { DataDirectory = Path.GetFullPath(folder) });
        await using var provider = services.BuildServiceProvider();
        if (!(await provider.GetRequiredService<WorkbenchStore>().MigrateAsync(CancellationToken.None)).TryGet(out _, out var problems)) throw new InvalidOperationException(string.Join(' ', problems));
        var (id, secret, now) = (Guid.CreateVersion7(), RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", SecretLength), TimeProvider.System.GetUtcNow());
        var key = new ApiKey(id, "measurement", ["score:stateless"], Actor.System.Id, now) { SecretHash = SHA256.HashData(Encoding.UTF8.GetBytes(secret)), RequestsPerMinute = NoLimit, LegalBasis = "contract" };
        var audit = new AuditDraft(Actor.System, "key.added", id.ToString(), new Dictionary<string, string?> { ["name"] = key.Name });
        await provider.GetRequiredService<ApiKeys>().AddAsync(key, [audit], CancellationToken.None);
        Console.WriteLine($"cwk_{id:n}_{secret}");
        return 0;
    }
}
