using CreditWorkbench.Core.Intake;
using CreditWorkbench.Web.Identity;
using Xunit;

namespace CreditWorkbench.Tests.Web.Cases;

/// <summary>What one client system made does not exist for another one, nor what people made.</summary>
[Collection(CaseServers.Name)]
public sealed class CaseOwnershipTests(CaseServer server)
{
    private static readonly string[] Scopes = ["applications:write", "applications:score", "personal:reveal", "replay", "models:write"];

    [Fact]
    public async Task Calls_OnWhatAnotherClientMade_AreNotFound()
    {
        using var owner = await server.KeyAsync(Scopes);
        using var stranger = await server.KeyAsync(Scopes);
        var (applicant, consent, application, score) = await CaseAsync(owner, "owned");

        (HttpMethod Method, string Address, object? Body)[] calls =
        [
            (HttpMethod.Get, $"applicants/{applicant}", null),
            (HttpMethod.Get, $"applicants/{applicant}/export", null),
            (HttpMethod.Delete, $"applicants/{applicant}", null),
            (HttpMethod.Get, $"applicants/{applicant}/consents", null),
            (HttpMethod.Post, $"applicants/{applicant}/consents", Consent()),
            (HttpMethod.Delete, $"applicants/{applicant}/consents/{consent}", null),
            (HttpMethod.Post, $"applicants/{applicant}/applications", new { scorecard = "trust", values = new { } }),
            (HttpMethod.Get, $"applications/{application}", null),
            (HttpMethod.Patch, $"applications/{application}", new { termMonths = 24 }),
            (HttpMethod.Post, $"applications/{application}/statement", new StringContent("date,amount\n", null, "text/csv")),
            (HttpMethod.Post, $"applications/{application}/score", null),
            (HttpMethod.Post, $"applications/{application}/objections", new { grounds = "Ten characters at least." }),
            (HttpMethod.Post, $"applications/{application}/corrections", new { values = new { address_stability_years = 3 }, grounds = "Ten characters at least." }),
            (HttpMethod.Get, $"scores/{score}", null),
            (HttpMethod.Get, $"scores/{score}/explanation", null),
            (HttpMethod.Get, $"scores/{score}/roadmap", null),
            (HttpMethod.Get, $"scores/{score}/replay", null),
        ];
        foreach (var (method, address, body) in calls)
        {
            var answer = await stranger.SendAsync(method, address, body, ("X-Reason", "A customer called."));
            Assert.True(answer.Status == 404, $"{method} {address}: {answer.Status} {answer.Text}");
        }

        Assert.Equal(200, (await owner.GetAsync($"applications/{application}")).Status);
        (await stranger.PostAsync("outcomes", new[] { new { applicationId = application, bad = true, observedAt = DateTimeOffset.UtcNow } })).Refused(400, "outcome.unknown");
    }

    [Fact]
    public async Task Lists_OfAClient_HoldWhatItMadeOnly()
    {
        using var owner = await server.KeyAsync(Scopes);
        using var stranger = await server.KeyAsync(Scopes);
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        var (applicant, _, application, score) = await CaseAsync(owner, "listed");
        await CaseAsync(officer, "of a person");

        foreach (var (list, id) in new[] { ("applicants", applicant), ("applications", application), ("scores", score) })
        {
            Assert.Equal([id], (await owner.GetAsync(list)).Json().EnumerateArray().Select(row => row.GetProperty("id").GetGuid()));
            Assert.Empty((await stranger.GetAsync(list)).Json().EnumerateArray());
            Assert.Contains((await officer.GetAsync(list)).Json().EnumerateArray(), row => row.GetProperty("id").GetGuid() == id);
        }

        Assert.Equal("1", (await owner.GetAsync("applications?status=inReview")).Headers["X-Total-Count"]);
        Assert.Empty((await stranger.GetAsync("applicants?query=listed@contoh.id")).Json().EnumerateArray());
        Assert.Single((await owner.GetAsync("applicants?query=listed@contoh.id")).Json().EnumerateArray());
    }

    [Fact]
    public async Task Register_APersonThatAnotherClientKnows_TellsNothing()
    {
        using var owner = await server.KeyAsync(Scopes);
        using var stranger = await server.KeyAsync(Scopes);
        var body = new { name = "Bagus Santoso", email = "bagus@contoh.id", phone = "+62 811-1111-2222", kind = "person" };

        var first = await owner.PostAsync("applicants", body);

        Assert.Equal(201, first.Status);
        Assert.Equal(201, (await stranger.PostAsync("applicants", body)).Status);
        (await owner.PostAsync("applicants", body)).Refused(409, "applicant.duplicate");
    }

    internal static object Consent() => new { purposes = new[] { "scoring" }, sources = new[] { "bank", "utility" }, textVersion = "1.0.0", language = "en", channel = "api" };

    private async Task<(Guid Applicant, Guid Consent, Guid Application, Guid Score)> CaseAsync(ApiClientCalls caller, string name)
    {
        var applicant = (await caller.PostAsync("applicants", new { name = "Made Up", email = $"{name.Replace(' ', '.')}@contoh.id", phone = "", kind = "person" })).Json(201).GetProperty("id").GetGuid();
        var consent = (await caller.PostAsync($"applicants/{applicant}/consents", Consent())).Json(201)[0].GetProperty("id").GetGuid();
        using var values = System.Text.Json.JsonDocument.Parse(InputRecordJson.ToText(server.Trust.Applicants(1)[0]));
        var application = (await caller.PostAsync($"applicants/{applicant}/applications", new { scorecard = "trust", values = values.RootElement, amount = 5_000_000, termMonths = 12 })).Json(201).GetProperty("id").GetGuid();
        return (applicant, consent, application, (await caller.PostAsync($"applications/{application}/score?roadmap=false")).Json(201).GetProperty("id").GetGuid());
    }
}
