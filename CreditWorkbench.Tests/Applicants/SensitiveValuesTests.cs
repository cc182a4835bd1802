using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Scorecards;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using Xunit;

namespace CreditWorkbench.Tests.Applicants;

/// <summary>Where sensitive values go. In the trust dictionary nothing but audits reads the gender, and the rule TP1 reads the age.</summary>
public sealed class SensitiveValuesTests(PostgresServer server)
{
    private static readonly ScorecardDefinition Trust = ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml"));
    private static readonly InputRecord Woman34 = new InputRecord(Trust, new InputValue[Trust.Inputs.Count]).With("gender", InputValue.OfNumber(0)).With("age_years", InputValue.OfNumber(34));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public void Inputs_Trust_ArePartedByTheRuleWithAGround()
    {
        Assert.Equal(["age_years"], SensitiveInputs.ReadByPolicy(Trust));
        Assert.Equal(["gender"], SensitiveInputs.ForAuditsOnly(Trust));
    }

    [Fact]
    public void Inputs_RuleWithoutAGround_LeavesTheAgeToAudits()
    {
        var groundless = Trust with { Policy = Trust.Policy with { Rules = [.. Trust.Policy.Rules.Select(rule => rule with { Lawful = null })] } };

        Assert.Equal(["age_years", "gender"], SensitiveInputs.ForAuditsOnly(groundless).Order());
    }

    [Fact]
    public void Validate_RequiredInputKeptInTheVault_IsNotDemandedOfTheApplication()
    {
        var demanding = Trust with { Inputs = [.. Trust.Inputs.Select(input => input with { Required = input.Sensitive })] };
        var adult = new Dictionary<string, RawValue> { ["age_years"] = RawValue.OfText("34") };
        var validator = new RecordValidator(demanding);

        var strict = validator.Validate(adult, RecordReading.Strict);
        var parted = validator.Validate(adult, RecordReading.Strict with { KeptElsewhere = SensitiveInputs.ForAuditsOnly(demanding) });

        Assert.Equal("gender", Assert.Single(strict.Problems).Field);
        Assert.True(parted.Succeeded);
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Open_GenderAndAge_GenderIsInTheVaultOnly(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);

        var opened = await OpenAsync(store, Woman34);

        var stored = InputRecordJson.FromText(Trust, (await store.Applications.FindAsync(opened.Id, Now))!.ValuesJson).Value;
        Assert.Equal((InputValue.Missing, InputValue.OfNumber(34)), (stored["gender"], stored["age_years"]));
        Assert.Equal("F", (await store.Sensitive.ReadAsync("gender", [opened.Id], Now))[opened.Id]);
        Assert.Equal("34", (await store.Sensitive.ReadAsync("age_years", [opened.Id], Now))[opened.Id]);
    }

    [Fact]
    public async Task Open_VaultBroken_StoresNoApplication()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        var desk = new ApplicationDesk(store.Applications, store.Applicants, new BrokenVault(), store.Time);

        await Assert.ThrowsAsync<IOException>(() => desk.OpenAsync(applicant.Id, Request(Woman34), Sample.Officer, Now));

        Assert.Equal(0, (await store.Applications.SearchAsync(new ApplicationQuery(), Now)).Total);
    }

    [Fact]
    public async Task Change_BothLeftBlank_KeepsWhatTheFormCannotShowAndClearsWhatItCan()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var opened = await OpenAsync(store, Woman34);
        var blank = Woman34.With("gender", InputValue.Missing).With("age_years", InputValue.Missing);

        await Desk(store).ChangeAsync(opened.Id, opened.Version, Request(blank), Sample.Officer, Now);

        Assert.Equal("F", (await store.Sensitive.ReadAsync("gender", [opened.Id], Now))[opened.Id]);
        Assert.Empty(await store.Sensitive.ReadAsync("age_years", [opened.Id], Now));
    }

    [Fact]
    public async Task Change_StaleVersion_LeavesTheVaultAlone()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var opened = await OpenAsync(store, Woman34);
        await Desk(store).ChangeAsync(opened.Id, opened.Version, Request(Woman34), Sample.Officer, Now);

        var refused = await Desk(store).ChangeAsync(opened.Id, opened.Version, Request(Woman34.With("gender", InputValue.OfNumber(1))), Sample.Officer, Now);

        Assert.Equal("version.stale", Assert.Single(refused.Problems).Code);
        Assert.Equal("F", (await store.Sensitive.ReadAsync("gender", [opened.Id], Now))[opened.Id]);
    }

    [Fact]
    public async Task Change_ScoredApplication_IsADraftAgainAndKeepsItsOldScoreAsHistory()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var scored = await ScoredAsync(store);

        var changed = (await Desk(store).ChangeAsync(scored.Id, scored.Version, Request(Woman34.With("age_years", InputValue.OfNumber(35))), Sample.Officer, Now)).Value;

        Assert.Equal((ApplicationState.Draft, (Guid?)null), (changed.State, changed.ScoreId));
        Assert.Equal(scored.ScoreId, Assert.Single(await store.Scores.OfApplicationAsync(scored.Id, Now)).Id);
    }

    [Fact]
    public async Task Change_ApplicationInReview_StaysInReviewWithoutAScore()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var scored = await ScoredAsync(store);
        var inReview = (await store.Applications.UpdateAsync(scored with { State = ApplicationState.InReview }, Sample.Audit(), Now)).Value;

        var changed = (await Desk(store).ChangeAsync(inReview.Id, inReview.Version, Request(Woman34.With("age_years", InputValue.OfNumber(35))), Sample.Officer, Now)).Value;

        Assert.Equal((ApplicationState.InReview, (Guid?)null), (changed.State, changed.ScoreId));
    }

    [Fact]
    public async Task Change_ScoredApplicationToTheSameValues_StaysScored()
    {
        await using var store = await TestStore.OpenAsync(StoreProvider.Sqlite, server);
        var scored = await ScoredAsync(store);

        var same = (await Desk(store).ChangeAsync(scored.Id, scored.Version, Request(Woman34), Sample.Officer, Now)).Value;

        Assert.Equal((ApplicationState.Scored, scored.ScoreId), (same.State, same.ScoreId));
    }

    private static ApplicationDesk Desk(TestStore store) => new(store.Applications, store.Applicants, store.Vault, store.Time);

    private static ApplicationRequest Request(InputRecord record) => new(record, Money.FromMajor(1_000_000m, "IDR"), 12, null);

    private static async Task<CreditApplication> OpenAsync(TestStore store, InputRecord record)
    {
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        return (await Desk(store).OpenAsync(applicant.Id, Request(record), Sample.Officer, Now)).Value;
    }

    private static async Task<CreditApplication> ScoredAsync(TestStore store)
    {
        var opened = await OpenAsync(store, Woman34);
        await store.Scores.IssueAsync(Sample.Score(opened), opened with { State = ApplicationState.Scored }, Sample.Audit(), Now);
        return (await store.Applications.FindAsync(opened.Id, Now))!;
    }

    private sealed class BrokenVault : ISensitiveVault
    {
        public Task KeepAsync(Guid applicationId, Guid applicantId, IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken) => throw new IOException("The disk is full.");
    }
}
