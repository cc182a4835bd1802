using System.Text;
using Bunit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Endpoints;
using CreditWorkbench.Web.Components.Pages.Run.Batches;
using CreditWorkbench.Web.Components.Pages.Run.Messages;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Pages of batches and message queues over the whole program's desks.</summary>
public sealed class FlowPageTests : PageTests, IClassFixture<ConsumerHost>
{
    private readonly InCulture _culture = new("en");
    private readonly ConsumerHost _host;

    public FlowPageTests(ConsumerHost host)
    {
        _host = host;
        var app = host.Host.App.Services;
        Services.AddSingleton(app.GetRequiredService<BatchDesk>());
        Services.AddSingleton(app.GetRequiredService<MessageDesk>());
        Services.AddSingleton(app.GetRequiredService<IJobDesk>());
        Services.AddSingleton(app.GetRequiredService<IScorecardCatalog>());
        Services.AddSingleton(app.GetRequiredService<IModelStore>());
        Services.AddSingleton(app.GetRequiredService<TimeProvider>());
        Services.AddSingleton(app.GetRequiredService<OrganisationClock>());
        BeInteractive();
    }

    private static CancellationToken Now => Xunit.TestContext.Current.CancellationToken;

    protected override void Dispose(bool disposing)
    {
        _culture.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public async Task Batches_FileHandedIn_IsScoredAndOffersItsResultsAndRejectedRows()
    {
        var page = Open<BatchesPage>("/batches", Roles.RiskAnalyst);
        page.WaitForAssertion(() => Assert.Contains("No batch yet", page.Markup, StringComparison.Ordinal), Patience);
        page.Find(".page-head button").Click();
        page.WaitForElement("#batch-file:not([disabled])", Patience);
        page.Find("#batch-scorecard").Change("consumer");
        page.Find("#batch-id").Change("ref");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(ConsumerHost.Csv(5, change: (row, name, text) => row == 2 && name == "monthly_income" ? "?" : text), "five.csv"));

        page.WaitForAssertion(() => Assert.Contains("five.csv was taken in", page.Markup, StringComparison.Ordinal), Patience);
        while (await _host.WorkAsync())
        {
        }

        page.WaitForElement("#batch-results", Patience);
        Assert.Equal(2, page.FindAll("#batch-results a").Count);
        Assert.Contains("Row 3, monthly_income", page.Find("#batch-errors").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Batches_FileThatCannotBeScored_SaysWhyAndKeepsTheForm()
    {
        var page = Open<BatchesPage>("/batches", Roles.RiskAnalyst);
        page.Find(".page-head button").Click();
        page.WaitForElement("#batch-file:not([disabled])", Patience);
        page.Find("#batch-scorecard").Change("consumer");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("full_name,monthly_income\nSari,1\n", "people.csv"));

        page.WaitForAssertion(() => Assert.Contains("full_name", page.Find(".note.adverse").TextContent, StringComparison.Ordinal), Patience);
        Assert.NotNull(page.Find("#batch-file"));
    }

    [Fact]
    public async Task Batches_ReadByAnAdmin_ShowsEverybodysWithoutTheirRowsAndCallsThemOff()
    {
        var desk = _host.Host.App.Services.GetRequiredService<BatchDesk>();
        var (owner, admin) = (PersonOf(Roles.Service), PersonOf(Roles.Admin));
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(ConsumerHost.Csv(3)));
        var batch = (await desk.TakeAsync(new BatchRequest("consumer", SheetExplanation.None, "ref", ["contract"], null), content, owner, DateTimeOffset.UtcNow, Now)).Value;

        var page = Open<BatchesPage>($"/batches?batch={batch.Id}", Roles.Admin);
        page.WaitForElement("#batch", Patience);
        Assert.Empty(page.FindAll(".page-head button"));
        Assert.Contains("Somebody else handed this in", page.Find("#batch").TextContent, StringComparison.Ordinal);
        page.FindAll("#batch button").Single(button => button.TextContent.Contains("Call off", StringComparison.Ordinal)).Click();
        page.Find("#batch button.danger").Click();
        page.WaitForAssertion(() => Assert.Contains("The batch is called off", page.Markup, StringComparison.Ordinal), Patience);

        Assert.Equal(BatchState.Cancelled, (await desk.FindAsync(batch.Id, owner, Now)).Value.State);
        Assert.Equal("batch.notFound", (await desk.FindAsync(batch.Id, admin, Now)).Problems[0].Code);
        Assert.Equal("batch.notFound", (await desk.OpenResultsAsync(batch.Id, admin, Now)).Problems[0].Code);
        Assert.Equal("batch.notFound", (await desk.CancelAsync(batch.Id, PersonOf(Roles.Service), Now)).Problems[0].Code);
        Assert.Equal("permission.missing", (await desk.ListAllAsync(1, 10, PersonOf(Roles.Service), Now)).Problems[0].Code);
        Assert.Equal("permission.missing", (await desk.TakeAsync(new BatchRequest("consumer", SheetExplanation.None, null, ["contract"], null), Stream.Null, admin, DateTimeOffset.UtcNow, Now)).Problems[0].Code);
    }

    private static Actor PersonOf(string role) => new(Guid.CreateVersion7(), role, ActorKind.User, Roles.PermissionsOf([role]));

    [Fact]
    public async Task Queue_MessageLaidAside_ShowsItsReasonAndCanBePutBackOrDiscarded()
    {
        var queue = _host.Host.App.Services.GetRequiredService<IMessageQueue>();
        await queue.PublishAsync(new QueueMessage(QueueKinds.BureauUpdates, "odd message", Encoding.UTF8.GetBytes("""{"scorecard":"consumer","values":{}}""")), Now);
        while ((await queue.DeadAsync(10, Now)).Count == 0) await Task.Delay(50, Now);

        var page = Open<MessagesPage>("/queue", Roles.Admin);
        page.WaitForAssertion(() => Assert.Contains("odd message", page.Markup, StringComparison.Ordinal), Patience);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/queue?letter={Uri.EscapeDataString((await queue.DeadAsync(10, Now))[0].Key)}");
        page.WaitForElement("#dead-letter", Patience);
        Assert.Contains("field.required", page.Find("#dead-letter").TextContent, StringComparison.Ordinal);
        page.FindAll("#dead-letter button").Single(button => button.TextContent == "Discard").Click();
        page.Find("#dead-letter button.danger").Click();

        page.WaitForAssertion(() => Assert.Contains("was discarded", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(await queue.DeadAsync(10, Now));
    }
}
