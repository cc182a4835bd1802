using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web.Cases;

/// <summary>Single calls of the application door: what they answer, and what they refuse.</summary>
[Collection(CaseServers.Name)]
public sealed class CaseCallsTests(CaseServer server)
{
    private static int _number;

    [Fact]
    public async Task Applicant_ReadWithAReason_IsInClearAndTheReasonIsAudited()
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        using var auditor = await server.CallerAsync(Roles.Auditor);
        var (applicant, email) = await RegisterAsync(officer);

        var masked = (await officer.GetAsync($"applicants/{applicant}")).Json();
        var clear = (await officer.GetAsync($"applicants/{applicant}", ("X-Reason", "The applicant called."))).Json();
        (await auditor.GetAsync($"applicants/{applicant}", ("X-Reason", "Curious about it."))).Refused(403, "permission.missing");
        (await officer.GetAsync($"applicants/{applicant}/export")).Refused(400, "pii.reason");
        var export = (await officer.GetAsync($"applicants/{applicant}/export", ("X-Reason", "A copy was asked for."))).Json();

        Assert.NotEqual(email, masked.GetProperty("email").GetString());
        Assert.Equal((email, false), (clear.GetProperty("email").GetString(), clear.GetProperty("masked").GetBoolean()));
        Assert.Equal(email, export.GetProperty("applicant").GetProperty("email").GetString());
        var kinds = (await auditor.GetAsync($"audit?subject={applicant}")).Json().EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()).ToList();
        Assert.Equal(["applicant.exported", "pii.revealed", "pii.revealed", "applicant.registered"], kinds);
        (await auditor.GetAsync($"applicants?query={email}")).Refused(403, "permission.missing");
        Assert.Equal(applicant, (await officer.GetAsync($"applicants?query={email}")).Json()[0].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Applicant_Deleted_IsNotedForAnAdminWhoErasesAndTheChainVerifies()
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        using var admin = await server.CallerAsync(Roles.Admin);
        var (applicant, application, score) = await ScoredAsync(officer);

        var noted = (await officer.SendAsync(HttpMethod.Delete, $"applicants/{applicant}")).Json(202);
        Assert.Contains((await admin.GetAsync("applicants?erasure=requested")).Json().EnumerateArray(), row => row.GetProperty("id").GetGuid() == applicant);
        var erased = (await admin.SendAsync(HttpMethod.Delete, $"applicants/{applicant}", null, ("X-Reason", "Letter of the applicant."))).Json();
        var read = (await officer.GetAsync($"applicants/{applicant}")).Json();

        Assert.Equal(("requested", "erased", ""), (noted.GetProperty("state").GetString(), erased.GetProperty("state").GetString(), read.GetProperty("name").GetString()));
        Assert.Equal(404, (await officer.GetAsync($"scores/{score}")).Status);
        (await officer.PostAsync($"applicants/{applicant}/applications", new { scorecard = "trust", values = new { } })).Refused(404, "applicant.notFound");
        Assert.Equal(400, (await officer.PostAsync($"applications/{application}/score")).Status);
        (await officer.SendAsync(HttpMethod.Patch, $"applications/{application}", new { termMonths = 6 })).Refused(409, "applicant.erased");
        (await officer.SendAsync(HttpMethod.Delete, $"applicants/{applicant}")).Json();
        Assert.Equal(200, (await officer.GetAsync($"applications/{application}")).Status);
        Assert.True((await admin.GetAsync("audit/verify")).Json().GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Consent_WithdrawnBeforeADecision_ScoresAgainWithoutTheSource()
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        var (applicant, application, _) = await ScoredAsync(officer);
        var consents = (await officer.GetAsync($"applicants/{applicant}/consents")).Json().EnumerateArray().ToList();
        var utility = consents.Single(consent => consent.GetProperty("source").GetString() == "utility").GetProperty("id").GetGuid();

        var withdrawal = (await officer.SendAsync(HttpMethod.Delete, $"applicants/{applicant}/consents/{utility}")).Json();

        var effect = withdrawal.GetProperty("effects")[0];
        Assert.NotEqual(JsonValueKind.Null, withdrawal.GetProperty("consent").GetProperty("withdrawnAt").ValueKind);
        Assert.Equal((application, "rescored"), (effect.GetProperty("applicationId").GetGuid(), effect.GetProperty("effect").GetString()));
        Assert.Equal(effect.GetProperty("scoreAfter").GetInt32(), (await officer.GetAsync($"scores?application={application}")).Json()[0].GetProperty("score").GetInt32());
        (await officer.SendAsync(HttpMethod.Delete, $"applicants/{applicant}/consents/{utility}")).Refused(409, "consent.withdrawn");
        (await officer.SendAsync(HttpMethod.Delete, $"applicants/{applicant}/consents/{Guid.NewGuid()}")).Refused(404, "consent.notFound");
        var bank = consents.Single(consent => consent.GetProperty("source").GetString() == "bank").GetProperty("id").GetGuid();
        var last = (await officer.SendAsync(HttpMethod.Delete, $"applicants/{applicant}/consents/{bank}")).Json().GetProperty("effects")[0];
        Assert.Equal(("unscored", "consent.missing"), (last.GetProperty("effect").GetString(), last.GetProperty("problems")[0].GetString()));
    }

    [Fact]
    public async Task Consent_WithdrawnAfterADecision_ChangesNothingAndTellsTheTrial()
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        var (applicant, application, score) = await ScoredAsync(officer);
        await DecideAsync(officer, application);
        var bank = (await officer.GetAsync($"applicants/{applicant}/consents")).Json().EnumerateArray().First(consent => consent.GetProperty("source").GetString() == "bank").GetProperty("id").GetGuid();

        var effect = (await officer.SendAsync(HttpMethod.Delete, $"applicants/{applicant}/consents/{bank}")).Json().GetProperty("effects")[0];

        Assert.Equal("trial", effect.GetProperty("effect").GetString());
        Assert.Equal(score, (await officer.GetAsync($"applications/{application}")).Json().GetProperty("scoreId").GetGuid());
        Assert.Single((await officer.GetAsync($"scores?application={application}")).Json().EnumerateArray());
    }

    [Fact]
    public async Task Correction_BeforeAndAfterADecision_GoesIntoTheApplicationOrALinkedOne()
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        var (_, application, _) = await ScoredAsync(officer);
        var body = new { values = new { address_stability_years = 7.5 }, grounds = "The register shows an earlier date." };

        var inPlace = (await officer.PostAsync($"applications/{application}/corrections", body)).Json(201);
        (await officer.PostAsync($"applications/{application}/corrections", new { values = new { adress = 1 }, grounds = "The register shows an earlier date." })).Refused(400, "field.unknown");
        (await officer.PostAsync($"applications/{application}/corrections", new { values = new { address_stability_years = 1 }, grounds = "No." })).Refused(400, "correction.grounds");
        Assert.Equal(201, (await officer.PostAsync($"applications/{application}/score?roadmap=false")).Status);
        await DecideAsync(officer, application);
        var linked = (await officer.PostAsync($"applications/{application}/corrections", new { values = new { address_stability_years = 8.5 }, grounds = "The register shows an earlier date." })).Json(201);

        Assert.Equal(application, inPlace.GetProperty("applicationId").GetGuid());
        Assert.NotEqual(application, linked.GetProperty("applicationId").GetGuid());
        var made = (await officer.GetAsync($"applications/{linked.GetProperty("applicationId").GetGuid()}")).Json();
        Assert.Equal((application, 8.5, "draft"), (made.GetProperty("linkedTo").GetGuid(), made.GetProperty("values").GetProperty("address_stability_years").GetDouble(), made.GetProperty("status").GetString()));
        Assert.Equal(7.5, (await officer.GetAsync($"applications/{application}")).Json().GetProperty("values").GetProperty("address_stability_years").GetDouble());
    }

    [Fact]
    public async Task Patch_MergesAndRefusesWhatIsStaleOrWrong()
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        var (_, application, _) = await ScoredAsync(officer);
        var address = $"applications/{application}";
        var before = await officer.GetAsync(address);

        var cleared = await officer.SendAsync(HttpMethod.Patch, address, new { amount = (decimal?)null, values = new { savings_growth_rate = (double?)null } }, ("If-Match", before.ETag!));

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, 12), (cleared.Json().GetProperty("amount").ValueKind, cleared.Json().GetProperty("values").GetProperty("savings_growth_rate").ValueKind, cleared.Json().GetProperty("termMonths").GetInt32()));
        Assert.Equal(JsonValueKind.Null, cleared.Json().GetProperty("scoreId").ValueKind);
        (await officer.SendAsync(HttpMethod.Patch, address, new { termMonths = 6 }, ("If-Match", before.ETag!))).Refused(412, "version.stale");
        (await officer.SendAsync(HttpMethod.Patch, address, new { termMonths = 6 }, ("If-Match", "yesterday"))).Refused(400, "version.invalid");
        (await officer.SendAsync(HttpMethod.Patch, address, new { values = new { income_regularity_score = "" } })).Refused(400, "field.required");
        (await officer.SendAsync(HttpMethod.Patch, address, new { values = new { spending_volatility = 99 } })).Refused(400, "field.range");
        (await officer.SendAsync(HttpMethod.Patch, address, new { termMonths = 12.5 })).Refused(400, "field.type");
        (await officer.SendAsync(HttpMethod.Patch, address, new { amount = 1e27 })).Refused(400, "application.amount");
        (await officer.SendAsync(HttpMethod.Patch, address, new StringContent("""{"amount":1e400}""", Encoding.UTF8, "application/json"))).Refused(400, "field.type");
        (await officer.SendAsync(HttpMethod.Patch, address, new { months = 3 })).Refused(400, "field.unknown");
    }

    [Fact]
    public async Task Outcome_OfAStatelessPrediction_IsReportedByWhoMadeIt()
    {
        using var client = await server.KeyAsync("score:stateless", "applications:write");
        using var stranger = await server.KeyAsync("score:stateless", "applications:write");
        var scorable = Scorable(server.Trust.Applicants(1)[0]);
        var prediction = (await client.PostAsync("scorecards/trust/predict", new { values = scorable, reference = "order 9", legalBasis = "contract" })).Json().GetProperty("id").GetGuid();
        var report = new[] { new { predictionId = prediction, bad = false, observedAt = DateTimeOffset.UtcNow } };

        (await stranger.PostAsync("outcomes", report)).Refused(400, "outcome.unknown");
        var first = (await client.PostAsync("outcomes", report)).Json();
        var again = (await client.PostAsync("outcomes", report)).Json();

        Assert.Equal((1, 0), (first.GetProperty("recorded").GetInt32(), again.GetProperty("recorded").GetInt32()));
    }

    [Fact]
    public async Task Outcome_CorrectedLater_IsTheLastOneWhicheverNameItWasReportedBy()
    {
        using var client = await server.KeyAsync("score:stateless", "applications:write");
        using var stranger = await server.KeyAsync("score:stateless", "applications:write");
        var reference = $"order {Guid.NewGuid():n}";
        var prediction = (await client.PostAsync("scorecards/trust/predict", new { values = Scorable(server.Trust.Applicants(1)[0]), reference, legalBasis = "contract" })).Json().GetProperty("id").GetGuid();
        var seen = DateTimeOffset.UtcNow;

        var first = (await client.PostAsync("outcomes", new[] { new { predictionId = prediction, bad = false, observedAt = seen } })).Json();
        var corrected = await KnownByReferenceAsync(client, new[] { new { reference, bad = true, observedAt = seen } });
        (await stranger.PostAsync("outcomes", new[] { new { reference, bad = false, observedAt = seen } })).Refused(400, "outcome.unknown");
        (await client.PostAsync("outcomes", new object[] { new { predictionId = prediction, bad = true, observedAt = seen }, new { reference, bad = true, observedAt = seen } })).Refused(400, "outcome.twice");

        Assert.Equal((1, 0), (first.GetProperty("recorded").GetInt32(), first.GetProperty("corrected").GetInt32()));
        Assert.Equal((0, 1), (corrected.GetProperty("recorded").GetInt32(), corrected.GetProperty("corrected").GetInt32()));
        Assert.True(Assert.Single(await server.Services.GetRequiredService<IOutcomeStore>().CurrentOfAsync([prediction], TestContext.Current.CancellationToken)).Bad);
    }

    [Fact]
    public async Task Outcome_OfAnApplicationByItsNumber_IsCorrectedByItsIdentity()
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        var (_, application, _) = await ScoredAsync(officer);
        var number = (await officer.GetAsync($"applications/{application}")).Json().GetProperty("number").GetString();

        var first = (await officer.PostAsync("outcomes", new[] { new { reference = number, bad = true, observedAt = DateTimeOffset.UtcNow } })).Json();
        var corrected = (await officer.PostAsync("outcomes", new[] { new { applicationId = application, bad = false, observedAt = DateTimeOffset.UtcNow } })).Json();

        Assert.Equal((1, 1), (first.GetProperty("recorded").GetInt32(), corrected.GetProperty("corrected").GetInt32()));
        Assert.False(Assert.Single(await server.Services.GetRequiredService<IOutcomeStore>().CurrentOfAsync([application], TestContext.Current.CancellationToken)).Bad);
    }

    // Records can be found by their reference a moment after the answer.
    private static async Task<JsonElement> KnownByReferenceAsync(ApiClientCalls client, object report)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            var answer = await client.PostAsync("outcomes", report);
            if (answer.Status == 200) return answer.Json();
            answer.Refused(400, "outcome.unknown");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The prediction was never found.");
    }

    /// <summary>What the stateless door takes of a record.</summary>
    internal static Dictionary<string, JsonElement> Scorable(InputRecord record)
    {
        using var values = JsonDocument.Parse(InputRecordJson.ToText(record));
        return values.RootElement.EnumerateObject().Where(value => value.Name is not "holder_name").ToDictionary(value => value.Name, value => value.Value.Clone());
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nhello\r\n--x--\r\n", 400, "body.invalid")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n{}\r\n--x--\r\n", 400, "statement.file")]
    [InlineData("multipart/form-data; boundary=x", "nothing of the kind", 400, "body.invalid")]
    [InlineData("multipart/form-data", "--x", 400, "body.invalid")]
    [InlineData("text/csv", "", 400, null)]
    [InlineData("text/csv", "a,b\n1,2\n", 400, "statement.mapping.column")]
    public async Task Statement_ThatCannotBeRead_IsRefused(string type, string body, int status, string? code)
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        var (_, application, _) = await ScoredAsync(officer);
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await officer.PostAsync($"applications/{application}/statement", content);

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.MediaType));
        if (code is not null) answer.Refused(status, code);
    }

    [Theory]
    [InlineData("applicants?page=0", "page.invalid")]
    [InlineData("applicants?pageSize=1000", "page.invalid")]
    [InlineData("applications?status=open", "status.unknown")]
    [InlineData("scores?after=yesterday", "after.invalid")]
    [InlineData("reviews?status=nearly", "status.unknown")]
    public async Task List_AskedForWrongly_IsRefused(string address, string code)
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);

        (await officer.GetAsync(address)).Refused(400, code);
    }

    [Fact]
    public async Task Review_MovedForAnOlderVersion_IsStale()
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        var (_, application, _) = await ScoredAsync(officer);
        var review = (await officer.GetAsync($"applications/{application}")).Json().GetProperty("reviewId").GetGuid();
        var before = await officer.GetAsync($"reviews/{review}");

        Assert.Equal(200, (await officer.PostAsync($"reviews/{review}/claim", null, ("If-Match", before.ETag!))).Status);

        (await officer.PostAsync($"reviews/{review}/release", null, ("If-Match", before.ETag!))).Refused(412, "version.stale");
        Assert.Equal("waiting", (await officer.PostAsync($"reviews/{review}/release")).Json().GetProperty("status").GetString());
        (await officer.PostAsync($"reviews/{Guid.NewGuid()}/claim")).Refused(404, "case.notFound");
        (await officer.GetAsync($"reviews/{review}/letter")).Refused(409, "letter.notDecided");
    }

    private async Task<(Guid Applicant, Guid Application, Guid Score)> ScoredAsync(ApiClientCalls officer)
    {
        var (applicant, _) = await RegisterAsync(officer);
        (await officer.PostAsync($"applicants/{applicant}/consents", CaseOwnershipTests.Consent())).Json(201);
        using var values = JsonDocument.Parse(InputRecordJson.ToText(server.Trust.Applicants(1)[0]));
        var application = (await officer.PostAsync($"applicants/{applicant}/applications", new { scorecard = "trust", values = values.RootElement, amount = 5_000_000, termMonths = 12 })).Json(201).GetProperty("id").GetGuid();
        return (applicant, application, (await officer.PostAsync($"applications/{application}/score?roadmap=false")).Json(201).GetProperty("id").GetGuid());
    }

    private async Task DecideAsync(ApiClientCalls officer, Guid application)
    {
        var review = (await officer.GetAsync($"applications/{application}")).Json().GetProperty("reviewId").GetGuid();
        (await officer.PostAsync($"reviews/{review}/claim")).Json();
        const string Justification = "The applicant has found another lender and asked us to close the case.";
        var decision = (await officer.PostAsync($"reviews/{review}/decision", new { decision = "decline", justification = Justification, overrideReason = "other" })).Json(201);
        Assert.Equal((true, false), (decision.GetProperty("needsSecond").GetBoolean(), decision.GetProperty("stands").GetBoolean()));
        (await officer.PostAsync($"reviews/{review}/second", new { agrees = true })).Refused(403, "case.second.same");
        using var senior = await server.CallerAsync(Roles.CreditCommittee);
        Assert.True((await senior.PostAsync($"reviews/{review}/second", new { agrees = true })).Json().GetProperty("stands").GetBoolean());
    }

    private static async Task<(Guid Id, string Email)> RegisterAsync(ApiClientCalls officer)
    {
        var email = $"person{Interlocked.Increment(ref _number)}@contoh.id";
        return ((await officer.PostAsync("applicants", new { name = "Somebody Made Up", email, phone = "", kind = "person" })).Json(201).GetProperty("id").GetGuid(), email);
    }
}
