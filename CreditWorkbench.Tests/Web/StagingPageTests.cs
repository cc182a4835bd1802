using Bunit;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Staging;
using CreditWorkbench.Web.Components.Pages.Run.Jobs;
using CreditWorkbench.Web.Components.Pages.Run.Staging;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Queue;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Pages of staging, feature sets and jobs over a real store.</summary>
public sealed class StagingPageTests(PostgresServer server) : PageTests, IAsyncLifetime
{
    private readonly InCulture _culture = new("en");
    private StagingRoom _room = null!;
    private JobDesk _jobs = null!;
    private ServiceProvider _people = null!;

    private static CancellationToken Now => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _room = await StagingRoom.OpenAsync(StoreProvider.Sqlite, server);
        _jobs = new JobDesk(_room.Store.Jobs, _room.Store.Get<JobSignal>(), _room.Time);
        var people = new ServiceCollection();
        people.AddLogging();
        people.AddWorkbenchStore(_room.Store.Options);
        people.AddIdentityCore<WorkbenchUser>().AddEntityFrameworkStores<WorkbenchContext>();
        _people = people.BuildServiceProvider();
        var sources = new StagingSources(_room.Folder("deliveries"));
        AddClock(_room.Time);
        Services.AddSingleton(_room.Desk);
        Services.AddSingleton(_room.Features);
        Services.AddSingleton<IJobDesk>(_jobs);
        Services.AddSingleton<IScorecardCatalog>(new StagingRoom.OneScorecard());
        Services.AddSingleton(new StagingJobs(_jobs, new StagingRoom.OneScorecard(), sources, _room.Time));
        Services.AddSingleton(new PersonNames(_people.GetRequiredService<IServiceScopeFactory>()));
        BeInteractive();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await base.DisposeAsyncCore();
        await _people.DisposeAsync();
        await _room.DisposeAsync();
        _culture.Dispose();
    }

    [Fact]
    public void Staging_NothingLoadedYet_SaysHowToBegin()
    {
        var page = Open<StagingPage>("/staging", Roles.RiskAnalyst);

        Assert.Contains("Nothing was loaded yet", page.Markup, StringComparison.Ordinal);
        page.Find(".page-head button").Click();
        Assert.Contains("No delivery to choose from", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staging_LastDeliveryRefused_WarnsAndShowsWhatServes()
    {
        await _room.RunAsync(LoanRiskFiles.Generate(_room.Folder("good"), 20, seed: 5));
        var refused = await RefusedAsync();
        _room.Time.Advance(TimeSpan.FromHours(50));

        var page = Open<StagingPage>("/staging", Roles.Auditor);

        Assert.Contains("The last delivery of loan-risk is not in use", page.Find(".note.adverse").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/staging/{refused.Id}", page.Find(".note.adverse a").GetAttribute("href"));
        Assert.Contains("Version 1", page.Find("#freshness").TextContent, StringComparison.Ordinal);
        Assert.Contains("Stale", page.Find("#freshness").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Refused by the gate", "Published"], page.FindAll("#staging-runs tbody .badge").Select(badge => badge.TextContent));
        Assert.Empty(page.FindAll(".page-head button"));
    }

    [Fact]
    public async Task Staging_RunNow_QueuesShowsProgressAndIsCalledOff()
    {
        LoanRiskFiles.Write(Path.Combine(_room.Folder("deliveries"), "november"));
        var page = Open<StagingPage>("/staging", Roles.RiskAnalyst);
        page.Find(".page-head button").Click();

        await page.Find("#run-now form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("loan-risk: november", page.Find(".progress-panel").ParentElement!.TextContent, StringComparison.Ordinal), Patience);
        var job = Assert.Single((await _room.Store.Jobs.ListAsync(new JobQuery(), 1, 10, Now)).Items);
        var taken = (await _room.Store.Jobs.LeaseAsync("w", [StagingJobs.Kind], TimeSpan.FromSeconds(30), Now))!;
        await _room.Store.Jobs.ReportAsync(taken.Id, taken.FencingToken, "Staging", 0.4, null, TimeSpan.FromSeconds(30), Now);
        page.WaitForAssertion(() => Assert.Equal("40", page.Find("[role=progressbar]").GetAttribute("aria-valuenow")), Patience);
        await page.Find($"#job-{job.Id:n} button").ClickAsync(new());
        Assert.True((await _room.Store.Jobs.FindAsync(job.Id, Now))!.CancelRequested);
        page.WaitForAssertion(() => Assert.Contains("Stopping", page.Find($"#job-{job.Id:n}").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Run_SecondDelivery_ComparesWithTheFirstAndShowsWhatWasKeptOut()
    {
        await _room.RunAsync(LoanRiskFiles.Write(_room.Folder("first")));
        var run = await _room.RunAsync(LoanRiskFiles.Write(_room.Folder("second"), bookings: LoanRiskFiles.Bookings + "1,7,2024-05-05T10:00:00,0,food,card\n"));

        var page = Open<StagingRunPage>($"/staging/{run.Id}", Roles.Auditor, parameters => parameters.Add(p => p.Id, run.Id));

        page.WaitForAssertion(() => Assert.Contains("Published", page.Find("h1").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("1 (+1)", page.Find("#run-tables").TextContent.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.Contains("Q09", page.Find("#run-rules").TextContent, StringComparison.Ordinal);
        Assert.Contains("A booking of zero counts as an event.", page.Find("#run-rules").TextContent, StringComparison.Ordinal);
        Assert.Contains("transactions.csv", page.Find("#run-quarantine").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/staging/{run.Id}/quarantine.csv", page.Find("#run-quarantine .card-tools a").GetAttribute("href"));
        Assert.Contains(run.Delivery!.Files[0].Name, page.Find("#run-files").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Unknown_SaysSo()
    {
        var page = Open<StagingRunPage>("/staging/x", Roles.Auditor, parameters => parameters.Add(p => p.Id, Guid.NewGuid()));

        page.WaitForAssertion(() => Assert.Contains("There is no such run", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Features_TwoVersions_SayWhichIsTheLatestAndHowOld()
    {
        await _room.RunAsync(LoanRiskFiles.Generate(_room.Folder("one"), 20, seed: 5));
        await _room.RunAsync(LoanRiskFiles.Generate(_room.Folder("two"), 20, seed: 6));
        _room.Time.Advance(TimeSpan.FromHours(3));

        var page = Open<FeatureSetsPage>("/features", Roles.RiskAnalyst);

        Assert.Equal(["Latest", "Earlier"], page.FindAll("#feature-sets tbody .badge").Select(badge => badge.TextContent));
        Assert.Contains("3 hours", page.Find("#freshness").TextContent.Replace("3.0", "3", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Fresh", page.Find("#freshness").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_FailedAndWaiting_ShowErrorWithReferenceAndCanBeCalledOff()
    {
        var failed = (await _jobs.EnqueueAsync(new JobRequest("etl", "loan-risk: bad", "{}", Permission.BuildModels), StagingRoom.Analyst, Now)).Value;
        var taken = (await _room.Store.Jobs.LeaseAsync("w", ["etl"], TimeSpan.FromSeconds(30), Now))!;
        await _room.Store.Jobs.EndAsync(taken.Id, taken.FencingToken, JobState.Failed, null, "The folder has no file customers.csv. Deliver the file.", Now);
        _room.Time.Advance(TimeSpan.FromMinutes(1));
        var waiting = (await _jobs.EnqueueAsync(new JobRequest("train", "Train loan-risk", "{}", Permission.BuildModels), StagingRoom.Analyst, Now)).Value;

        var page = Open<JobsPage>($"/jobs?job={failed.Id}", Roles.Admin);

        Assert.Equal(["Waiting", "Failed"], page.FindAll("#jobs tbody .badge").Select(badge => badge.TextContent));
        Assert.Contains("Deliver the file.", page.Find("#job .note.adverse").TextContent, StringComparison.Ordinal);
        Assert.Contains(failed.Id.ToString(), page.Find("#job .note.adverse").TextContent, StringComparison.Ordinal);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/jobs?job={waiting.Id}");
        page.WaitForAssertion(() => Assert.Contains("Train loan-risk", page.Find("#job-head").TextContent, StringComparison.Ordinal), Patience);
        page.FindAll("#job button").First(button => button.TextContent == "Call off").Click();
        page.Find("#job button.danger").Click();
        page.WaitForAssertion(() => Assert.Contains("Train loan-risk is called off.", page.Find("[role=status]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(JobState.Cancelled, (await _room.Store.Jobs.FindAsync(waiting.Id, Now))!.State);
    }

    private async Task<Core.Staging.StagingRun> RefusedAsync() =>
        await _room.RunAsync(LoanRiskFiles.Write(_room.Folder("bad"), customers: LoanRiskFiles.OneCustomer + "8,1980-01-01,north,employed,99999999,2020-01-01\n"));
}
