using System.Text;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Decisioning;

/// <summary>The stateless door: what it takes, what it refuses, and what it keeps.</summary>
public sealed class PredictionDeskTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_GoodValues_KeepsWhoAskedWhatWasScoredAndByWhich()
    {
        var door = await StatelessDoor.OpenAsync();

        var answer = (await door.AskAsync("""{"reference":"order 7","legalBasis":["contract","legalObligation"],"values":{"months_clean":36,"income":10000000,"instalments":3e6}}""")).Value;

        var kept = Assert.Single(door.Kept);
        Assert.Equal(answer.Record, kept);
        Assert.Equal((StatelessDoor.Client.Id, "order 7", "contract,legalObligation", PredictionKind.Predict), (kept.ClientId, kept.Reference, kept.LegalBasis, kept.Kind));
        Assert.Equal("""{"income":10000000,"instalments":3000000,"months_clean":36}""", Encoding.UTF8.GetString(kept.Values.Span));
        Assert.Equal(ContentHash.Of(kept.Values.Span), kept.InputHash);
        Assert.Equal(BitConverter.DoubleToInt64Bits(-2.25), kept.MarginBits);
        Assert.Equal(door.Clock.GetUtcNow(), kept.At);
        Assert.Equal(7, kept.Id.Version);
    }

    [Fact]
    public async Task Predict_WithoutTheScope_IsRefused()
    {
        var door = await StatelessDoor.OpenAsync();
        var actor = StatelessDoor.Client with { Permissions = new HashSet<Permission> { Permission.Score } };

        Assert.Equal("permission.missing", (await door.AskAsync(StatelessDoor.Good, actor: actor)).Problems.Single().Code);
        Assert.Empty(door.Kept);
    }

    [Theory]
    [InlineData("""{"values":{"income":1,"instalments":1}}""", null, "legalBasis.missing")]
    [InlineData("""{"values":{"income":1,"instalments":1},"legalBasis":[]}""", null, "legalBasis.missing")]
    [InlineData("""{"values":{"income":1,"instalments":1},"legalBasis":"because"}""", "contract", "legalBasis.unknown")]
    [InlineData("""{"values":{"income":1,"instalments":1},"legalBasis":["contract","because"]}""", "contract", "legalBasis.unknown")]
    [InlineData("""{"values":{"income":1,"instalments":1},"legalBasis":7}""", "contract", "field.type")]
    [InlineData("""{"values":{"income":1,"instalments":1},"legalBasis":["contract",[7,[8]],"x"]}""", "contract", "field.type")]
    public async Task Predict_WithoutALegalBasis_IsRefused(string body, string? ofTheClient, string code)
    {
        var door = await StatelessDoor.OpenAsync();

        Assert.Equal(code, (await door.AskAsync(body, legalBasis: ofTheClient)).Problems.Single().Code);
        Assert.Empty(door.Kept);
    }

    [Fact]
    public async Task Predict_ClientWithALegalBasis_NeedsToNameNone()
    {
        var door = await StatelessDoor.OpenAsync();

        var answer = (await door.AskAsync("""{"values":{"income":10000000,"instalments":3000000}}""", legalBasis: "contract")).Value;

        Assert.Equal("contract", answer.Record.LegalBasis);
    }

    [Fact]
    public async Task Predict_ManyFaults_AreToldAtOnceWithFieldAndRemedy()
    {
        var door = await StatelessDoor.OpenAsync();

        var outcome = await door.AskAsync("""{"values":{"incom":5,"instalments":-1,"months_clean":"12","xyzzy":1},"top":3,"legalBasis":"contract"}""");

        Assert.Equal(
            [("income", "field.required"), ("instalments", "field.range"), ("months_clean", "field.type"), ("incom", "field.unknown"), ("xyzzy", "field.unknown"), ("top", "field.unknown")],
            outcome.Problems.Select(problem => (problem.Field!, problem.Code)));
        Assert.All(outcome.Problems, problem => Assert.NotNull(problem.Remedy));
        Assert.Equal("Did you mean income?", outcome.Problems[3].Remedy);
        Assert.Empty(door.Kept);
    }

    [Theory]
    [InlineData("""{"income":1e400,"instalments":1}""", "income", "field.notNumber")]
    [InlineData("""{"income":"1","instalments":1}""", "income", "field.type")]
    [InlineData("""{"income":true,"instalments":1}""", "income", "field.type")]
    [InlineData("""{"income":[1,[2]],"instalments":1}""", "income", "field.type")]
    [InlineData("""{"income":{"a":{"b":1}},"instalments":1}""", "income", "field.type")]
    [InlineData("""{"income":null,"instalments":1}""", "income", "field.required")]
    [InlineData("""{"instalments":1}""", "income", "field.required")]
    [InlineData("""{"income":1,"instalments":1,"income":2}""", "income", "field.duplicate")]
    [InlineData("""{"income":1,"instalments":1,"months_clean":1.5}""", "months_clean", "field.notInteger")]
    [InlineData("""{"income":1,"instalments":1,"months_clean":121}""", "months_clean", "field.range")]
    public async Task Predict_BadValue_IsRefusedByField(string values, string field, string code)
    {
        var door = await StatelessDoor.OpenAsync();

        var outcome = await door.AskAsync($$"""{"values":{{values}},"legalBasis":"contract"}""");

        Assert.Equal((field, code), (outcome.Problems.Single().Field, outcome.Problems.Single().Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"values":{"income":1}""")]
    [InlineData("""{"values":{"income":NaN,"instalments":1}}""")]
    [InlineData("""{"values":{"income":1,"instalments":1}} x""")]
    [InlineData("""{"values":{"income":1,"instalments":1},"reference":"\ud800"}""")]
    [InlineData("""{"values":{"income":"\ud800","instalments":1}}""")]
    [InlineData("""{"values":{"\ud800":1}}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"values":{"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}}""")]
    public async Task Predict_NoJson_IsRefusedAsAWhole(string body)
    {
        var door = await StatelessDoor.OpenAsync();

        Assert.Equal("body.invalid", (await door.AskAsync(body, legalBasis: "contract")).Problems.Single().Code);
    }

    [Theory]
    [InlineData("""{"legalBasis":"contract"}""", "values", "field.required")]
    [InlineData("""{"values":7}""", "values", "field.type")]
    [InlineData("""{"values":[{"income":1}]}""", "values", "field.type")]
    [InlineData("""{"values":{"income":1,"instalments":1},"values":{}}""", "values", "field.duplicate")]
    [InlineData("""{"values":{"income":1,"instalments":1},"reference":7}""", "reference", "field.type")]
    [InlineData("""{"values":{"income":1,"instalments":1},"reference":"a\u0000b"}""", "reference", "field.tooLong")]
    [InlineData("""{"values":{"income":1,"instalments":1},"else":{"deep":[1]}}""", "else", "field.unknown")]
    public async Task Predict_BadField_IsRefusedByName(string body, string field, string code)
    {
        var door = await StatelessDoor.OpenAsync();

        var outcome = await door.AskAsync(body, legalBasis: "contract");

        Assert.Equal((field, code), (outcome.Problems.Single().Field, outcome.Problems.Single().Code));
    }

    [Fact]
    public async Task Predict_SpecialCode_IsTheCodeAndNotANumber()
    {
        var door = await StatelessDoor.OpenAsync();

        var byNumber = (await door.AskAsync("""{"values":{"income":10000000,"instalments":3000000,"months_clean":-1},"legalBasis":"contract"}""")).Value;
        var byTag = (await door.AskAsync("""{"values":{"income":10000000,"instalments":3000000,"months_clean":"no_file"},"legalBasis":"contract"}""")).Value;

        Assert.Equal(InputValueKind.Special, byNumber.Case.Served.Scored.Record["months_clean"].Kind);
        Assert.Equal(byNumber.Record.InputHash, byTag.Record.InputHash);
    }

    [Fact]
    public void Form_PersonalData_IsRefusedAndNotDemanded_AndAuditValuesAreLeftOut()
    {
        var form = new StatelessForm(ScorecardFiles.Read(ScorecardFiles.Seed("consumer.yaml")));

        var refused = form.Read("""{"values":{"full_name":"Sari","email":"s@example.com"}}"""u8, PredictionKind.Predict).Problems;

        Assert.Equal(["email", "full_name"], refused.Where(problem => problem.Code == "field.personal").Select(problem => problem.Field!).Order());
        Assert.DoesNotContain(refused, problem => problem.Field is "national_id" or "phone");
        Assert.DoesNotContain("Sari", string.Join(' ', refused));
        Assert.Contains("gender", form.Ignored);
        Assert.DoesNotContain("age_years", form.Ignored); // a rule with a lawful ground reads it
    }

    [Fact]
    public void Form_PersonalDataThatTheModelWorksWith_IsTaken()
    {
        var form = new StatelessForm(ScorecardFiles.Read(ScorecardFiles.Seed("loan-default.yaml")));

        Assert.DoesNotContain("Age_Days", form.Personal);
        Assert.Contains("Client_Gender", form.Ignored);
    }

    [Fact]
    public async Task Predict_LogIsFull_ThereIsNoAnswer()
    {
        var door = await StatelessDoor.OpenAsync();
        door.LogIsFull = true;

        Assert.Equal("predictions.unavailable", (await door.AskAsync(StatelessDoor.Good)).Problems.Single().Code);
    }

    [Fact]
    public async Task Predict_SameValuesAgain_ComeFromTheCacheAndAreKeptAgain()
    {
        var door = await StatelessDoor.OpenAsync();
        var first = (await door.AskAsync(StatelessDoor.Good)).Value;

        var second = (await door.AskAsync("""{"legalBasis":"consent","reference":"b","values":{"months_clean":36.0,"instalments":3e6,"income":1e7}}""")).Value;
        door.Clock.Advance(TimeSpan.FromHours(24));
        var later = (await door.AskAsync(StatelessDoor.Good)).Value;

        Assert.Equal((false, true, false), (first.Record.FromCache, second.Record.FromCache, later.Record.FromCache));
        Assert.Equal(first.Record.MarginBits, second.Record.MarginBits);
        Assert.Equal(3, door.Kept.Select(kept => kept.Id).Distinct().Count());
    }

    [Fact]
    public async Task Predict_AfterAPromotion_IsScoredAnewByTheNewRelease()
    {
        var door = await StatelessDoor.OpenAsync();
        await door.AskAsync(StatelessDoor.Good);
        await door.PromoteAsync(TinyPackage.Other);

        var answer = (await door.AskAsync(StatelessDoor.Good)).Value;

        Assert.Equal(("tiny@2", false), (answer.Record.Release.Model, answer.Record.FromCache));
    }

    [Fact]
    public async Task Cache_ManyCases_NeverHoldsMoreThanItMay()
    {
        var door = await StatelessDoor.OpenAsync(new PredictionCacheLimits(10, TimeSpan.FromHours(1)));

        for (var i = 0; i < 50; i++) await door.AskAsync($$"""{"values":{"income":{{1_000_000 + i}},"instalments":1},"legalBasis":"contract"}""");

        Assert.InRange(door.Cache.Count, 1, 11);
        Assert.True((await door.AskAsync("""{"values":{"income":1000049,"instalments":1},"legalBasis":"contract"}""")).Value.Record.FromCache);
    }

    [Fact]
    public async Task Predict_DeclineByScore_StandsOnlyWithAReason()
    {
        var door = await StatelessDoor.OpenAsync();
        const string Body = """{"values":{"income":10000000,"instalments":5000000,"months_clean":12},"legalBasis":"contract"}""";

        var plain = (await door.AskAsync(Body)).Value;
        var explained = (await door.AskAsync(Body, PredictionKind.Explain)).Value;

        Assert.Equal(Recommendation.Decline, plain.Case.Served.Scored.Policy.Recommendation);
        Assert.Equal(explained.Record.Decision, plain.Record.Decision);
        Assert.Equal(explained.Explained.Reasons.Select(reason => reason.Code), plain.Explained.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public async Task Explain_Bars_AddUpToTheUnroundedScore()
    {
        var door = await StatelessDoor.OpenAsync();

        var answer = (await door.AskAsync(StatelessDoor.Good, PredictionKind.Explain)).Value;

        var explanation = answer.Explained.Explanation!;
        Assert.Equal(answer.Case.Served.Scored.Score.Unrounded, explanation.BasePoints + explanation.Contributions.Sum(each => each.Points), 1e-9);
        Assert.Equal(AttributionMethod.Interventional, explanation.Method);
    }

    [Theory]
    [InlineData("\"method\":\"guess\"", "field.category")]
    [InlineData("\"top\":0", "field.range")]
    [InlineData("\"top\":\"3\"", "field.range")]
    public async Task Explain_BadOption_IsRefused(string option, string code)
    {
        var door = await StatelessDoor.OpenAsync();

        var outcome = await door.AskAsync(StatelessDoor.Good.Replace("{\"values\"", $"{{{option},\"values\"", StringComparison.Ordinal), PredictionKind.Explain);

        Assert.Equal(code, outcome.Problems.Single().Code);
    }

    [Fact]
    public async Task Roadmap_ToAGrade_IsProvedByReScoring()
    {
        var door = await StatelessDoor.OpenAsync();

        var answer = (await door.AskAsync("""{"values":{"income":10000000,"instalments":5000000,"months_clean":30},"targetGrade":"A","legalBasis":"contract"}""", PredictionKind.Roadmap)).Value;

        Assert.Equal(600, answer.Roadmap!.Target);
        Assert.True(answer.Roadmap.Outcome != RoadmapOutcome.Found || answer.Roadmap is { Verified: true, ScoreAfter: >= 600 });
        Assert.Equal(PredictionKind.Roadmap, Assert.Single(door.Kept).Kind);
    }

    [Theory]
    [InlineData("\"targetGrade\":\"Z\"")]
    [InlineData("\"targetScore\":200")]
    [InlineData("\"targetScore\":600,\"targetGrade\":\"A\"")]
    public async Task Roadmap_BadTarget_IsRefused(string target)
    {
        var door = await StatelessDoor.OpenAsync();

        var outcome = await door.AskAsync(StatelessDoor.Good.Replace("{\"values\"", $"{{{target},\"values\"", StringComparison.Ordinal), PredictionKind.Roadmap);

        Assert.Equal("roadmap.target", outcome.Problems.Single().Code);
    }

    [Fact]
    public async Task Records_OfAnotherClient_DoNotExist()
    {
        var door = await StatelessDoor.OpenAsync();
        var id = (await door.AskAsync(StatelessDoor.Good)).Value.Record.Id;
        var other = StatelessDoor.Client with { Id = Guid.CreateVersion7() };

        Assert.True((await door.Records.FindAsync(id, StatelessDoor.Client, Now)).Succeeded);
        Assert.Equal("prediction.notFound", (await door.Records.FindAsync(id, other, Now)).Problems.Single().Code);
        Assert.Equal("prediction.notFound", (await door.Records.ReplayAsync(id, other, Now)).Problems.Single().Code);
        Assert.Equal("prediction.notFound", (await door.Records.FindAsync(Guid.CreateVersion7(), StatelessDoor.Client, Now)).Problems.Single().Code);
    }

    [Fact]
    public async Task Replay_OfARecord_GivesTheSameBits_AndTellsWhenTheyDiffer()
    {
        var door = await StatelessDoor.OpenAsync();
        var record = (await door.AskAsync(StatelessDoor.Good)).Value.Record;
        await door.PromoteAsync(TinyPackage.Other);
        var altered = record with { Id = Guid.CreateVersion7(), MarginBits = BitConverter.DoubleToInt64Bits(-2.0), Release = record.Release with { NumericContract = 0 } };
        door.Kept.Add(altered);

        var same = (await door.Records.ReplayAsync(record.Id, StatelessDoor.Client, Now)).Value;
        var other = (await door.Records.ReplayAsync(altered.Id, Actor.System, Now)).Value;

        Assert.Equal((true, false, 0.0), (same.Equal, same.EngineChanged, same.MarginDifference));
        Assert.Equal((false, true, -0.25), (other.Equal, other.EngineChanged, other.MarginDifference));
        Assert.Equal(["prediction.replayed", "prediction.replayed"], door.Trail.Select(draft => draft.Kind));
    }

    [Fact]
    public void Writer_AnyRecord_WritesTheCanonicalBytes()
    {
        var definition = ScorecardFiles.Read(ScorecardFiles.Tiny);
        var record = new InputRecord(definition, [InputValue.OfNumber(0.1), InputValue.Missing, InputValue.OfSpecial(1)]);

        Assert.Equal(InputRecordJson.ToBytes(record), new RecordJsonWriter(definition).ToBytes(record));
    }
}
