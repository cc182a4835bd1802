using Bunit;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Tests.ModelBuilding;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Web.Components.Pages.Build.Lab;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Pages of the lab move with their runs, also where the store answers only after the first rendering, as PostgreSQL does.</summary>
public sealed class LabFollowingTests : PageTests
{
    private readonly InCulture _culture = new("en");
    private readonly JobsInMemory _jobs = new();
    private readonly TaskCompletionSource<AuthenticationState> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TrainingDesk _desk;

    public LabFollowingTests()
    {
        _desk = new TrainingDesk(new ApplicantRows(), new LabInMemory(), _jobs, RegistryRoom.Desk(new ModelsInMemory(), TimeProvider.System), TimeProvider.System);
        AddClock(TimeProvider.System);
        Services.AddSingleton(_desk);
        Services.AddSingleton<IJobDesk>(new JobDesk(_jobs, new JobSignal(), TimeProvider.System));
        BeInteractive();
    }

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ReadAfterTheFirstRendering_IsFollowed()
    {
        var run = await StartAsync();
        var page = Open<RunPage>($"/lab/runs/{run.Id}", _known.Task, parameters => parameters.Add(one => one.Id, run.Id));
        _known.SetResult(Person(Roles.RiskAnalyst));
        page.WaitForAssertion(() => Assert.Contains("Waiting for a worker", page.Markup, StringComparison.Ordinal), Patience);

        await _desk.CancelAsync(run.Id, Actor.System, Cancellation);

        page.WaitForAssertion(() => Assert.DoesNotContain("Waiting for a worker", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Runs_ReadAfterTheFirstRendering_AreFollowed()
    {
        var run = await StartAsync();
        var page = Open<LabPage>("/lab", _known.Task);
        _known.SetResult(Person(Roles.RiskAnalyst));
        page.WaitForAssertion(() => Assert.Equal("Waiting for a worker", page.Find("tbody .badge").TextContent), Patience);

        await _desk.CancelAsync(run.Id, Actor.System, Cancellation);

        page.WaitForAssertion(() => Assert.Equal("Cancelled", page.Find("tbody .badge").TextContent), Patience);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _culture.Dispose();
    }

    private async Task<LabRun> StartAsync()
    {
        var request = new LabRequest { Title = "Applicants", Data = ApplicantRows.Honest, Candidates = ["boosting"], Folds = 3 };
        return (await _desk.StartAsync(request, Actor.System, Cancellation)).Value;
    }
}
