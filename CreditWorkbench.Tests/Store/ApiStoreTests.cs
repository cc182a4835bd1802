using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>Keys of client systems, refresh tokens and calls with keys of their clients, on both databases.</summary>
public sealed class ApiStoreTests(PostgresServer server)
{
    private static readonly byte[] Hash = SHA256.HashData("secret"u8);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Key_AddedUsedAndRevoked_IsFoundAsItStands(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var keys = store.Get<ApiKeys>();
        var key = new ApiKey(Guid.CreateVersion7(), "core banking", ["score:stateless", "models:read"], Actor.System.Id, store.Time.GetUtcNow())
        {
            SecretHash = Hash,
            RequestsPerMinute = 250,
            LegalBasis = "contract",
            Branch = "Jakarta",
            ExpiresAt = store.Time.GetUtcNow().AddDays(1),
        };

        await keys.AddAsync(key, [], Now);
        await keys.UsedAsync([(key.Id, store.Time.GetUtcNow().AddMinutes(1))], Now);

        var found = await keys.FindAsync(key.Id, Now);
        Assert.Equal((key.Name, 250, "contract", "Jakarta", key.ExpiresAt, store.Time.GetUtcNow().AddMinutes(1)), (found!.Name, found.RequestsPerMinute, found.LegalBasis, found.Branch, found.ExpiresAt, found.LastUsedAt));
        Assert.Equal(key.Scopes, found.Scopes);
        Assert.Equal(Hash, found.SecretHash);
        Assert.True(found.ActiveAt(store.Time.GetUtcNow()) && !found.ActiveAt(store.Time.GetUtcNow().AddDays(1)));
        Assert.False((await keys.RevokeAsync(key.Id, store.Time.GetUtcNow(), [], Now)).Value.ActiveAt(store.Time.GetUtcNow()));
        Assert.Equal("key.revoked", (await keys.RevokeAsync(key.Id, store.Time.GetUtcNow(), [], Now)).Problems[0].Code);
        Assert.Equal("key.notFound", (await keys.RevokeAsync(Guid.NewGuid(), store.Time.GetUtcNow(), [], Now)).Problems[0].Code);
        Assert.Equal(key.Id, Assert.Single(await keys.ListAsync(Now)).Id);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task RefreshToken_UsedTwice_EndsItsSession(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (tokens, sessions) = (store.Get<RefreshTokens>(), store.Get<SignInSessions>());
        var session = await SessionAsync(store);

        await tokens.IssueAsync(Hash, session, TimeSpan.FromDays(1), Now);

        Assert.Equal(session, (await tokens.UseAsync(Hash, Now)).Value);
        Assert.True(await sessions.SeenAsync(session.SessionId, Now));
        Assert.Equal("credentials.refresh", (await tokens.UseAsync(Hash, Now)).Problems[0].Code);
        Assert.False(await sessions.SeenAsync(session.SessionId, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Session_ThatARefreshTokenMayGoOnWith_IsShownUntilTheTokenLapses(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (tokens, sessions) = (store.Get<RefreshTokens>(), store.Get<SignInSessions>());
        var session = await SessionAsync(store);
        await tokens.IssueAsync(Hash, session, TimeSpan.FromDays(1), Now);

        store.Time.Advance(TimeSpan.FromHours(2));
        var held = await sessions.OfAsync(session.UserId, Now);
        store.Time.Advance(TimeSpan.FromDays(1));
        var lapsed = await sessions.OfAsync(session.UserId, Now);

        Assert.Equal(session.SessionId, Assert.Single(held).Id);
        Assert.Empty(lapsed);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task RefreshToken_LapsedOrUnknown_IsRefused(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var tokens = store.Get<RefreshTokens>();
        await tokens.IssueAsync(Hash, await SessionAsync(store), TimeSpan.FromDays(1), Now);

        store.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal("credentials.refresh", (await tokens.UseAsync(Hash, Now)).Problems[0].Code);
        Assert.Equal("credentials.refresh", (await tokens.UseAsync(SHA256.HashData("other"u8), Now)).Problems[0].Code);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task RefreshToken_UsedByManyAtOnce_GoesToOne(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var tokens = store.Get<RefreshTokens>();
        await tokens.IssueAsync(Hash, await SessionAsync(store), TimeSpan.FromDays(1), Now);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => tokens.UseAsync(Hash, Now), Now)));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Call_MadeOnce_GivesItsAnswerForADay(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var calls = store.Get<IdempotentCalls>();
        var call = new IdempotentCall(Guid.CreateVersion7(), "order-1", Hash);

        var mine = Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call, Now));
        Assert.IsType<CallStanding.InFlight>(await calls.BeginAsync(call, Now));
        Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call with { ClientId = Guid.CreateVersion7() }, Now));
        await calls.EndAsync(call, mine.Owner, Hash, 201, "{\"name\":\"Budi\"}"u8.ToArray(), Now);

        var made = Assert.IsType<CallStanding.Made>(await calls.BeginAsync(call with { Address = new byte[32] }, Now));
        Assert.Equal((201, "{\"name\":\"Budi\"}"), (made.Status, Encoding.UTF8.GetString(made.Answer)));
        Assert.Equal(Hash, made.Address);
        Assert.False((await store.BytesAsync(server)).AsSpan().IndexOf("Budi"u8) >= 0);
        store.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(2, await calls.PurgeAsync(Now));
        Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Call_OfAProcessThatDied_IsTakenOverOnceItsLeaseRunsOut(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var calls = store.Get<IdempotentCalls>();
        var call = new IdempotentCall(Guid.CreateVersion7(), "order-1", Hash);
        var dead = Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call, Now));

        store.Time.Advance(TimeSpan.FromSeconds(20));
        await calls.RenewAsync(call, dead.Owner, Now);
        store.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.IsType<CallStanding.InFlight>(await calls.BeginAsync(call, Now));
        store.Time.Advance(TimeSpan.FromSeconds(20));
        var heir = Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call, Now));

        await calls.EndAsync(call, dead.Owner, Hash, 200, "late"u8.ToArray(), Now);
        Assert.IsType<CallStanding.InFlight>(await calls.BeginAsync(call, Now));
        await calls.ForgetAsync(call, heir.Owner, Now);
        Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Call_OfAProcessThatDiedAfterAChange_IsNotMadeAgain(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var calls = store.Get<IdempotentCalls>();
        var call = new IdempotentCall(Guid.CreateVersion7(), "order-1", Hash);
        await using (var dead = store.OtherNode())
        {
            var mine = Assert.IsType<CallStanding.Mine>(await dead.Get<IdempotentCalls>().BeginAsync(call, Now));
            using var making = dead.Get<IdempotentCalls>().Make(call, mine.Owner);
            await dead.Applicants.AddAsync(Sample.Applicant(), Sample.Audit(), Now);
        }

        Assert.IsType<CallStanding.InFlight>(await calls.BeginAsync(call, Now));
        store.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(Hash, Assert.IsType<CallStanding.Unknown>(await calls.BeginAsync(call, Now)).Address);
        store.Time.Advance(IdempotentCalls.Kept);
        Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Call_WhoseChangeWasRefused_CanBeMadeAgain(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var application = await store.Applications.AddAsync(Sample.Application(applicant.Id), Sample.Audit(), Now);
        await store.Applications.UpdateAsync(application with { TermMonths = 24 }, Sample.Audit(), Now);
        var calls = store.Get<IdempotentCalls>();
        var call = new IdempotentCall(Guid.CreateVersion7(), "order-1", Hash);
        var mine = Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call, Now));

        using (calls.Make(call, mine.Owner)) Assert.False((await store.Applications.UpdateAsync(application with { TermMonths = 36 }, Sample.Audit(), Now)).Succeeded);
        await calls.GiveUpAsync(call, mine.Owner, Now);

        Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Call_TakenOverByAnotherProcess_ChangesNothingMore(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var calls = store.Get<IdempotentCalls>();
        var call = new IdempotentCall(Guid.CreateVersion7(), "order-1", Hash);
        var slow = Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call, Now));
        store.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.IsType<CallStanding.Mine>(await calls.BeginAsync(call, Now));
        var applicant = Sample.Applicant();

        using (calls.Make(call, slow.Owner)) await Assert.ThrowsAnyAsync<InvalidOperationException>(() => store.Applicants.AddAsync(applicant, Sample.Audit(), Now));

        Assert.Null(await store.Applicants.FindAsync(applicant.Id, Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Call_BegunByManyAtOnce_IsMadeByOne(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        await using var other = store.OtherNode();
        var call = new IdempotentCall(Guid.CreateVersion7(), "order-1", Hash);

        var standings = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? store : other).Get<IdempotentCalls>().BeginAsync(call, Now), Now)));

        Assert.Single(standings, standing => standing is CallStanding.Mine);
    }

    private static async Task<RefreshedSession> SessionAsync(TestStore store)
    {
        var user = new WorkbenchUser { Id = Guid.CreateVersion7(), UserName = $"{Guid.NewGuid():n}", DisplayName = "Maya" };
        await using var context = store.Context();
        context.Users.Add(user);
        await context.SaveChangesAsync(Now);
        return new RefreshedSession(user.Id, await store.Get<SignInSessions>().BeginAsync(user.Id, "curl", "127.0.0.1", Now));
    }
}
