using System.Net;
using System.Security.Claims;
using Bunit;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Commands;
using CreditWorkbench.Tests.Endpoints;
using CreditWorkbench.Web.Components.Pages.Run.Alerts;
using CreditWorkbench.Web.Components.Pages.Run.Developers;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Alerts, the developers' pages and the verbs of keys, over the whole program's desks.</summary>
public sealed class ClientPagesTests : BunitContext, IClassFixture<ApiHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly InCulture _culture = new("en");
    private readonly ApiHost _host;
    private readonly Guid _person = Guid.CreateVersion7();

    public ClientPagesTests(ApiHost host)
    {
        _host = host;
        var app = host.App.Services;
        Services.AddSingleton(app.GetRequiredService<AlertDesk>());
        Services.AddSingleton(app.GetRequiredService<PersonNames>());
        Services.AddSingleton(app.GetRequiredService<ApiKeyDesk>());
        Services.AddSingleton(app.GetRequiredService<ApiSettings>());
        Services.AddSingleton(app.GetRequiredService<ApiWindows>());
        Services.AddSingleton(app.GetRequiredService<TimeProvider>());
        Services.AddSingleton(app.GetRequiredService<OrganisationClock>());
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    private static CancellationToken Now => Xunit.TestContext.Current.CancellationToken;

    protected override void Dispose(bool disposing)
    {
        _culture.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public async Task Alert_Acknowledged_LeavesTheOpenOnesAndNamesWhoDidIt()
    {
        var desk = _host.App.Services.GetRequiredService<AlertDesk>();
        var facts = new Dictionary<string, string> { ["challenger"] = "trust@7", ["guardrail"] = "Latency" };
        var alert = await desk.RaiseAsync(new AlertRequest("rollout.rolledBack", AlertSeverity.Critical, $"test:{Guid.NewGuid()}", "trust", Guid.CreateVersion7().ToString(), facts), Actor.System, Now);

        var page = Open<AlertsPage>($"/alerts?alert={alert.Id}", Roles.RiskAnalyst);
        Assert.True(page.WaitForElement("#alert-acknowledge", Patience).HasAttribute("disabled"));
        Assert.Contains("trust@7", page.Find("#alert").TextContent, StringComparison.Ordinal);
        page.Find("#alert-note").Input("The machine was busy.");
        page.Find("#alert-acknowledge").Click();

        page.WaitForAssertion(() => Assert.DoesNotContain(page.FindAll("#alerts a"), link => link.GetAttribute("href")!.Contains(alert.Id.ToString(), StringComparison.Ordinal)), Patience);
        var known = (await desk.FindAsync(alert.Id, Reader, Now)).Value;
        Assert.Equal((false, _person, "The machine was busy."), (known.IsOpen, known.AcknowledgedBy!.Value, known.Note));
        var over = Open<AlertsPage>($"/alerts?show=acknowledged&alert={alert.Id}", Roles.Viewer);
        over.WaitForAssertion(() => Assert.Contains("The machine was busy.", over.Find("#alert").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(over.FindAll("#alert-acknowledge"));
    }

    [Fact]
    public async Task Alert_ReadByAViewer_CannotBeAcknowledged()
    {
        var alert = await _host.App.Services.GetRequiredService<AlertDesk>().RaiseAsync(
            new AlertRequest("rollout.rolledBack", AlertSeverity.Critical, $"test:{Guid.NewGuid()}", "trust", "x", new Dictionary<string, string>()), Actor.System, Now);

        var page = Open<AlertsPage>($"/alerts?alert={alert.Id}", Roles.Viewer);

        page.WaitForElement("#alert", Patience);
        Assert.Empty(page.FindAll("#alert-note, #alert-acknowledge"));
    }

    [Fact]
    public async Task Keys_GivenOnThePageThenRevokedThere_OpensAndOpensNothing()
    {
        var name = $"shop {Guid.NewGuid():n}";
        var page = Open<KeysPage>("/developers/keys", Roles.Admin);
        page.WaitForElement(".page-head button", Patience).Click();
        page.WaitForElement("#key-name", Patience).Change(name);
        page.Find("#add-key form").Submit();
        var text = page.WaitForElement("#new-key", Patience).TextContent;
        using var client = ClientOf(text);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));

        var key = (await _host.App.Services.GetRequiredService<ApiKeyDesk>().ListAsync(Actor.System, Now)).Value.Single(one => one.Name == name);
        var chosen = Open<KeysPage>($"/developers/keys?key={key.Id}", Roles.Admin);
        chosen.WaitForElement("#key button", Patience).Click();
        chosen.WaitForElement("#key button.danger", Patience).Click();

        chosen.WaitForAssertion(() => Assert.Contains("Revoked", chosen.Find("#key").TextContent, StringComparison.OrdinalIgnoreCase), Patience);
        Assert.DoesNotContain(text, chosen.Markup, StringComparison.Ordinal);
        await RefusedAsync(client);
    }

    [Fact]
    public void Keys_NoScopeTicked_CannotBeGiven()
    {
        var page = Open<KeysPage>("/developers/keys", Roles.Admin);
        page.WaitForElement(".page-head button", Patience).Click();

        page.WaitForElement("#add-key input[type=checkbox][checked]", Patience).Change(false);

        page.WaitForAssertion(() => Assert.True(page.Find("#add-key button[type=submit]").HasAttribute("disabled")), Patience);
    }

    [Theory]
    [InlineData(Roles.Auditor, false)]
    [InlineData(Roles.Admin, true)]
    public void Developers_CallAndLanguageChosen_FillTheConsoleAndTheSample(string role, bool givesKeys)
    {
        var page = Open<DevelopersPage>("/developers", role);
        page.WaitForElement("#console-call", Patience).Change("explain");

        page.FindAll("#samples .segments button").Single(button => button.TextContent == "Python").Click();

        Assert.Contains("/explain", page.Find("#console-path").GetAttribute("value"), StringComparison.Ordinal);
        Assert.Contains("\"values\"", page.Find("#console-body").GetAttribute("value") ?? page.Find("#console-body").TextContent, StringComparison.Ordinal);
        Assert.Contains("import", page.Find("#sample").TextContent, StringComparison.Ordinal);
        Assert.Contains("/explain", page.Find("#sample").TextContent, StringComparison.Ordinal);
        Assert.Equal(givesKeys, page.FindAll("a[href='/developers/keys']").Count > 0);
        Assert.Contains(page.FindAll("#errors tbody td.mono"), cell => cell.TextContent == "idempotency.unknown");
    }

    /// <summary>A key that the server never saw is refused at once; one that it knows within the five seconds that the verb promises.</summary>
    [Fact]
    public async Task RevokeVerb_WhileItServes_TakesTheKeyBack()
    {
        var (used, unused) = (await AddAsync("used"), await AddAsync("unused"));
        using var known = ClientOf(used.Text);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(known));

        var revoked = await CommandRoom.RunOnAsync(_host.Data, "keys", "revoke", used.Id.ToString());
        var other = await CommandRoom.RunOnAsync(_host.Data, "keys", "revoke", unused.Id.ToString());
        using var stranger = ClientOf(unused.Text);
        await ApiHost.AssertProblemAsync(await stranger.GetAsync("/api/v1/scorecards", Now), 401, "credentials.revoked");
        await RefusedAsync(known);
        var again = await CommandRoom.RunOnAsync(_host.Data, "keys", "revoke", used.Id.ToString());
        var nobody = await CommandRoom.RunOnAsync(_host.Data, "keys", "revoke", Guid.NewGuid().ToString());
        var wrong = await CommandRoom.RunOnAsync(_host.Data, "keys", "revoke", "the first one");
        var listed = await CommandRoom.RunOnAsync(_host.Data, "keys", "list");

        Assert.Equal((0, 0), (revoked.Code, other.Code));
        Assert.Contains("is revoked", revoked.Out, StringComparison.Ordinal);
        Assert.Equal((1, true, 1, true, 2), (again.Code, again.Error.Contains("[key.revoked]", StringComparison.Ordinal), nobody.Code, nobody.Error.Contains("[key.notFound]", StringComparison.Ordinal), wrong.Code));
        Assert.Contains(listed.Out.Split('\n'), line => line.StartsWith(used.Id.ToString(), StringComparison.Ordinal) && line.Contains("  revoked  ", StringComparison.Ordinal));
        Assert.DoesNotContain(used.Text, listed.Out, StringComparison.Ordinal);
        var entries = await _host.App.Services.GetRequiredService<IAuditReader>().SearchAsync(new AuditQuery(SubjectId: used.Id.ToString()), Now);
        Assert.Equal(2, entries.Count); // given and revoked
    }

    private static Actor Reader { get; } = new(Guid.CreateVersion7(), "Vera", ActorKind.User, new HashSet<Permission> { Permission.ReadDashboards });

    private async Task<(Guid Id, string Text)> AddAsync(string name)
    {
        var added = await CommandRoom.RunOnAsync(_host.Data, "keys", "add", $"{name} {Guid.NewGuid():n}", "--scope", "score:stateless");
        Assert.True(added.Code == 0, added.Error);
        var text = added.Out.Trim();
        return (ApiKeyText.Read(text)!.Id, text);
    }

    private HttpClient ClientOf(string key)
    {
        var client = _host.Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/v1/scorecards", Now);
        return answer.StatusCode;
    }

    private static async Task RefusedAsync(HttpClient client)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await StatusAsync(client) == HttpStatusCode.OK && TimeProvider.System.GetElapsedTime(started) < Patience) await Task.Delay(100, Now);
        await ApiHost.AssertProblemAsync(await client.GetAsync("/api/v1/scorecards", Now), 401, "credentials.revoked");
    }

    private IRenderedComponent<TPage> Open<TPage>(string address, string role)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>(page => page.AddCascadingValue(Task.FromResult(new AuthenticationState(Person(role)))));
    }

    private ClaimsPrincipal Person(string role) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, _person.ToString()), new(ClaimTypes.Name, "budi@example.com"), new(ClaimTypes.Role, role)], "test", ClaimTypes.Name, ClaimTypes.Role));
}
