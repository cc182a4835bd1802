using System.Diagnostics.Metrics;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Decisioning;

/// <summary>Each step of serving is made to fail; the answer, the record and the metric say what replaced it.</summary>
public sealed class ServingChainTests
{
    public static TheoryData<string> WaysToFail => ["throws", "overflows", "gives no number"];

    [Fact]
    public async Task Score_NothingFails_HasNoWarning()
    {
        var door = await StatelessDoor.OpenAsync();

        var answer = (await door.AskAsync(StatelessDoor.Good)).Value;

        Assert.Equal((-2.25, "tiny@1"), (answer.Case.Served.Scored.Score.Margin, answer.Record.Release.Model));
        Assert.Empty(answer.Record.Warnings);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("gives no PD")]
    public async Task Score_CalibratorFails_StandsOnTheRawMarginAndSaysSo(string way)
    {
        var door = await StatelessDoor.OpenAsync();
        door.Engine.Scoring["tiny@1"] = way == "throws" ? FaultyEngine.Throws : FaultyEngine.GivesNoPd;
        using var counted = new Counted(Fallbacks.Raw);

        var answer = (await door.AskAsync(StatelessDoor.Good)).Value;

        var score = answer.Case.Served.Scored.Score;
        Assert.Equal((-2.25, -2.25), (score.Margin, score.CalibratedLogOdds));
        Assert.Equal(1 / (1 + Math.Exp(2.25)), score.Pd, 1e-12);
        Assert.Equal([Fallbacks.Raw], answer.Record.Warnings);
        Assert.Equal([Fallbacks.Raw], Assert.Single(door.Kept).Warnings);
        Assert.Equal(1, counted.Value);
    }

    [Theory, MemberData(nameof(WaysToFail))]
    public async Task Score_ModelFails_ThePreviousVersionScores(string way)
    {
        var door = await StatelessDoor.OpenAsync();
        await door.PromoteAsync(TinyPackage.Other);
        Break(door, "tiny@2", way);
        using var counted = new Counted(Fallbacks.Previous);

        var answer = (await door.AskAsync(StatelessDoor.Good)).Value;

        Assert.Equal(("tiny@1", Fallbacks.Previous), (answer.Record.Release.Model, Assert.Single(answer.Record.Warnings)));
        Assert.Equal(1, counted.Value);
    }

    [Theory, MemberData(nameof(WaysToFail))]
    public async Task Score_EveryVersionFails_RulesAloneReferWithConfidenceZero(string way)
    {
        var door = await StatelessDoor.OpenAsync();
        await door.PromoteAsync(TinyPackage.Other);
        Break(door, "tiny@1", way);
        Break(door, "tiny@2", way);
        using var counted = new Counted(Fallbacks.Baseline);

        var answer = (await door.AskAsync(StatelessDoor.Good)).Value;

        var scored = answer.Case.Served.Scored;
        Assert.Equal(("rules", Recommendation.Refer, 550), (answer.Record.Release.Model, answer.Record.Decision, scored.Score.Issued));
        Assert.Equal(("none", 0.0), (scored.Confidence.Kind, scored.Confidence.Value));
        Assert.Equal([Fallbacks.Baseline], answer.Record.Warnings);
        Assert.Equal(1, counted.Value);
    }

    [Fact]
    public async Task Score_EveryVersionFailsAndARuleFires_IsDeclinedByTheRule()
    {
        var door = await StatelessDoor.OpenAsync();
        Break(door, "tiny@1", "throws");

        var answer = (await door.AskAsync("""{"values":{"income":10000000,"instalments":7000000},"legalBasis":"contract"}""")).Value;

        Assert.Equal((Recommendation.Decline, 519, "P1"), (answer.Record.Decision, answer.Record.Issued, answer.Case.Served.Scored.Policy.DecidedByRule?.Rule.Code));
    }

    [Fact]
    public async Task Score_PackageCannotBeRead_ThePreviousVersionScores()
    {
        var door = await StatelessDoor.OpenAsync();
        var broken = await door.PromoteAsync(TinyPackage.Other);
        door.Models.Packages[broken.Id] = [1, 2, 3];

        var answer = (await door.AskAsync(StatelessDoor.Good)).Value;

        Assert.Equal(("tiny@1", Fallbacks.Previous), (answer.Record.Release.Model, Assert.Single(answer.Record.Warnings)));
    }

    [Fact]
    public async Task Score_NoPackageCanBeRead_RulesAloneDecide()
    {
        var door = await StatelessDoor.OpenAsync();
        foreach (var id in door.Models.Packages.Keys.ToList()) door.Models.Packages[id] = [1, 2, 3];

        var answer = (await door.AskAsync(StatelessDoor.Good)).Value;

        Assert.Equal(("rules", Fallbacks.Baseline), (answer.Record.Release.Model, Assert.Single(answer.Record.Warnings)));
        Assert.True((await door.Records.ReplayAsync(answer.Record.Id, StatelessDoor.Client, TestContext.Current.CancellationToken)).Value.Equal);
    }

    [Theory]
    [InlineData("throws", Fallbacks.Unexplained)]
    [InlineData("refuses", "explanation.notAdditive")]
    public async Task Explain_ExplanationFails_ThereIsAScoreWithoutOne(string way, string warning)
    {
        var door = await StatelessDoor.OpenAsync();
        door.Engine.Explaining = way == "throws" ? () => throw new DivideByZeroException() : () => new Problem("explanation.notAdditive", "It does not add up.");
        using var counted = new Counted(Fallbacks.Unexplained);

        var answer = (await door.AskAsync(StatelessDoor.Good, PredictionKind.Explain)).Value;

        Assert.Null(answer.Explained.Explanation);
        Assert.Equal((-2.25, warning), (answer.Case.Served.Scored.Score.Margin, Assert.Single(answer.Record.Warnings)));
        Assert.Equal(1, counted.Value);
    }

    [Fact]
    public async Task Score_AfterAFallback_IsNotRememberedSoThatTheModelAnswersAgain()
    {
        var door = await StatelessDoor.OpenAsync();
        door.Engine.Scoring["tiny@1"] = FaultyEngine.Throws;
        await door.AskAsync(StatelessDoor.Good);
        door.Engine.Scoring.Clear();

        var answer = (await door.AskAsync(StatelessDoor.Good)).Value;

        Assert.Empty(answer.Record.Warnings);
        Assert.False(answer.Record.FromCache);
    }

    [Fact]
    public async Task Score_WithoutAModel_IsRefusedAndKeepsNothing()
    {
        var door = new StatelessDoor();
        await door.Models.SaveScorecardAsync("tiny", TinyPackage.Model.Scorecard.SourceText, TinyPackage.Model.Scorecard.ScoringHash, TinyPackage.Model.Scorecard.PresentationHash, new(Actor.System, "scorecard.imported", "tiny", new Dictionary<string, string?>()), TestContext.Current.CancellationToken);
        using var counted = new Counted("model.none");

        var outcome = await door.AskAsync(StatelessDoor.Good);

        Assert.Equal("model.none", outcome.Problems.Single().Code);
        Assert.Equal("scorecard.notFound", (await door.AskAsync(StatelessDoor.Good, scorecard: "nobody")).Problems.Single().Code);
        Assert.Empty(door.Kept);
        Assert.Equal(1, counted.Value);
    }

    private static void Break(StatelessDoor door, string model, string way)
    {
        Func<ScoredCase, ScoredCase> fault = way switch { "throws" => FaultyEngine.Throws, "overflows" => FaultyEngine.Overflows, _ => FaultyEngine.GivesNoNumber };
        door.Engine.Scoring[model] = fault;
        door.Engine.Raw[model] = fault;
    }

    /// <summary>What the metric of fallbacks counts of a kind while this is open, on this test's own thread of work.</summary>
    private sealed class Counted : IDisposable
    {
        private static readonly AsyncLocal<Counted?> Mine = new();
        private readonly MeterListener _listener = new();
        private long _value;

        public Counted(string kind)
        {
            Mine.Value = this;
            _listener.InstrumentPublished = (instrument, listener) => { if (instrument.Name == "workbench_fallbacks_total") listener.EnableMeasurementEvents(instrument); };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => { if (Mine.Value == this && tags[0].Value as string == kind) Interlocked.Add(ref _value, value); });
            _listener.Start();
        }

        public long Value => Interlocked.Read(ref _value);

        public void Dispose() => _listener.Dispose();
    }
}
