using System.Net;
using System.Net.Http.Json;
using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>Keys, tokens and sign-in of the served API.</summary>
public sealed class CredentialTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Password = "Correct horse battery 1";
    private const string Features = "/api/v1/features/loan-risk/7";

    // Revoking holds within five seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Actor Admin = new(Guid.CreateVersion7(), "admin", ActorKind.User, Roles.PermissionsOf([Roles.Admin]));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private ApiKeyDesk Desk => host.App.Services.GetRequiredService<ApiKeyDesk>();

    [Fact]
    public async Task Key_OpensWhatItsScopesSayAndNothingElse()
    {
        using var reader = await host.KeyAsync("applications:read");
        using var scorer = await host.KeyAsync("score:stateless");

        await ApiHost.AssertProblemAsync(await reader.GetAsync("/api/v1/features/nobody/7", Now), 404, "scorecard.notFound");
        await ApiHost.AssertProblemAsync(await reader.PutAsJsonAsync(Features, new { values = new { } }, Now), 403, "permission.missing");
        await ApiHost.AssertProblemAsync(await scorer.GetAsync(Features, Now), 403, "permission.missing");
    }

    [Theory]
    [InlineData("X-Api-Key", "nonsense")]
    [InlineData("X-Api-Key", "cwk_0193d2b4000070008000000000000001_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Authorization", "Bearer nonsense")]
    [InlineData("Authorization", "Bearer CfDJ8AAAA")]
    [InlineData("Authorization", "Basic bmFtZTpwYXNzd29yZA==")]
    public async Task Credentials_ThatAreNone_AreRefused(string header, string value)
    {
        using var client = host.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var answer = await client.GetAsync(Features, Now);

        await ApiHost.AssertProblemAsync(answer, 401, "credentials.invalid");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Key_WithAnotherSecretOrTwice_IsRefusedAlthoughACookieIsGood()
    {
        var (client, key) = await host.KeyAsync(new ApiKeyOrder("client", ["applications:read"]));
        using var officer = await host.PersonAsync(Roles.LoanOfficer);
        officer.DefaultRequestHeaders.Add("X-Api-Key", ApiKeyText.New(key.Key.Id).ToString());
        client.DefaultRequestHeaders.Authorization = new("Bearer", "x");

        await ApiHost.AssertProblemAsync(await officer.GetAsync(Features, Now), 401, "credentials.invalid");
        await ApiHost.AssertProblemAsync(await client.GetAsync(Features, Now), 401, "credentials.ambiguous");
        client.Dispose();
    }

    [Fact]
    public async Task Key_Revoked_OpensNothingAfterFiveSeconds()
    {
        var (client, key) = await host.KeyAsync(new ApiKeyOrder("client", ["applications:read"]));
        await ApiHost.AssertProblemAsync(await client.GetAsync("/api/v1/features/nobody/7", Now), 404, "scorecard.notFound");

        Assert.True((await Desk.RevokeAsync(key.Key.Id, Admin, Now)).Succeeded);
        await Task.Delay(Patience, Now);

        await ApiHost.AssertProblemAsync(await client.GetAsync("/api/v1/features/nobody/7", Now), 401, "credentials.revoked");
        client.Dispose();
    }

    [Fact]
    public async Task Key_OfADesk_IsCheckedBeforeItIsGiven()
    {
        var officer = new Actor(Guid.CreateVersion7(), "officer", ActorKind.User, Roles.PermissionsOf([Roles.LoanOfficer]));
        var poor = new ApiKeyOrder(" ", ["everything"]) { RequestsPerMinute = 0, ExpiresAt = DateTimeOffset.UnixEpoch, LegalBasis = "whim", Branch = new string('x', 65) };

        Assert.Equal("permission.missing", (await Desk.AddAsync(new ApiKeyOrder("a", ["replay"]), officer, Now)).Problems[0].Code);
        Assert.Equal("permission.missing", (await Desk.RevokeAsync(Guid.NewGuid(), officer, Now)).Problems[0].Code);
        Assert.Equal("permission.missing", (await Desk.ListAsync(officer, Now)).Problems[0].Code);
        Assert.Equal(["key.name", "key.scope.unknown", "key.limit", "key.expiry", "key.legalBasis", "key.branch"], (await Desk.AddAsync(poor, Admin, Now)).Problems.Select(problem => problem.Code));
        Assert.Equal("key.scopes.none", (await Desk.AddAsync(new ApiKeyOrder("a", []), Admin, Now)).Problems[0].Code);
    }

    [Fact]
    public async Task Key_Used_IsNotedOnceAMinute()
    {
        var (client, key) = await host.KeyAsync(new ApiKeyOrder("client", ["applications:read"]));
        using (client) await client.GetAsync(Features, Now);

        await host.App.Services.GetRequiredService<KnownKeys>().KeepUsesAsync(Now);

        Assert.NotNull((await host.App.Services.GetRequiredService<ApiKeys>().FindAsync(key.Key.Id, Now))!.LastUsedAt);
    }

    [Fact]
    public async Task ClientCredentials_GiveATokenThatLivesAsLongAsItsKey()
    {
        var (client, key) = await host.KeyAsync(new ApiKeyOrder("client", ["applications:read"]));
        client.Dispose();
        using var anonymous = host.Anonymous();
        var secret = ApiKeyText.Read(key.Text)!.Secret;

        var body = await ApiHost.JsonAsync(await anonymous.PostAsync("/api/v1/auth/token", Form(("grant_type", "client_credentials"), ("client_id", key.Key.Id.ToString()), ("client_secret", secret)), Now));
        using var basic = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/token") { Content = Form(("grant_type", "client_credentials")) };
        basic.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key.Key.Id}:{key.Text}")));
        await ApiHost.JsonAsync(await anonymous.SendAsync(basic, Now));

        Assert.Equal((1800, "Bearer", "applications:read"), (body.GetProperty("expires_in").GetInt32(), body.GetProperty("token_type").GetString(), body.GetProperty("scope").GetString()));
        Assert.Equal(body.GetProperty("access_token").GetString(), body.GetProperty("accessToken").GetString());
        using var bearer = host.Bearer(body.GetProperty("access_token").GetString()!);
        await ApiHost.AssertProblemAsync(await bearer.GetAsync("/api/v1/features/nobody/7", Now), 404, "scorecard.notFound");
        await ApiHost.AssertProblemAsync(await bearer.PutAsJsonAsync(Features, new { values = new { } }, Now), 403, "permission.missing");
        await Desk.RevokeAsync(key.Key.Id, Admin, Now);
        await Task.Delay(Patience, Now);
        await ApiHost.AssertProblemAsync(await bearer.GetAsync("/api/v1/features/nobody/7", Now), 401, "credentials.revoked");
    }

    [Theory]
    [InlineData("password", "x", "x", 400, "grant.unsupported")]
    [InlineData("client_credentials", "nobody", "x", 401, "credentials.invalid")]
    [InlineData("client_credentials", "0193d2b4-0000-7000-8000-000000000001", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 401, "credentials.invalid")]
    public async Task ClientCredentials_ThatAreWrong_AreProblems(string grant, string id, string secret, int status, string code)
    {
        using var anonymous = host.Anonymous();

        await ApiHost.AssertProblemAsync(await anonymous.PostAsync("/api/v1/auth/token", Form(("grant_type", grant), ("client_id", id), ("client_secret", secret)), Now), status, code);
        await ApiHost.AssertProblemAsync(await anonymous.PostAsJsonAsync("/api/v1/auth/token", new { }, Now), 415, "body.mediaType");
    }

    [Fact]
    public async Task Login_GivesTokensThatOpenWhatTheRolesSay()
    {
        var user = await host.UserAsync(Roles.LoanOfficer, Password);
        using var bearer = host.Bearer((await LoginAsync(user)).Access);

        await ApiHost.AssertProblemAsync(await bearer.GetAsync("/api/v1/features/nobody/7", Now), 404, "scorecard.notFound");
    }

    [Fact]
    public async Task Login_OfAnApplicant_OpensNoneOfTheLendersCalls()
    {
        using var bearer = host.Bearer((await LoginAsync(await host.UserAsync(Roles.Applicant, Password))).Access);

        await ApiHost.AssertProblemAsync(await bearer.GetAsync(Features, Now), 403, "permission.missing");
        await ApiHost.AssertProblemAsync(await bearer.PutAsJsonAsync(Features, new { values = new { } }, Now), 403, "permission.missing");
    }

    [Fact]
    public async Task Login_TriedTooOften_IsLockedForRealAndInventedAccountsAlike()
    {
        var user = await host.UserAsync(Roles.LoanOfficer, Password);

        Assert.Equal(await TryAsync(user.Email!), await TryAsync($"{Guid.NewGuid():n}@example.com"));

        async Task<string> TryAsync(string email)
        {
            using var client = host.Anonymous();
            var codes = new List<string>();
            for (var i = 0; i < 6; i++)
            {
                using var answer = await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = "wrong" }, Now);
                codes.Add($"{(int)answer.StatusCode} {(await answer.Content.ReadFromJsonAsync<ApiProblemBody>(Now))!.Code}");
            }

            Assert.Equal(["401 credentials.wrong", "401 credentials.locked"], codes.Distinct());
            return string.Join(' ', codes);
        }
    }

    [Fact]
    public async Task Login_WithASecondFactor_NeedsItsCode()
    {
        var user = await host.UserAsync(Roles.LoanOfficer, Password);
        string recovery;
        await using (var scope = host.App.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<WorkbenchUser>>();
            var stored = (await users.FindByIdAsync(user.Id.ToString()))!;
            await users.ResetAuthenticatorKeyAsync(stored);
            await users.SetTwoFactorEnabledAsync(stored, true);
            recovery = (await users.GenerateNewTwoFactorRecoveryCodesAsync(stored, 1))!.Single();
        }

        using var client = host.Anonymous();

        await ApiHost.AssertProblemAsync(await client.PostAsJsonAsync("/api/v1/auth/login", new { email = user.Email, password = Password }, Now), 401, "credentials.codeNeeded", "twoFactorCode");
        await ApiHost.AssertProblemAsync(await client.PostAsJsonAsync("/api/v1/auth/login", new { email = user.Email, password = Password, twoFactorCode = "000000" }, Now), 401, "credentials.wrong");
        await ApiHost.JsonAsync(await client.PostAsJsonAsync("/api/v1/auth/login", new { email = user.Email, password = Password, twoFactorCode = recovery }, Now));
        await ApiHost.AssertProblemAsync(await client.PostAsJsonAsync("/api/v1/auth/login", new { email = user.Email, password = Password, twoFactorCode = recovery }, Now), 401, "credentials.wrong");
    }

    [Fact]
    public async Task Refresh_RotatesAndASecondUseEndsTheSession()
    {
        using var client = host.Anonymous();
        var (_, first) = await LoginAsync(await host.UserAsync(Roles.LoanOfficer, Password));

        var (access, second) = await RefreshAsync(client, first);
        using var bearer = host.Bearer(access);
        await ApiHost.AssertProblemAsync(await bearer.GetAsync("/api/v1/features/nobody/7", Now), 404, "scorecard.notFound");
        await ApiHost.AssertProblemAsync(await client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = first }, Now), 401, "credentials.refresh");

        await ApiHost.AssertProblemAsync(await client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = second }, Now), 401, "credentials.refresh");
        await Task.Delay(Patience, Now);
        await ApiHost.AssertProblemAsync(await bearer.GetAsync(Features, Now), 401, "credentials.revoked");
    }

    [Fact]
    public async Task Token_AfterSignOutLockOrAnotherPassword_OpensNothingAfterFiveSeconds()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.UserAsync(Roles.LoanOfficer, Password)));
        var tokens = new List<(string Access, string Refresh)>();
        foreach (var user in users) tokens.Add(await LoginAsync(user));
        var clients = tokens.Select(token => host.Bearer(token.Access)).ToList();
        foreach (var client in clients) await ApiHost.AssertProblemAsync(await client.GetAsync("/api/v1/features/nobody/7", Now), 404, "scorecard.notFound");

        Assert.Equal(HttpStatusCode.NoContent, (await clients[0].PostAsync("/api/v1/auth/logout", null, Now)).StatusCode);
        await using (var scope = host.App.Services.CreateAsyncScope())
        {
            Assert.True((await scope.ServiceProvider.GetRequiredService<UserDesk>().LockAsync(users[1].Id, true, Admin, Now)).Done);
            var manager = scope.ServiceProvider.GetRequiredService<UserManager<WorkbenchUser>>();
            Assert.True((await manager.ChangePasswordAsync((await manager.FindByIdAsync(users[2].Id.ToString()))!, Password, "Another horse battery 2")).Succeeded);
        }

        await Task.Delay(Patience, Now);

        foreach (var client in clients) await ApiHost.AssertProblemAsync(await client.GetAsync(Features, Now), 401, "credentials.revoked");
        using var anonymous = host.Anonymous();
        await ApiHost.AssertProblemAsync(await anonymous.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = tokens[0].Refresh }, Now), 401, "credentials.refresh");
        await ApiHost.AssertProblemAsync(await anonymous.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = tokens[1].Refresh }, Now), 401, "credentials.refresh");
        clients.ForEach(client => client.Dispose());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Cookie_OnACallOfAnotherSite_OpensNothing(string header, string value)
    {
        using var officer = await host.PersonAsync(Roles.LoanOfficer);
        officer.DefaultRequestHeaders.Add(header, value);

        await ApiHost.AssertProblemAsync(await officer.PutAsJsonAsync(Features, new { values = new { } }, Now), 403, "origin.refused");
    }

    [Fact]
    public async Task Pages_KnowNoKeys()
    {
        using var client = await host.KeyAsync("applications:read");

        using var answer = await client.GetAsync("/applications", Now);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void KeyText_Read_IsWhatWasWritten()
    {
        var key = ApiKeyText.New(Guid.CreateVersion7());

        var read = ApiKeyText.Read(key.ToString())!;

        Assert.Equal(key, read);
        Assert.True(read.Fits(key.Hash()));
        Assert.False(ApiKeyText.New(key.Id).Fits(key.Hash()));
        Assert.Null(ApiKeyText.Read(key + "x"));
        Assert.Null(ApiKeyText.Read(""));
        Assert.StartsWith(ApiKeyText.Visible(key.Id), key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Scopes_NeverDecideOnCreditNorManage()
    {
        Permission[] never = [Permission.Decide, Permission.DecideAsSeniorOfficer, Permission.DecideAsCreditCommittee, Permission.ManageKeys, Permission.ManageUsers, Permission.ManageSettings];

        Assert.Equal(ApiScopes.Bundles.Keys.Order(), ApiScopes.All.Order());
        Assert.All(ApiScopes.Bundles, bundle => Assert.False(bundle.Value.Overlaps(never), bundle.Key));
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private async Task<(string Access, string Refresh)> LoginAsync(WorkbenchUser user)
    {
        using var client = host.Anonymous();
        var body = await ApiHost.JsonAsync(await client.PostAsJsonAsync("/api/v1/auth/login", new { email = user.Email, password = Password }, Now));
        Assert.Equal(1800, body.GetProperty("expiresIn").GetInt32());
        return (body.GetProperty("accessToken").GetString()!, body.GetProperty("refreshToken").GetString()!);
    }

    private static async Task<(string Access, string Refresh)> RefreshAsync(HttpClient client, string token)
    {
        var body = await ApiHost.JsonAsync(await client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = token }, Now));
        return (body.GetProperty("accessToken").GetString()!, body.GetProperty("refreshToken").GetString()!);
    }
}
