using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class MigrationTests(PostgresServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Migrate_EmptyStore_AppliesAllAndTheSecondTimeNone(StoreProvider provider)
    {
        await using var store = await TestStore.CreateAsync(provider, server);

        var first = await store.Get<WorkbenchStore>().MigrateAsync(Now);
        var second = await store.Get<WorkbenchStore>().MigrateAsync(Now);

        await using var context = store.Context();
        Assert.True(first.Value > 0);
        Assert.Equal(0, second.Value);
        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Migrate_TwoNodesAtOnce_BothSucceed(StoreProvider provider)
    {
        await using var store = await TestStore.CreateAsync(provider, server);
        await using var other = store.OtherNode();

        var outcomes = await Task.WhenAll(
            Task.Run(() => store.Get<WorkbenchStore>().MigrateAsync(Now), Now), Task.Run(() => other.Get<WorkbenchStore>().MigrateAsync(Now), Now));

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
        Assert.Single(outcomes, outcome => outcome.Value > 0);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Migrate_SchemaOfALaterVersion_IsRefused(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.TamperAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29991231000000_FromTheFuture', '99.0.0')");

        var outcome = await store.Get<WorkbenchStore>().MigrateAsync(Now);

        Assert.Equal("store.schema.newer", Assert.Single(outcome.Problems).Code);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Migrate_KeysOfAnotherStore_IsRefused(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        File.Delete(Path.Combine(store.Options.DataDirectory, "keys", "ring.json"));
        await using var restarted = store.OtherNode();

        var outcome = await restarted.Get<WorkbenchStore>().MigrateAsync(Now);

        Assert.Equal("store.keys.foreign", Assert.Single(outcome.Problems).Code);
    }

    [Fact]
    public async Task Migrate_AfterAKillInTheMiddle_IgnoresTheLeftoverLock()
    {
        await using var store = await TestStore.CreateAsync(StoreProvider.Sqlite, server);
        await store.TamperAsync("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
        await store.TamperAsync("INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-11-20')");

        var outcome = await store.Get<WorkbenchStore>().MigrateAsync(Now);

        Assert.True(outcome.Value > 0);
    }

    [Fact]
    public async Task Connection_Sqlite_IsDurableAndChecksForeignKeys()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        await using var context = store.Context();

        var journal = await context.Database.SqlQueryRaw<string>("SELECT journal_mode AS \"Value\" FROM pragma_journal_mode").SingleAsync(Now);
        var synchronous = await context.Database.SqlQueryRaw<long>("SELECT synchronous AS \"Value\" FROM pragma_synchronous").SingleAsync(Now);
        var foreignKeys = await context.Database.SqlQueryRaw<long>("SELECT foreign_keys AS \"Value\" FROM pragma_foreign_keys").SingleAsync(Now);

        Assert.Equal(("wal", 2, 1), (journal, synchronous, foreignKeys));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Identity_UserWithRole_IsStoredAndFound(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(store.Time).AddWorkbenchStore(store.Options);
        services.AddIdentityCore<WorkbenchUser>().AddRoles<IdentityRole<Guid>>().AddEntityFrameworkStores<WorkbenchContext>();
        await using var host = services.BuildServiceProvider();
        await using var scope = host.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WorkbenchUser>>();
        var user = new WorkbenchUser { UserName = "officer@example.org", Email = "officer@example.org", DisplayName = "Officer", LastSignInAt = store.Time.GetUtcNow() };

        await scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>().CreateAsync(new IdentityRole<Guid>("LoanOfficer"));
        await users.CreateAsync(user, "Long-enough-1");
        await users.AddToRoleAsync(user, "LoanOfficer");

        var found = await users.FindByEmailAsync("OFFICER@example.org");
        Assert.Equal(("Officer", store.Time.GetUtcNow()), (found!.DisplayName, found.LastSignInAt));
        Assert.True(await users.IsInRoleAsync(found, "LoanOfficer"));
    }
}
