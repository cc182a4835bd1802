using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Staging;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>The served endpoints of the feature store, with the cookie of a signed-in person.</summary>
public sealed class FeatureEndpointTests : IAsyncLifetime
{
    private const string Address = "/api/v1/features/loan-risk/7";
    private readonly string _data = Directory.CreateTempSubdirectory("workbench-").FullName;
    private WebApplication _app = null!;
    private Guid _run;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var delivery = LoanRiskFiles.Write(Path.Combine(_data, "in"), bookings: LoanRiskFiles.Bookings + "1,7,2024-05-05T10:00:00,0,food,card\n");
        await using (var prepared = await WorkbenchHost.OpenAsync(_data, CancellationToken.None))
        {
            _run = Guid.CreateVersion7();
            await prepared.Services.GetRequiredService<StagingLoad>().RunAsync(LoanRiskFiles.Definition, new StagingOrder(_run, delivery, LoanRiskFiles.LoadDay), Actor.System, null, CancellationToken.None);
        }

        _app = WorkbenchHost.Build([.. WorkbenchHost.ArgumentsFor(_data), "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--Workbench:Jobs:Threads=0"]);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Store.TestStore.ClosePools(new Core.Store.StoreOptions { DataDirectory = _data });
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Get_KnownEntity_GivesValuesAsOfTheTimeAndCountsTheRead()
    {
        using var client = await ClientAsync(Roles.LoanOfficer);

        using var row = await JsonAsync(await client.GetAsync($"{Address}?asOf=2024-07-01", Now));

        var root = row.RootElement;
        Assert.Equal(("loan-risk", "7", 1), (root.GetProperty("scorecard").GetString(), root.GetProperty("entity").GetString(), root.GetProperty("version").GetInt32()));
        Assert.Equal("2024-06-30T00:00:00Z", root.GetProperty("asOf").GetString());
        var values = root.GetProperty("values");
        Assert.Equal((2000, "employed", "2024-06-30", JsonValueKind.Null), (values.GetProperty("monthly_income").GetDouble(), values.GetProperty("employment").GetString(), values.GetProperty("applied").GetString(), values.GetProperty("std_3m").ValueKind));
        Assert.False(values.TryGetProperty("gender", out _));
        Assert.False(values.TryGetProperty("region", out _));
    }

    [Theory]
    [InlineData("/api/v1/features/loan-risk/8", 404, "features.notFound")]
    [InlineData("/api/v1/features/loan-risk/7?asOf=2024-06-29", 404, "features.notFound")]
    [InlineData("/api/v1/features/nobody/7", 404, "scorecard.notFound")]
    [InlineData("/api/v1/features/trust/7", 404, "features.notFound")]
    [InlineData("/api/v1/features/loan-risk/7?asOf=yesterday", 400, "asOf.invalid")]
    public async Task Get_WhatIsNotThere_IsAProblemWithItsCode(string address, int status, string code)
    {
        using var client = await ClientAsync(Roles.LoanOfficer);

        await AssertProblemAsync(await client.GetAsync(address, Now), status, code);
    }

    [Fact]
    public async Task Calls_WithoutSignInOrRole_AreProblemsNotTheSignInPage()
    {
        using var nobody = await ClientAsync(null);
        using var viewer = await ClientAsync(Roles.Viewer);
        using var auditor = await ClientAsync(Roles.Auditor);

        await AssertProblemAsync(await nobody.GetAsync(Address, Now), 401, "credentials.missing");
        await AssertProblemAsync(await viewer.GetAsync(Address, Now), 403, "permission.missing");
        await AssertProblemAsync(await auditor.PutAsJsonAsync(Address, new { values = new { monthly_income = 1 } }, Now), 403, "permission.missing");
    }

    [Fact]
    public async Task Put_Values_AreServedAfterwardsAndFaultsAreNamedByField()
    {
        using var client = await ClientAsync(Roles.LoanOfficer);

        await AssertProblemAsync(await client.PutAsJsonAsync(Address, new { values = new { monthly_income = -1, nonsense = 2 } }, Now), 400, "field.range", "monthly_income", "nonsense");
        await AssertProblemAsync(await client.PutAsync(Address, new StringContent("{\"values\":", Encoding.UTF8, "application/json"), Now), 400, "body.invalid");
        await AssertProblemAsync(await client.PutAsJsonAsync(Address, new { values = new { monthly_income = new[] { 1 } } }, Now), 400, "field.type", "monthly_income");
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync($"{Address}?asOf=2025-03-01T00:00:00Z", new { values = new { monthly_income = 3100.5, employment = (string?)null } }, Now)).StatusCode);

        using var row = await JsonAsync(await client.GetAsync(Address, Now));
        Assert.Equal((3100.5, JsonValueKind.Null, JsonValueKind.Null), (row.RootElement.GetProperty("values").GetProperty("monthly_income").GetDouble(), row.RootElement.GetProperty("values").GetProperty("employment").ValueKind, row.RootElement.GetProperty("version").ValueKind));
        using var before = await JsonAsync(await client.GetAsync($"{Address}?asOf=2025-02-28", Now));
        Assert.Equal(2000, before.RootElement.GetProperty("values").GetProperty("monthly_income").GetDouble());
    }

    [Fact]
    public async Task Quarantine_Download_IsTheWholeFile()
    {
        using var analyst = await ClientAsync(Roles.RiskAnalyst);
        using var officer = await ClientAsync(Roles.LoanOfficer);

        var answer = await analyst.GetAsync($"/staging/{_run}/quarantine.csv", Now);
        var lines = (await answer.Content.ReadAsStringAsync(Now)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("table,file,row,code,verdict,column,value,remedy", lines[0]);
        Assert.StartsWith("transactions,transactions.csv,1,Q09,Warn", lines[1], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync($"/staging/{Guid.NewGuid()}/quarantine.csv", Now)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await officer.GetAsync($"/staging/{_run}/quarantine.csv", Now)).StatusCode);
    }

    private static async Task<JsonDocument> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Now);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string code, params string[] fields)
    {
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Now));
        Assert.Equal((code, status), (problem.RootElement.GetProperty("code").GetString(), problem.RootElement.GetProperty("status").GetInt32()));
        Assert.All(fields, field => Assert.True(problem.RootElement.GetProperty("errors").TryGetProperty(field, out _), field));
    }

    private async Task<HttpClient> ClientAsync(string? role)
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()) };
        if (role is not null) await SignedIn.AddAsync(_app.Services, role, client);
        return client;
    }
}
