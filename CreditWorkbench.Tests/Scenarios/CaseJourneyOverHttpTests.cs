using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Tests.Web.Cases;
using CreditWorkbench.Web.Identity;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>A whole case over HTTP and nothing else: consent, application, statement, score, explanation, roadmap, review, decision, letter, objection, audit.</summary>
[Collection(CaseServers.Name)]
public sealed class CaseJourneyOverHttpTests(CaseServer server)
{
    // The golden statement of the trust scorecard.
    private const string Statement = """
        date,amount,direction,text,balance
        2025-01-01,9000000,in,GAJI,10000000
        2025-01-03,500000,out,PLN,9500000
        2025-01-10,4500000,out,SEWA,5000000
        2025-02-01,9000000,in,GAJI,14000000
        2025-02-03,500000,out,PLN,13500000
        2025-02-10,4500000,out,SEWA,9000000
        2025-02-20,1000000,out,ATM,8000000
        2025-03-01,9000000,in,GAJI,17000000
        2025-03-12,500000,out,PLN,16500000
        2025-03-31,4500000,out,SEWA,12000000
        """;

    private const string Name = "Wulandari Kusumaningrum";
    private const string Email = "wulandari.kusumaningrum@contoh.id";
    private const string Phone = "+62 812-9988-7766";
    private const string NationalId = "3174096112907788";

    [Fact]
    public async Task Journey_OfADeclinedApplicant_RunsFromConsentToAVerifiedTrail()
    {
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        using var other = await server.CallerAsync(Roles.SeniorOfficer);
        using var auditor = await server.CallerAsync(Roles.Auditor);

        var applicant = await RegisterAsync(officer);
        var application = await ApplyAsync(officer, applicant);
        (await officer.PostAsync($"applications/{application}/score")).Refused(409, "consent.missing");
        await ConsentAsync(officer, applicant);
        await UploadAsync(officer, application);
        var score = await ScoreAsync(officer, application);
        await AssertExplainedAsync(officer, score);
        await AssertPlannedAsync(officer, score.GetProperty("id").GetGuid());
        await DeclineAsync(officer, score.GetProperty("reviewId").GetGuid());
        await AssertLetterAsync(officer, score.GetProperty("reviewId").GetGuid());
        (await officer.PostAsync($"applications/{application}/score")).Refused(409, "application.decided");
        await ObjectAsync(officer, other, application);
        await AssertReplaysAsync(auditor, score.GetProperty("id").GetGuid());
        await AssertTrailAsync(auditor, application);
        await AssertNothingPersonalIsLoggedAsync();
    }

    [Fact]
    public async Task Journey_OfAClientSystem_RunsAsFarAsAPersonMustDecide()
    {
        using var client = await server.KeyAsync("applications:write", "applications:score");
        using var officer = await server.CallerAsync(Roles.LoanOfficer);
        var applicant = (await client.PostAsync("applicants", new { name = "Rahayu Pratiwi", email = "rahayu@contoh.id", phone = "", kind = "person" })).Json(201).GetProperty("id").GetGuid();
        await ConsentAsync(client, applicant);
        var application = await ApplyAsync(client, applicant);
        await UploadAsync(client, application);

        var score = await ScoreAsync(client, application);

        await AssertExplainedAsync(client, score);
        await AssertPlannedAsync(client, score.GetProperty("id").GetGuid());
        var review = score.GetProperty("reviewId").GetGuid();
        (await client.PostAsync($"reviews/{review}/claim")).Refused(403, "permission.missing");
        await DeclineAsync(officer, review);
        Assert.Equal("decided", (await client.GetAsync($"applications/{application}")).Json().GetProperty("status").GetString());
        Assert.Equal("inReview", await ObjectedAsync(client, application));
        var outcome = await client.PostAsync("outcomes", new[] { new { applicationId = application, bad = true, observedAt = DateTimeOffset.UtcNow } });
        Assert.Equal(1, outcome.Json().GetProperty("recorded").GetInt32());
    }

    private static async Task<string?> ObjectedAsync(ApiClientCalls client, Guid application)
    {
        (await client.PostAsync($"applications/{application}/objections", new { grounds = "The overdraft was a mistake of the bank." })).Json(201);
        return (await client.GetAsync($"applications/{application}")).Json().GetProperty("status").GetString();
    }

    private static async Task<Guid> RegisterAsync(ApiClientCalls officer)
    {
        var made = await officer.PostAsync("applicants", new { name = Name, email = Email, phone = Phone, nationalId = NationalId, kind = "person" });

        var applicant = made.Json(201);
        Assert.Equal((true, "W•••••••• K••••••••••••"), (applicant.GetProperty("masked").GetBoolean(), applicant.GetProperty("name").GetString()));
        Assert.Equal($"/api/v1/applicants/{applicant.GetProperty("id").GetGuid()}", made.Location);
        Assert.DoesNotContain("7788", made.Text.Replace("88\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        (await officer.PostAsync("applicants", new { name = "Somebody Else", email = Email, phone = "", kind = "person" })).Refused(409, "applicant.duplicate");
        return applicant.GetProperty("id").GetGuid();
    }

    private static async Task<Guid> ApplyAsync(ApiClientCalls officer, Guid applicant)
    {
        var values = new { address_stability_years = 0.5, holder_name = Name, age_years = 30, gender = "F" };
        var made = await officer.PostAsync($"applicants/{applicant}/applications", new { scorecard = "trust", values, amount = 5_000_000, termMonths = 12 });

        var application = made.Json(201);
        var id = application.GetProperty("id").GetGuid();
        Assert.Equal(("draft", "•••", "\"0\""), (application.GetProperty("status").GetString(), application.GetProperty("values").GetProperty("holder_name").GetString(), made.ETag));
        Assert.Equal(JsonValueKind.Null, application.GetProperty("values").GetProperty("gender").ValueKind);
        return id;
    }

    private static async Task ConsentAsync(ApiClientCalls officer, Guid applicant)
    {
        var given = await officer.PostAsync($"applicants/{applicant}/consents", new { purposes = new[] { "scoring", "explanation" }, sources = new[] { "bank", "utility" }, textVersion = "1.0.0", language = "en", channel = "api" });

        Assert.Equal(4, given.Json(201).GetArrayLength());
        Assert.All((await officer.GetAsync($"applicants/{applicant}/consents")).Json().EnumerateArray(), consent => Assert.True(consent.GetProperty("active").GetBoolean()));
    }

    private static async Task UploadAsync(ApiClientCalls officer, Guid application)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(Statement));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", "mandiri.csv");
        form.Add(new StringContent("""{"asOf":"2025-04-01","bank":"Mandiri","counterparty":"text"}""", Encoding.UTF8, "application/json"), "mapping");

        var taken = (await officer.PostAsync($"applications/{application}/statement", form)).Json();

        Assert.Equal((10, 0, 3), (taken.GetProperty("rows").GetInt32(), taken.GetProperty("faultyRows").GetInt32(), taken.GetProperty("fullMonths").GetInt32()));
        var consistency = taken.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("input").GetString() == "utility_payment_consistency");
        Assert.Equal(0.666667, consistency.GetProperty("value").GetDouble(), 6);
        var read = await officer.GetAsync($"applications/{application}");
        Assert.Equal("bank", read.Json().GetProperty("sources").GetProperty("income_regularity_score").GetProperty("origin").GetString());
        (await officer.SendAsync(HttpMethod.Patch, $"applications/{application}", new { values = new { spending_volatility = 2.5 } }, ("If-Match", "\"0\""))).Refused(412, "version.stale");
        var weak = new { spending_volatility = 2.9, withdrawal_discipline_score = 0.05, savings_growth_rate = -0.6, discretionary_income_ratio = -0.5, avg_month_end_balance = -1_000_000, income_regularity_score = 0.1, utility_payment_consistency = 0.05, transaction_regularity_score = 0.05 };
        var patched = await officer.SendAsync(HttpMethod.Patch, $"applications/{application}", new { values = weak, termMonths = 18 }, ("If-Match", read.ETag!));
        Assert.Equal((18, 5_000_000), (patched.Json().GetProperty("termMonths").GetInt32(), patched.Json().GetProperty("amount").GetInt32()));
    }

    private static async Task<JsonElement> ScoreAsync(ApiClientCalls officer, Guid application)
    {
        var answer = await officer.PostAsync($"applications/{application}/score");

        var score = answer.Json(201);
        Assert.Equal($"/api/v1/scores/{score.GetProperty("id").GetGuid()}", answer.Location);
        Assert.Equal("decline", score.GetProperty("decision").GetString());
        Assert.Equal("trust@1", score.GetProperty("modelVersion").GetString());
        Assert.True(score.GetProperty("explanation").GetProperty("reasons").GetArrayLength() > 0);
        return score;
    }

    private static async Task AssertExplainedAsync(ApiClientCalls officer, JsonElement score)
    {
        var explanation = (await officer.GetAsync($"scores/{score.GetProperty("id").GetGuid()}/explanation")).Json();

        var sum = explanation.GetProperty("basePoints").GetDouble() + explanation.GetProperty("contributions").EnumerateArray().Sum(one => one.GetProperty("points").GetDouble());
        Assert.Equal(score.GetProperty("scoreUnrounded").GetDouble(), sum, 1e-6);
        Assert.Equal(score.GetProperty("score").GetInt32(), sum + explanation.GetProperty("rounding").GetDouble() + explanation.GetProperty("clip").GetDouble(), 1e-6);
    }

    private static async Task AssertPlannedAsync(ApiClientCalls officer, Guid score)
    {
        var answer = await officer.GetAsync($"scores/{score}/roadmap");
        while (answer.Status == 202) answer = await officer.GetAsync($"scores/{score}/roadmap");

        var roadmap = answer.Json();
        Assert.Equal("ready", roadmap.GetProperty("state").GetString());
        Assert.Contains(roadmap.GetProperty("outcome").GetString(), new[] { "found", "impossible", "timedOut" });
    }

    private static async Task DeclineAsync(ApiClientCalls officer, Guid review)
    {
        Assert.Contains((await officer.GetAsync("reviews?status=waiting")).Json().EnumerateArray(), row => row.GetProperty("id").GetGuid() == review);
        (await officer.PostAsync($"reviews/{review}/decision", new { decision = "decline", justification = "The account is overdrawn." })).Refused(409, "case.notClaimed");
        var claimed = (await officer.PostAsync($"reviews/{review}/claim")).Json();
        Assert.Equal(("claimed", officer.UserId), (claimed.GetProperty("status").GetString(), claimed.GetProperty("claimedBy").GetGuid()));
        (await officer.PostAsync($"reviews/{review}/decision", new { decision = "decline", justification = "No." })).Refused(400, "decision.justification.short");
        (await officer.PostAsync($"reviews/{review}/decision", new { decision = "decline", justification = new string('x', 4001) })).Refused(400, "decision.justification.long");

        var decision = (await officer.PostAsync($"reviews/{review}/decision", new { decision = "decline", justification = "Spending swings widely and the account is overdrawn at the end of the month." })).Json(201);

        Assert.True(decision.GetProperty("stands").GetBoolean());
        Assert.Equal("decided", (await officer.GetAsync($"reviews/{review}")).Json().GetProperty("status").GetString());
    }

    private static async Task AssertLetterAsync(ApiClientCalls officer, Guid review)
    {
        var letter = (await officer.GetAsync($"reviews/{review}/letter")).Json();
        var issued = (await officer.PostAsync($"reviews/{review}/letter")).Json(201);
        var pdf = await officer.GetAsync($"reviews/{review}/letter", ("Accept", "application/pdf"));

        Assert.InRange(letter.GetProperty("text").GetProperty("reasons").GetArrayLength(), 1, 4);
        Assert.True(issued.GetProperty("issued").GetBoolean());
        Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.MediaType));
        Assert.Equal("%PDF-"u8.ToArray(), pdf.Bytes[..5]);
    }

    private static async Task ObjectAsync(ApiClientCalls officer, ApiClientCalls other, Guid application)
    {
        var reopened = (await officer.PostAsync($"applications/{application}/objections", new { grounds = "The overdraft was a mistake of the bank and is paid back." })).Json(201);
        var review = reopened.GetProperty("id").GetGuid();

        (await officer.PostAsync($"reviews/{review}/claim")).Refused(403, "objection.samePerson");
        Assert.Equal("claimed", (await other.PostAsync($"reviews/{review}/claim")).Json().GetProperty("status").GetString());
    }

    private static async Task AssertReplaysAsync(ApiClientCalls auditor, Guid score) =>
        Assert.True((await auditor.GetAsync($"scores/{score}/replay")).Json().GetProperty("equal").GetBoolean());

    private static async Task AssertTrailAsync(ApiClientCalls auditor, Guid application)
    {
        var entries = (await auditor.GetAsync($"audit?subject={application}")).Json().EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()).ToList();
        var verified = (await auditor.GetAsync("audit/verify")).Json();
        var csv = (await auditor.GetAsync("audit/export?format=csv")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var ndjson = (await auditor.GetAsync($"audit/export?format=ndjson&subject={application}")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["letter.issued", "application.scored", "application.changed", "application.changed", "statement.added", "application.opened"], entries.Take(6));
        Assert.True(verified.GetProperty("intact").GetBoolean(), verified.GetRawText());
        Assert.Equal("sequence,at,actorId,actor,kind,subject,releases,payload,payloadHash,previousHash,hash", csv[0]);
        Assert.DoesNotContain(csv, line => line.Contains(Email, StringComparison.Ordinal));
        Assert.Equal(entries.Count, ndjson.Length);
        Assert.All(ndjson, line => Assert.Equal(application, JsonDocument.Parse(line).RootElement.GetProperty("subjectId").GetGuid()));
        var first = await auditor.GetAsync("audit?pageSize=2");
        var next = (await auditor.GetAsync($"audit?pageSize=2&after={first.Headers["X-Next-After"]}")).Json();
        Assert.Equal(first.Json()[1].GetProperty("sequence").GetInt64() - 1, next[0].GetProperty("sequence").GetInt64());
    }

    private Task AssertNothingPersonalIsLoggedAsync()
    {
        string[] personal = [Name, "Kusumaningrum", Email, Phone, "9988-7766", NationalId];

        Assert.NotEmpty(server.Log);
        Assert.DoesNotContain(server.Log, line => personal.Any(datum => line.Contains(datum, StringComparison.OrdinalIgnoreCase)));
        return Task.CompletedTask;
    }
}
