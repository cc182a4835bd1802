using System.Text.Json;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Web.Identity;
using Xunit;

namespace CreditWorkbench.Tests.Web.Cases;

/// <summary>Roadmaps that are not there yet, on a server that waits for none.</summary>
public sealed class RoadmapCallsTests(HastyServer hasty) : IClassFixture<HastyServer>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Score_RoadmapThatTakesTooLong_IsUnderWayAndPolledFor()
    {
        using var officer = await hasty.Server.CallerAsync(Roles.LoanOfficer);
        var record = hasty.Server.Trust.Applicants(1)[0];
        var (application, unplanned) = (await ApplyAsync(officer, 1, record), await ApplyAsync(officer, 2, record));

        var scored = (await officer.PostAsync($"applications/{application}/score")).Json(201);
        var without = (await officer.PostAsync($"applications/{unplanned}/score?roadmap=false")).Json(201);
        var first = await officer.GetAsync($"scores/{without.GetProperty("id").GetGuid()}/roadmap");

        Assert.Equal(("underWay", JsonValueKind.Null), (scored.GetProperty("roadmap").GetProperty("state").GetString(), without.GetProperty("roadmap").ValueKind));
        Assert.Equal(("underWay", "1"), (first.Json(202).GetProperty("state").GetString(), first.Headers["Retry-After"]));
        var ready = await RoadmapAsync(officer, scored.GetProperty("id").GetGuid());
        Assert.Contains(ready.GetProperty("outcome").GetString(), new[] { "found", "impossible", "timedOut" });
        Assert.Equal(ready.ToString(), (await RoadmapAsync(officer, without.GetProperty("id").GetGuid())).ToString());
    }

    private static async Task<JsonElement> RoadmapAsync(ApiClientCalls officer, Guid score)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            var answer = await officer.GetAsync($"scores/{score}/roadmap");
            if (answer.Status != 202) return answer.Json();
            await Task.Delay(50, Now);
        }

        throw new TimeoutException("The roadmap never came.");
    }

    private static async Task<Guid> ApplyAsync(ApiClientCalls officer, int number, InputRecord record)
    {
        var applicant = (await officer.PostAsync("applicants", new { name = "Somebody Made Up", email = $"planned{number}@contoh.id", phone = "", kind = "person" })).Json(201).GetProperty("id").GetGuid();
        (await officer.PostAsync($"applicants/{applicant}/consents", CaseOwnershipTests.Consent())).Json(201);
        using var values = JsonDocument.Parse(InputRecordJson.ToText(record));
        return (await officer.PostAsync($"applicants/{applicant}/applications", new { scorecard = "trust", values = values.RootElement, amount = 5_000_000, termMonths = 12 })).Json(201).GetProperty("id").GetGuid();
    }
}
