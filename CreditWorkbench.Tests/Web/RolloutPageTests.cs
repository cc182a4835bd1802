using System.Text.RegularExpressions;
using Bunit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Store;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Components.Pages.Run.Alerts;
using CreditWorkbench.Web.Components.Pages.Run.Rollouts;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Parts of the pages of rollouts and alerts.</summary>
public sealed partial class RolloutPageTests : BunitContext
{
    [Fact]
    public void Steering_WithoutANote_DoesNothing()
    {
        using var culture = new InCulture("en");

        var card = Steering(RolloutStoreTests.NewRollout(), _ => { });

        Assert.All(card.FindAll("#steer-set, #steer-promote button, #steer-back button, #steer-end button"), button => Assert.True(button.HasAttribute("disabled")));
    }

    [Fact]
    public void Steering_SliderMovedAndSet_AsksForThatShareOnce()
    {
        using var culture = new InCulture("en");
        var acts = new List<SteeringAct>();
        var card = Steering(RolloutStoreTests.NewRollout(), acts.Add);

        card.Find("#steer-share").Input("55");
        card.Find("#steer-why").Input("Wider.");
        card.Find("#steer-set").Click();

        Assert.Equal([new SteeringAct(SteeringKind.Share, 55, "Wider.")], acts);
        Assert.Equal("", card.Find("#steer-why").GetAttribute("value") ?? "");
    }

    [Fact]
    public void Steering_ShareAsItIs_CannotBeSetAgain()
    {
        using var culture = new InCulture("en");
        var card = Steering(RolloutStoreTests.NewRollout(), _ => { });

        card.Find("#steer-why").Input("Why not.");

        Assert.True(card.Find("#steer-set").HasAttribute("disabled"));
        Assert.False(card.Find("#steer-back button").HasAttribute("disabled"));
    }

    [Fact]
    public void Steering_RollBack_IsAskedTwice()
    {
        using var culture = new InCulture("en");
        var acts = new List<SteeringAct>();
        var card = Steering(RolloutStoreTests.NewRollout(), acts.Add);

        card.Find("#steer-why").Input("Enough.");
        card.Find("#steer-back button").Click();
        Assert.Empty(acts);
        card.Find("#steer-back button.danger").Click();

        Assert.Equal(SteeringKind.RollBack, Assert.Single(acts).Kind);
    }

    [Theory]
    [InlineData("en", "0.75")]
    [InlineData("id", "0,75")]
    public void ChangeLimits_OneFieldTyped_AsksForThatLimitAndLeavesTheOthersAsTheyAre(string language, string typed)
    {
        using var culture = new InCulture(language);
        var acts = new List<SteeringAct>();
        var rollout = RolloutStoreTests.NewRollout() with { Guardrails = new RolloutGuardrails { ApprovalGap = 0.07, ErrorShare = 0.014, Confirmations = 3 } };
        var card = Render<ChangeLimits>(parameters => parameters.Add(card => card.Rollout, rollout).Add(card => card.OnAct, acts.Add));

        Assert.True(card.Find("#change-set").HasAttribute("disabled"));
        card.Find("#change-groups").Change(typed);
        card.Render(parameters => parameters.Add(card => card.Rollout, rollout with { })); // the page looked again meanwhile
        card.Find("#change-why").Input("Fewer groups than thought.");
        card.Find("#change-set").Click();

        var act = Assert.Single(acts);
        Assert.Equal((SteeringKind.Limits, "Fewer groups than thought."), (act.Kind, act.Note));
        Assert.Equal(rollout.Guardrails with { GroupRatio = 0.75 }, act.Limits);
        Assert.Equal("", card.Find("#change-why").GetAttribute("value") ?? "");
    }

    [Fact]
    public void ChangeLimits_RolloutChangedByAnother_ShowsTheNewLimits()
    {
        using var culture = new InCulture("en");
        var rollout = RolloutStoreTests.NewRollout();
        var card = Render<ChangeLimits>(parameters => parameters.Add(card => card.Rollout, rollout));

        card.Find("#change-latency").Change("soon");
        card.Render(parameters => parameters.Add(card => card.Rollout, rollout with { Guardrails = rollout.Guardrails with { LatencyMilliseconds = 320 }, RowVersion = rollout.RowVersion + 1 }));

        Assert.Equal("320", card.Find("#change-latency").GetAttribute("value"));
    }

    [Theory]
    [InlineData("en", "Broken", "Waits for cases", "\u221220.0 % points", "1 of 2 looks")]
    [InlineData("id", "Dilanggar", "Menunggu kasus", "\u221220,0 poin %", "1 dari 2 pemeriksaan")]
    public void Limits_BrokenAndWaiting_AreSaidWithTheirFigures(string language, string broken, string waiting, string gap, string streak)
    {
        using var culture = new InCulture(language);
        var counts = new List<RolloutCount>();
        foreach (var (arm, approved) in new[] { (RolloutArm.Champion, 700), (RolloutArm.Challenger, 500) })
        {
            counts.Add(new(arm, RolloutMeasures.Run, 0, 1_000));
            counts.Add(new(arm, RolloutMeasures.Decision, (int)Recommendation.Approve, approved));
            counts.Add(new(arm, RolloutMeasures.Decision, (int)Recommendation.Decline, 1_000 - approved));
            counts.Add(new(arm, RolloutMeasures.Latency, RolloutMeasures.LatencyBin(TimeSpan.FromMilliseconds(5)), 1_000));
        }

        var figures = new RolloutFigures(Sample.Moment, ArmFigures.Of(counts, RolloutArm.Champion), ArmFigures.Of(counts, RolloutArm.Challenger), 0, []);
        var readings = GuardrailJudge.Judge(new RolloutGuardrails(), figures).Select(reading => reading.Verdict == GuardrailVerdict.Broken ? reading with { Streak = 1 } : reading);
        var watched = new WatchedRollout(RolloutStoreTests.NewRollout(), figures, [.. readings]);

        var limits = Render<RolloutLimits>(parameters => parameters.Add(limits => limits.Watched, watched));
        var sides = Render<RolloutSides>(parameters => parameters.Add(sides => sides.Watched, watched).Add(sides => sides.Zone, TimeZoneInfo.Utc));

        var approval = Plain(limits.Find("#guardrail-Approval").TextContent);
        Assert.All([broken, gap, streak], text => Assert.Contains(text, approval, StringComparison.Ordinal));
        Assert.Contains(waiting, limits.Find("#guardrail-Groups").TextContent, StringComparison.Ordinal);
        Assert.Equal(6, sides.FindAll("tbody tr").Count);
    }

    [Fact]
    public void SwapSet_Twin_HasARowPerPlaceAndAnOriginAndIsSafeAsCsv()
    {
        using var culture = new InCulture("en");
        var pair = new RolloutPair
        {
            Id = Guid.CreateVersion7(),
            RolloutId = Guid.Empty,
            At = Sample.Moment,
            IssuedBy = RolloutArm.Champion,
            SubjectId = Guid.CreateVersion7(),
            Champion = new(480, "D", 0.2, Recommendation.Decline, 10, ["A1"]),
            Challenger = new(650, "B", 0.03, Recommendation.Approve, 2, []),
        };
        var report = SwapSets.Of([pair], new Dictionary<Guid, bool> { [pair.SubjectId] = false }, new Dictionary<string, IReadOnlyDictionary<Guid, string>>());
        var rollout = RolloutStoreTests.NewRollout() with { Challenger = "=cmd@1" };

        var twin = SwapSetTwin.Of(report, rollout);
        var table = Render<SwapSetFigures>(parameters => parameters.Add(table => table.Report, report));

        Assert.Equal(["1", "100.0", "20.0", "3.0", "0 of 1", "10", "2"], twin.Rows[(int)SwapPlace.In].Skip(1));
        Assert.Equal(4, table.FindAll("tbody tr").Count);
        Assert.DoesNotContain(Csv.Write(twin.Columns, twin.Rows, twin.Origin).Split('\n'), line => line.StartsWith('='));
    }

    [Theory]
    [InlineData("en", "trust@2 was taken back: Approval rate")]
    [InlineData("id", "trust@2 ditarik kembali: Tingkat persetujuan")]
    public void Alert_OfARollBack_IsASentenceWithALink(string language, string sentence)
    {
        using var culture = new InCulture(language);
        var alert = new Alert
        {
            Id = Guid.CreateVersion7(),
            Kind = "rollout.rolledBack",
            Severity = AlertSeverity.Critical,
            Key = "k",
            SubjectId = "0197f000-0000-7000-8000-0000000000aa",
            Facts = new Dictionary<string, string> { ["challenger"] = "trust@2", ["guardrail"] = "Approval" },
            RaisedAt = Sample.Moment,
            LastAt = Sample.Moment,
        };

        Assert.Equal(sentence, AlertWords.Of(alert));
        Assert.Equal("/rollouts/0197f000-0000-7000-8000-0000000000aa", AlertWords.LinkOf(alert));
        Assert.Equal("drift.score", AlertWords.Of(alert with { Kind = "drift.score" }));
    }

    private IRenderedComponent<RolloutSteering> Steering(Rollout rollout, Action<SteeringAct> act) =>
        Render<RolloutSteering>(parameters => parameters.Add(card => card.Rollout, rollout).Add(card => card.OnAct, act));

    private static string Plain(string text) => Spaces().Replace(text, " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
