using System.Globalization;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Tests.Decisioning;
using CreditWorkbench.Tests.Endpoints;
using CreditWorkbench.Web.Queue;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Queue;

/// <summary>The three kinds of messages at the doors of the whole program.</summary>
public sealed class MessageDoorTests(ConsumerHost host) : IClassFixture<ConsumerHost>
{
    private static int _number;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private IServiceProvider Services => host.Host.App.Services;

    private MessageDoor Door => Services.GetRequiredService<MessageDoor>();

    [Fact]
    public async Task Application_WithoutAnApplicant_IsPredictedOnceHoweverOftenItComes()
    {
        var message = Message(QueueKinds.Applications, new { scorecard = "consumer", legalBasis = "contract", reference = "loan 7", values = Values() });

        var first = Answer(await Door.HandleAsync(message, Now));
        var again = Answer(await Door.HandleAsync(message with { Redelivered = 1 }, Now));

        Assert.Equal("loan 7", first.GetProperty("reference").GetString());
        Assert.InRange(first.GetProperty("score").GetInt32(), 300, 900);
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(QueueActors.Own.Id, (await Services.GetRequiredService<IPredictionStore>().FindAsync(first.GetProperty("id").GetGuid(), Now))?.ClientId);
    }

    [Fact]
    public async Task Application_WithApplicantAndConsents_WalksByTheDesksOnce()
    {
        var message = Message(QueueKinds.Applications, Application());
        var before = await CountAsync();

        var first = Answer(await Door.HandleAsync(message, Now));
        var again = Answer(await Door.HandleAsync(message with { Redelivered = 1 }, Now));

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(before + 1, await CountAsync());
        var application = (await Services.GetRequiredService<IApplicationStore>().FindAsync(first.GetProperty("applicationId").GetGuid(), Now))!;
        Assert.Equal(first.GetProperty("scoreId").GetGuid(), application.ScoreId);
        Assert.Equal(QueueActors.Own.Id, application.CreatedBy);
    }

    [Fact]
    public async Task Application_WithoutConsent_IsLaidAsideAndNothingOfItIsKept()
    {
        var before = await CountAsync();

        var dead = Dead(await Door.HandleAsync(Message(QueueKinds.Applications, Application(withConsents: false)), Now));

        Assert.Equal("consent.missing", dead.Code);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task BureauUpdate_OfAnOpenApplication_ScoresItAgain()
    {
        var application = Answer(await Door.HandleAsync(Message(QueueKinds.Applications, Application()), Now));
        var id = application.GetProperty("applicationId").GetGuid();

        var updated = Answer(await Door.HandleAsync(Message(QueueKinds.BureauUpdates, new { scorecard = "consumer", application = id, values = new { inquiries_6m = 9, delinquencies_24m = 6 } }), Now));

        var now = (await Services.GetRequiredService<IApplicationStore>().FindAsync(id, Now))!;
        Assert.NotEqual(application.GetProperty("scoreId").GetGuid(), now.ScoreId);
        Assert.Equal(updated.GetProperty("scoreId").GetGuid(), now.ScoreId);
        Assert.Equal(ValueOrigin.Bureau, ValueSources.FromText(now.SourcesJson)["inquiries_6m"].Origin);
        using var values = JsonDocument.Parse(now.ValuesJson);
        Assert.Equal(9, values.RootElement.GetProperty("inquiries_6m").GetInt32());
    }

    [Fact]
    public async Task BureauUpdate_OfWhatABureauDoesNotKnowOrOfAWithdrawnApplication_IsLaidAside()
    {
        var id = Answer(await Door.HandleAsync(Message(QueueKinds.Applications, Application()), Now)).GetProperty("applicationId").GetGuid();

        var foreign = Dead(await Door.HandleAsync(Message(QueueKinds.BureauUpdates, new { scorecard = "consumer", application = id, values = new { monthly_income = 1 } }), Now));
        var store = Services.GetRequiredService<IApplicationStore>();
        var withdrawn = await Services.GetRequiredService<ApplicationDesk>().WithdrawAsync(id, (await store.FindAsync(id, Now))!.Version, QueueActors.Own, Now);
        Assert.True(withdrawn.Succeeded);
        var score = (await store.FindAsync(id, Now))!.ScoreId;
        var late = Dead(await Door.HandleAsync(Message(QueueKinds.BureauUpdates, new { scorecard = "consumer", application = id, values = new { inquiries_6m = 1 } }), Now));

        Assert.Equal(("field.source", "monthly_income"), (foreign.Code, foreign.Field));
        Assert.Equal("application.withdrawn", late.Code);
        Assert.Equal(score, (await store.FindAsync(id, Now))!.ScoreId);
    }

    [Fact]
    public async Task MarketSignal_ForAnEntity_AddsToWhatWasKnown()
    {
        var first = Answer(await Door.HandleAsync(Message(QueueKinds.MarketSignals, new { scorecard = "sme-esg", entity = "pt-maju", values = new { gdp_growth = 5.1, credit_spread_bps = 240 } }), Now));
        Answer(await Door.HandleAsync(Message(QueueKinds.MarketSignals, new { scorecard = "sme-esg", entity = "pt-maju", values = new { credit_spread_bps = 310 } }), Now));

        var row = (await Services.GetRequiredService<FeatureDesk>().FindAsync("sme-esg", "pt-maju", null, QueueActors.Own, Now)).Value;

        Assert.Equal("pt-maju", first.GetProperty("entity").GetString());
        Assert.Equal([("credit_spread_bps", "310"), ("gdp_growth", "5.1")], row.Fields.Where(field => field.Text is not null).Select(field => (field.Name, field.Text!)).Order());
        var foreign = Dead(await Door.HandleAsync(Message(QueueKinds.MarketSignals, new { scorecard = "sme-esg", entity = "pt-maju", values = new { revenue = 1 } }), Now));
        Assert.NotEqual("", foreign.Code);
    }

    [Theory]
    [InlineData("not json", "body.invalid")]
    [InlineData("""{"scorecard":"consumer","values":{},"colour":"red"}""", "field.unknown")]
    [InlineData("""{"scorecard":"nobody","legalBasis":"contract","values":{}}""", "scorecard.notFound")]
    [InlineData("""{"scorecard":"consumer","values":{}}""", "")]
    [InlineData("""{"scorecard":"consumer","legalBasis":"contract","values":{},"client":"0192f0c1-0000-7000-8000-000000000009"}""", "client.unknown")]
    [InlineData("""{"scorecard":"consumer","values":{},"amount":5}""", "applicant.missing")]
    public async Task Application_ThatCannotBe_IsLaidAsideWithItsReason(string body, string code)
    {
        var dead = Dead(await Door.HandleAsync(new QueueMessage(QueueKinds.Applications, $"bad{Interlocked.Increment(ref _number)}", Encoding.UTF8.GetBytes(body)), Now));

        if (code.Length > 0) Assert.Equal(code, dead.Code);
        Assert.NotEqual("", dead.Message);
    }

    [Fact]
    public async Task Message_WithoutIdentityOrTooLong_IsLaidAside()
    {
        Assert.Equal("message.id", Dead(await Door.HandleAsync(new QueueMessage(QueueKinds.Applications, "", "{}"u8.ToArray()), Now)).Code);
        Assert.Equal("body.tooLarge", Dead(await Door.HandleAsync(new QueueMessage(QueueKinds.Applications, "long", new byte[2 << 20]), Now)).Code);
        Assert.Equal("body.encoding", Dead(await Door.HandleAsync(new QueueMessage(QueueKinds.Applications, "odd", new byte[] { 0xFF, 0xFE, 0x7B }), Now)).Code);
    }

    private static QueueMessage Message(string kind, object body) => new(kind, $"m{Interlocked.Increment(ref _number)}", JsonSerializer.SerializeToUtf8Bytes(body));

    private static JsonElement Answer(QueueVerdict verdict)
    {
        if (verdict is QueueVerdict.Dead dead) Assert.Fail(dead.Reason.ToString());
        using var answer = JsonDocument.Parse(Assert.IsType<QueueVerdict.Done>(verdict).Answer!.Value);
        return answer.RootElement.Clone();
    }

    private static DeadReason Dead(QueueVerdict verdict) => Assert.IsType<QueueVerdict.Dead>(verdict).Reason;

    private static object Application(bool withConsents = true)
    {
        var number = Interlocked.Increment(ref _number);
        var definition = ConsumerModel.Definition;
        return new
        {
            scorecard = "consumer",
            applicant = new { name = $"Sari Dewi {number}", email = $"sari{number}@example.id", phone = $"+62812{number:D8}", nationalId = number.ToString("D16", CultureInfo.InvariantCulture), language = "id" },
            consents = withConsents
                ? new { purposes = definition.Consent.RequiredForScore, sources = definition.Sources.Where(source => source.NeedsConsent).Select(source => source.Name), textVersion = definition.Version, language = "id", channel = "api" }
                : null,
            values = Values(withPersonal: true),
            amount = 12_000_000,
            termMonths = 12,
        };
    }

    private static Dictionary<string, object?> Values(bool withPersonal = false)
    {
        var record = ConsumerModel.Applicants(1, seed: 5)[0];
        var form = new StatelessForm(ConsumerModel.Definition);
        using var json = JsonDocument.Parse(InputRecordJson.ToText(record));
        return json.RootElement.EnumerateObject().Where(value => withPersonal || (!form.Personal.Contains(value.Name) && !form.Ignored.Contains(value.Name)))
            .ToDictionary(value => value.Name, value => (object?)value.Value.Clone());
    }

    private async Task<int> CountAsync() => (await Services.GetRequiredService<IApplicationStore>().SearchAsync(new ApplicationQuery { PageSize = 1 }, Now)).Total;
}
