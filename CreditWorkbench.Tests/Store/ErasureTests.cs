using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class ErasureTests(PostgresServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Erase_ApplicantWithAScore_NothingPersonalIsReadableAndTheChainVerifies(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (applicant, application) = await ScoredAsync(store);

        var erased = (await store.Applicants.EraseAsync(applicant.Id, Sample.Audit("applicant.erased"), Now)).Value;

        Assert.Equal(("", "", "", (string?)null, true), (erased.Name, erased.Email, erased.Phone, erased.NationalId, erased.ErasedAt is not null));
        Assert.Equal(0, (await store.Applicants.SearchAsync("Anggraini", 1, 10, Now)).Total);
        Assert.Equal("{}", (await store.Applications.FindAsync(application.Id, Now))!.ValuesJson);
        Assert.Empty(await store.Scores.OfApplicationAsync(application.Id, Now));
        var views = await store.Reader.SearchAsync(new AuditQuery(), Now);
        Assert.Null(views.Single(view => view.Entry.Kind == "applicant.noted").Payload);
        Assert.NotNull(views.Single(view => view.Entry.Kind == "applicant.erased").Payload);
        Assert.True((await store.Reader.VerifyAsync(Now)).Intact);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Erase_Twice_ChangesNothingMore(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (applicant, _) = await ScoredAsync(store);

        var first = await store.Applicants.EraseAsync(applicant.Id, Sample.Audit("applicant.erased"), Now);
        var second = await store.Applicants.EraseAsync(applicant.Id, Sample.Audit("applicant.erased"), Now);
        var unknown = await store.Applicants.EraseAsync(Guid.NewGuid(), Sample.Audit(), Now);

        Assert.Equal(first.Value, second.Value);
        Assert.Equal("applicant.notFound", Assert.Single(unknown.Problems).Code);
        Assert.Equal("applicant.erased", Assert.Single((await store.Applicants.UpdateAsync(applicant, Sample.Audit(), Now)).Problems).Code);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Erase_LinkedSignIn_IsRemovedToo(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (applicant, _) = await ScoredAsync(store);
        await using var context = store.Context();
        context.Users.Add(new WorkbenchUser { UserName = applicant.Email, ApplicantId = applicant.Id });
        context.Users.Add(new WorkbenchUser { UserName = "officer@example.org" });
        await context.SaveChangesAsync(Now);

        await store.Applicants.EraseAsync(applicant.Id, Sample.Audit(), Now);

        Assert.Equal("officer@example.org", (await context.Users.AsNoTracking().SingleAsync(Now)).UserName);
    }

    [Fact]
    public async Task Restart_KeysAndDatabaseCameBackFromAnOlderBackup_ErasesAgain()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (applicant, _) = await ScoredAsync(store);
        TestStore.ClosePools(store.Options);
        string[] files = [Path.Combine(store.Options.DataDirectory, "workbench.db"), Path.Combine(store.Options.DataDirectory, "keys", "keys.db")];
        foreach (var file in files) File.Copy(file, file + ".backup");
        await store.Applicants.EraseAsync(applicant.Id, Sample.Audit("applicant.erased"), Now);
        TestStore.ClosePools(store.Options);
        foreach (var file in files) File.Move(file + ".backup", file, overwrite: true);
        Assert.Equal("Dewi Anggraini", (await store.Applicants.FindAsync(applicant.Id, Now))!.Name);

        await using var restarted = store.OtherNode();
        await restarted.MigrateAsync();

        var again = (await restarted.Applicants.FindAsync(applicant.Id, Now))!;
        Assert.Equal(("", true), (again.Name, again.ErasedAt is not null));
    }

    [Fact]
    public async Task KeyFiles_AfterErasure_NoLongerHoldTheWrappedKey()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (applicant, _) = await ScoredAsync(store);
        TestStore.ClosePools(store.Options);
        var path = Path.Combine(store.Options.DataDirectory, "keys", "keys.db");
        var id = System.Text.Encoding.UTF8.GetBytes(applicant.Id.ToString("n"));
        var bytes = await File.ReadAllBytesAsync(path, Now);
        var found = bytes.AsSpan().IndexOf(id);
        Assert.True(found >= 0, "The key is not where this test looks for it.");
        var at = found + id.Length;
        var wrapped = bytes[at..(at + 60)];

        await store.Applicants.EraseAsync(applicant.Id, Sample.Audit(), Now);

        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "keys.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Now);
            Assert.Equal(-1, copy.ToArray().AsSpan().IndexOf(wrapped));
        }
    }

    private static async Task<(Applicant Applicant, CreditApplication Application)> ScoredAsync(TestStore store)
    {
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit("applicant.noted", applicantId: applicant.Id), Now);
        var application = await store.Applications.AddAsync(Sample.Application(applicant.Id), Sample.Audit(), Now);
        await store.Scores.IssueAsync(Sample.Score(application), application with { State = ApplicationState.Scored }, Sample.Audit(), Now);
        return (applicant, application);
    }
}
