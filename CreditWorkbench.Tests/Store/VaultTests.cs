using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class VaultTests(PostgresServer server)
{
    private static readonly Dictionary<string, string?> Woman = new() { ["gender"] = "woman-of-this-test", ["age_years"] = "34" };

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Keep_Twice_TheLaterValueIsReadAndOthersStay(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (application, other, applicant) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await store.Vault.KeepAsync(application, applicant, Woman, Now);

        await store.Vault.KeepAsync(application, applicant, new Dictionary<string, string?> { ["gender"] = "U" }, Now);

        Assert.Equal("U", Assert.Single(await store.Sensitive.ReadAsync("gender", [application, other], Now)).Value);
        Assert.Equal("34", (await store.Sensitive.ReadAsync("age_years", [application], Now))[application]);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Keep_Null_RemovesThatInputOnly(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (application, applicant) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await store.Vault.KeepAsync(application, applicant, Woman, Now);

        await store.Vault.KeepAsync(application, applicant, new Dictionary<string, string?> { ["age_years"] = null }, Now);

        Assert.Empty(await store.Sensitive.ReadAsync("age_years", [application], Now));
        Assert.Single(await store.Sensitive.ReadAsync("gender", [application], Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Erase_Applicant_RemovesTheirValuesAndNobodyElses(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var erased = await WithValuesAsync(store, Sample.Applicant());
        var stays = await WithValuesAsync(store, Sample.Applicant("Budi Santoso", "budi@contoh.id"));

        await store.Applicants.EraseAsync(erased.ApplicantId, Sample.Audit("applicant.erased"), Now);

        Assert.Equal(stays.Id, Assert.Single(await store.Sensitive.ReadAsync("gender", [erased.Id, stays.Id], Now)).Key);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Start_ErasedApplicantsValuesCameBack_RemovesThemAgain(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var application = await WithValuesAsync(store, Sample.Applicant());
        await store.Applicants.EraseAsync(application.ApplicantId, Sample.Audit("applicant.erased"), Now);
        await store.Vault.KeepAsync(application.Id, application.ApplicantId, Woman, Now);

        await store.MigrateAsync();

        Assert.Empty(await store.Sensitive.ReadAsync("gender", [application.Id], Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Sweep_ApplicationNeverStored_RemovesItsValuesAfterAnHour(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var stored = await WithValuesAsync(store, Sample.Applicant());
        var (crashed, underWay) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await store.Vault.KeepAsync(crashed, stored.ApplicantId, Woman, Now);
        store.Time.Advance(TimeSpan.FromMinutes(61));
        await store.Vault.KeepAsync(underWay, stored.ApplicantId, Woman, Now);

        var swept = await store.Vault.SweepAsync(Now);

        Assert.Equal(1, swept);
        Assert.Equal(new[] { stored.Id, underWay }.Order(), (await store.Sensitive.ReadAsync("gender", [stored.Id, crashed, underWay], Now)).Keys.Order());
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Start_AnotherVaultKey_IsRefused(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await store.MigrateAsync();
        await using var other = store.OtherNode();
        File.Delete(Path.Combine(store.Options.DataDirectory, "keys", "vault.key"));

        var refused = await other.Get<WorkbenchStore>().MigrateAsync(Now);

        Assert.Equal("store.keys.foreign", Assert.Single(refused.Problems).Code);
    }

    [Theory]
    [InlineData("application_id = 'ffffffffffffffffffffffffffffffff'")]
    [InlineData("input = 'religion'")]
    public async Task Read_ValueMovedByAnIntruder_DoesNotOpen(string move)
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (application, elsewhere) = (Guid.CreateVersion7(), Guid.Parse("ffffffffffffffffffffffffffffffff"));
        await store.Vault.KeepAsync(application, Guid.CreateVersion7(), new Dictionary<string, string?> { ["gender"] = "F" }, Now);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(store.Options.DataDirectory, "vault.db")};Pooling=False");
        await connection.OpenAsync(Now);
        await using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE sensitive_values SET {move}";
        await command.ExecuteNonQueryAsync(Now);

        await Assert.ThrowsAnyAsync<CryptographicException>(async () =>
        {
            await store.Sensitive.ReadAsync("gender", [elsewhere], Now);
            await store.Sensitive.ReadAsync("religion", [application], Now);
        });
    }

    [Fact]
    public async Task Files_AfterErasure_HoldNeitherTheValueNorItsRow()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var application = await WithValuesAsync(store, Sample.Applicant());
        var id = Encoding.UTF8.GetBytes(application.Id.ToString("n"));
        Assert.True((await VaultBytesAsync(store)).AsSpan().IndexOf(id) >= 0);
        Assert.Equal(-1, (await VaultBytesAsync(store)).AsSpan().IndexOf("woman-of-this-test"u8));

        await store.Applicants.EraseAsync(application.ApplicantId, Sample.Audit("applicant.erased"), Now);

        Assert.Equal(-1, (await VaultBytesAsync(store)).AsSpan().IndexOf(id));
    }

    private static async Task<CreditApplication> WithValuesAsync(TestStore store, Applicant applicant)
    {
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var application = Sample.Application(applicant.Id);
        await store.Vault.KeepAsync(application.Id, applicant.Id, Woman, Now);
        return await store.Applications.AddAsync(application, Sample.Audit(), Now);
    }

    private static async Task<byte[]> VaultBytesAsync(TestStore store)
    {
        using var bytes = new MemoryStream();
        foreach (var path in Directory.EnumerateFiles(store.Options.DataDirectory, "vault.db*"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await file.CopyToAsync(bytes, Now);
        }

        return bytes.ToArray();
    }
}
