using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using Xunit;

namespace CreditWorkbench.Tests.Applicants;

/// <summary>The desks on a real store; SQLite is enough, because the store's own tests run the ports on both.</summary>
public sealed class DeskTests(PostgresServer server)
{
    private static readonly ApplicantRequest Dewi = new(ApplicantKind.Person, " Dewi Anggraini ", "dewi@contoh.id", "+62 812 3344 5566", " ", "id", null);
    private static readonly ConsentRequest Bank = new(["scoring"], ["bank"], "en", "branch");
    private static readonly InputRecord Values = new(Definitions.Small, [InputValue.OfNumber(5_000_000), InputValue.Missing, InputValue.Missing]);
    private static readonly Actor Stranger = Sample.Officer with { Permissions = new HashSet<Permission>() };
    private static readonly Actor Admin = Sample.Officer with { Permissions = new HashSet<Permission> { Permission.ManageSettings } };

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_NewPerson_IsStoredTrimmedAndAudited()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);

        var registered = (await Desk(store).RegisterAsync(Dewi, Sample.Officer, Now)).Value;

        var stored = (await store.Applicants.FindAsync(registered.Id, Now))!;
        Assert.Equal(("Dewi Anggraini", (string?)null, "id"), (stored.Name, stored.NationalId, stored.Language));
        Assert.Equal(registered.Id.ToString(), Assert.Single(await store.Reader.SearchAsync(new AuditQuery("applicant.registered"), Now)).Entry.SubjectId);
    }

    [Fact]
    public async Task Register_SamePhoneAgain_NeedsConfirmation()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var first = (await Desk(store).RegisterAsync(Dewi, Sample.Officer, Now)).Value;
        var again = Dewi with { Name = "D. Anggraini", Email = "other@contoh.id" };

        var refused = await Desk(store).RegisterAsync(again, Sample.Officer, Now);
        var confirmed = await Desk(store).RegisterAsync(again with { EvenIfDuplicate = true }, Sample.Officer, Now);

        var problem = Assert.Single(refused.Problems);
        Assert.Equal(("applicant.duplicate", first.Id.ToString()), (problem.Code, problem.Field));
        Assert.True(confirmed.Succeeded);
    }

    [Fact]
    public async Task Register_SeveralFaults_NamesAllFields()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);

        var refused = await Desk(store).RegisterAsync(Dewi with { Name = " ", Email = "nobody", Phone = new string('1', 41) }, Sample.Officer, Now);

        Assert.Equal(["name", "email", "phone"], refused.Problems.Select(problem => problem.Field));
        Assert.Equal(0, (await store.Applicants.SearchAsync(null, 1, 10, Now)).Total);
    }

    [Fact]
    public async Task EveryAction_WithoutItsPermission_IsRefusedAndWritesNothing()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var (desk, applications) = (Desk(store), Applications(store));
        var id = Guid.NewGuid();

        var refusals = new[]
        {
            (await desk.RegisterAsync(Dewi, Stranger, Now)).Problems,
            (await desk.RevealAsync(id, "a good reason", Stranger, Now)).Problems,
            (await desk.GiveConsentAsync(id, Definitions.Small, Bank, Stranger, Now)).Problems,
            (await desk.WithdrawSourceAsync(id, "small", "bank", Stranger, Now)).Problems,
            (await desk.EraseAsync(id, "asked for", Stranger, Now)).Problems,
            (await applications.OpenAsync(id, Request, Stranger, Now)).Problems,
            (await applications.ChangeAsync(id, 0, Request, Stranger, Now)).Problems,
            (await applications.WithdrawAsync(id, 0, Stranger, Now)).Problems,
        };

        Assert.All(refusals, problems => Assert.Equal("permission.missing", Assert.Single(problems).Code));
        Assert.Empty(await store.Reader.SearchAsync(new AuditQuery(), Now));
    }

    [Fact]
    public async Task Reveal_WithReason_ShowsAllAndWritesTheReason()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var registered = (await Desk(store).RegisterAsync(Dewi, Sample.Officer, Now)).Value;

        var without = await Desk(store).RevealAsync(registered.Id, "  no ", Sample.Officer, Now);
        var revealed = await Desk(store).RevealAsync(registered.Id, "call about a missing document", Sample.Officer, Now);

        Assert.Equal("pii.reason", Assert.Single(without.Problems).Code);
        Assert.Equal("Dewi Anggraini", revealed.Value.Name);
        Assert.Equal("call about a missing document", Assert.Single(await store.Reader.SearchAsync(new AuditQuery("pii.revealed"), Now)).Payload!["reason"]);
    }

    [Fact]
    public async Task Consent_TwoPurposesTwoSources_GivesOneEachWithTextHashAndTheSourcesLife()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var registered = (await Desk(store).RegisterAsync(Dewi, Sample.Officer, Now)).Value;
        var request = new ConsentRequest(["scoring", "model_improvement"], ["bank", "utility"], "id", "browser");

        var given = (await Desk(store).GiveConsentAsync(registered.Id, Definitions.Small, request, Sample.Officer, Now)).Value;

        var start = store.Time.GetUtcNow();
        Assert.Equal(4, (await store.Applicants.ConsentsAsync(registered.Id, Now)).Count);
        Assert.All(given, consent => Assert.Equal((ContentHash.Of("Saya setuju."), "id", start), (consent.TextHash, consent.Language, consent.GivenAt)));
        Assert.All(given, consent => Assert.Equal(consent.Source == "bank" ? start.AddMonths(6) : start.AddDays(365), consent.ExpiresAt));
    }

    public static TheoryData<string, ConsentRequest> WrongRequests => new()
    {
        { "consent.purpose.unknown", Bank with { Purposes = ["marketing"] } },
        { "consent.source.unknown", Bank with { Sources = ["horoscope"] } },
        { "consent.language.unknown", Bank with { Language = "fr" } },
        { "consent.purposes", Bank with { Purposes = [] } },
        { "consent.sources", Bank with { Sources = [] } },
    };

    [Theory, MemberData(nameof(WrongRequests))]
    public async Task Consent_WrongRequest_IsRefusedAndWritesNothing(string code, ConsentRequest request)
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var registered = (await Desk(store).RegisterAsync(Dewi, Sample.Officer, Now)).Value;

        var refused = await Desk(store).GiveConsentAsync(registered.Id, Definitions.Small, request, Sample.Officer, Now);

        Assert.Equal(code, Assert.Single(refused.Problems).Code);
        Assert.Empty(await store.Applicants.ConsentsAsync(registered.Id, Now));
    }

    [Fact]
    public async Task Consent_SourceWithdrawn_IsAuditedAndTheSecondTimeRefused()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var registered = (await Desk(store).RegisterAsync(Dewi, Sample.Officer, Now)).Value;
        await Desk(store).GiveConsentAsync(registered.Id, Definitions.Small, Bank, Sample.Officer, Now);
        store.Time.Advance(TimeSpan.FromDays(1));

        var first = await Desk(store).WithdrawSourceAsync(registered.Id, "small", "bank", Sample.Officer, Now);
        var second = await Desk(store).WithdrawSourceAsync(registered.Id, "small", "bank", Sample.Officer, Now);

        Assert.Equal(1, first.Value);
        Assert.Equal("consent.none", Assert.Single(second.Problems).Code);
        Assert.Equal(store.Time.GetUtcNow(), Assert.Single(await store.Applicants.ConsentsAsync(registered.Id, Now)).WithdrawnAt);
        Assert.Equal("bank", Assert.Single(await store.Reader.SearchAsync(new AuditQuery("consent.withdrawn"), Now)).Payload!["source"]);
    }

    [Fact]
    public async Task Erase_ByAnAdmin_LeavesNothingPersonalAndTakesNoMoreConsent()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var registered = (await Desk(store).RegisterAsync(Dewi, Sample.Officer, Now)).Value;

        var erased = await Desk(store).EraseAsync(registered.Id, "the applicant asked for it", Admin, Now);
        var consent = await Desk(store).GiveConsentAsync(registered.Id, Definitions.Small, Bank, Sample.Officer, Now);

        Assert.Equal("", erased.Value.Name);
        Assert.Equal("applicant.notFound", Assert.Single(consent.Problems).Code);
    }

    [Fact]
    public async Task Application_ChangedTwiceFromOneVersion_SecondIsStale()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var registered = (await Desk(store).RegisterAsync(Dewi, Sample.Officer, Now)).Value;
        var opened = (await Applications(store).OpenAsync(registered.Id, Request, Sample.Officer, Now)).Value;

        var first = await Applications(store).ChangeAsync(opened.Id, 0, Request with { TermMonths = 24 }, Sample.Officer, Now);
        var second = await Applications(store).ChangeAsync(opened.Id, 0, Request with { TermMonths = 36 }, Sample.Officer, Now);

        Assert.Equal(("APP-2026-000001", Definitions.Small.ScoringHash, ApplicationState.Draft), (opened.Number, opened.ScoringHash, opened.State));
        Assert.Equal(1, first.Value.Version);
        Assert.Equal("version.stale", Assert.Single(second.Problems).Code);
        Assert.Equal(24, (await store.Applications.FindAsync(opened.Id, Now))!.TermMonths);
    }

    [Theory]
    [InlineData(0, 12, "amount")]
    [InlineData(100, 0, "termMonths")]
    public async Task Application_TermsBelowOne_NamesTheField(long amount, int term, string field)
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var registered = (await Desk(store).RegisterAsync(Dewi, Sample.Officer, Now)).Value;

        var refused = await Applications(store).OpenAsync(registered.Id, Request with { Amount = new Money(amount, "IDR"), TermMonths = term }, Sample.Officer, Now);

        Assert.Equal(field, Assert.Single(refused.Problems).Field);
    }

    /// <summary>Which state may follow which, by row; columns in the order of the enumeration.</summary>
    [Theory]
    [InlineData(ApplicationState.Draft, "no yes no no yes")]
    [InlineData(ApplicationState.Scored, "yes yes yes no yes")]
    [InlineData(ApplicationState.InReview, "no no yes yes yes")]
    [InlineData(ApplicationState.Decided, "no no yes no no")]
    [InlineData(ApplicationState.Withdrawn, "no no no no no")]
    public void Transitions_EveryPair_IsAsTheTableSays(ApplicationState from, string expected)
    {
        var actual = Enum.GetValues<ApplicationState>().Select(to => ApplicationDesk.Transitions.Contains((from, to)) ? "yes" : "no");

        Assert.Equal(expected, string.Join(' ', actual));
    }

    [Fact]
    public async Task Application_Decided_TakesNoMoreValuesAndNamesTheDay()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var application = await ScoredAsync(store);
        var decided = (await store.Applications.UpdateAsync(application with { State = ApplicationState.Decided, DecidedAt = Sample.Moment }, Sample.Audit(), Now)).Value;

        var changed = await Applications(store).ChangeAsync(decided.Id, decided.Version, Request, Sample.Officer, Now);
        var withdrawn = await Applications(store).WithdrawAsync(decided.Id, decided.Version, Sample.Officer, Now);

        Assert.Equal("This case was decided on 20 Nov 2026 and cannot be scored again. Start a linked application.", Assert.Single(changed.Problems).ToString());
        Assert.Equal("application.decided", Assert.Single(withdrawn.Problems).Code);
    }

    [Fact]
    public async Task Application_Withdrawn_StaysSo()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var application = await ScoredAsync(store);

        var withdrawn = (await Applications(store).WithdrawAsync(application.Id, application.Version, Sample.Officer, Now)).Value;
        var changed = await Applications(store).ChangeAsync(withdrawn.Id, withdrawn.Version, Request, Sample.Officer, Now);

        Assert.Equal(ApplicationState.Withdrawn, withdrawn.State);
        Assert.Equal("application.withdrawn", Assert.Single(changed.Problems).Code);
    }

    [Fact]
    public async Task Application_LinkedToAnotherPersons_IsRefused()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var earlier = await ScoredAsync(store);
        var other = (await Desk(store).RegisterAsync(Dewi with { Name = "Budi", Email = "budi@contoh.id", Phone = "" }, Sample.Officer, Now)).Value;

        var foreign = await Applications(store).OpenAsync(other.Id, Request with { LinkedTo = earlier.Id }, Sample.Officer, Now);
        var own = await Applications(store).OpenAsync(earlier.ApplicantId, Request with { LinkedTo = earlier.Id }, Sample.Officer, Now);

        Assert.Equal("application.link", Assert.Single(foreign.Problems).Code);
        Assert.Equal(earlier.Id, own.Value.LinkedTo);
    }

    private static ApplicationRequest Request => new(Values, Money.FromMajor(1_000_000m, "IDR"), 12, null);

    private static ApplicantDesk Desk(TestStore store) => new(store.Applicants, store.Trail, store.Time);

    private static ApplicationDesk Applications(TestStore store) => new(store.Applications, store.Applicants, store.Vault, store.Time);

    private static async Task<CreditApplication> ScoredAsync(TestStore store)
    {
        var registered = (await Desk(store).RegisterAsync(Dewi, Sample.Officer, Now)).Value;
        var opened = (await Applications(store).OpenAsync(registered.Id, Request, Sample.Officer, Now)).Value;
        await store.Scores.IssueAsync(Sample.Score(opened), opened with { State = ApplicationState.Scored }, Sample.Audit(), Now);
        return (await store.Applications.FindAsync(opened.Id, Now))!;
    }
}
