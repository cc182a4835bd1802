using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Monitoring;

public sealed class SwapSetTests
{
    private static readonly string[] Codes = ["A1", "B2", "C3"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Of_RandomPairs_EqualsACountByHand()
    {
        var random = new Random(11);
        var pairs = Enumerable.Range(0, 400).Select(_ => Pair(random)).ToList();
        var bad = pairs.Where(_ => random.Next(3) > 0).ToDictionary(pair => pair.ApplicationId!.Value, _ => random.Next(4) == 0);
        var groups = pairs.ToDictionary(pair => pair.ApplicationId!.Value, _ => random.Next(2) == 0 ? "F" : "M");

        var report = SwapSets.Of(pairs, bad, new Dictionary<string, IReadOnlyDictionary<Guid, string>> { ["gender"] = groups });

        var swappedIn = pairs.Where(pair => pair.Champion.Decision != Recommendation.Approve && pair.Challenger.Decision == Recommendation.Approve).ToList();
        var cell = report[SwapPlace.In];
        Assert.Equal(swappedIn.Count, cell.Cases);
        Assert.Equal(swappedIn.Average(pair => pair.Champion.Pd), cell.ChampionPd!.Value, 12);
        Assert.Equal(swappedIn.Average(pair => pair.Challenger.Pd), cell.ChallengerPd!.Value, 12);
        Assert.Equal(swappedIn.Sum(pair => pair.Challenger.ExpectedLoss!.Value), cell.ChallengerLoss!.Value, 9);
        Assert.Equal(swappedIn.Count(pair => bad.ContainsKey(pair.ApplicationId!.Value)), cell.Observed.Rows);
        Assert.Equal(swappedIn.Count(pair => bad.GetValueOrDefault(pair.ApplicationId!.Value)), cell.Observed.Bads);
        Assert.True(cell.ObservedRange!.Value.Low < cell.Observed.BadRate && cell.Observed.BadRate < cell.ObservedRange.Value.High);
        Assert.Equal(400, report.Cells.Sum(one => one.Cases));
        Assert.Equal(1, report.Cells.Sum(one => one.Share), 12);
        Assert.Equal(report[SwapPlace.BothApprove].Share + report[SwapPlace.In].Share, report.ChallengerApproval!.Value, 12);
        var women = report.Groups.Single(group => group.Group == "F");
        Assert.Equal(pairs.Count(pair => groups[pair.ApplicationId!.Value] == "F" && SwapSets.PlaceOf(pair) == SwapPlace.Out), women.Cases[(int)SwapPlace.Out]);
        Assert.Equal(pairs.Count(pair => pair.Champion.Reasons.Take(1).SequenceEqual(pair.Challenger.Reasons.Take(1))) / 400.0, report.Reasons!.SameStrongest, 12);
        Assert.Equal(pairs.Average(pair => pair.Challenger.Score - pair.Champion.Score), report.MeanShift!.Value, 9);
    }

    [Fact]
    public void Of_NoPairs_SaysNothingInsteadOfZero()
    {
        var report = SwapSets.Of([], new Dictionary<Guid, bool>(), new Dictionary<string, IReadOnlyDictionary<Guid, string>>());

        Assert.Equal((0, null, null, null), (report.Cases, report.ChampionApproval, report.MeanShift, report.Reasons));
        Assert.All(report.Cells, cell => Assert.Equal((0, null, null), (cell.Cases, cell.ChampionPd, cell.ObservedRange)));
    }

    [Fact]
    public void Of_GroupOfAFew_IsNotNamed()
    {
        var random = new Random(5);
        var pairs = Enumerable.Range(0, 30).Select(_ => Pair(random)).ToList();
        var groups = pairs.Index().ToDictionary(pair => pair.Item.ApplicationId!.Value, pair => pair.Index < SwapSetReport.FewestOfAGroup - 1 ? "rare" : "usual");

        var report = SwapSets.Of(pairs, new Dictionary<Guid, bool>(), new Dictionary<string, IReadOnlyDictionary<Guid, string>> { ["gender"] = groups });

        Assert.Equal(["usual"], report.Groups.Select(group => group.Group));
    }

    [Fact]
    public async Task Preview_AndShadow_SeeTheSameCasesAlike()
    {
        using var folder = new TemporaryFolder();
        var clock = new TickingClock();
        var stage = await RolloutStage.OpenAsync(folder.Path, clock);
        await using var workbench = stage.Workbench;
        var application = await stage.ApplyAsync(1);
        await stage.ScoreAsync(application);
        var challenger = (await workbench.Registry.FindAsync("tiny@2", Cancellation)).Value;

        var preview = (await workbench.Get<SwapSetDesk>().PreviewAsync(challenger.ReleaseHash, People.Analyst, Cancellation)).Value;
        var rollout = await stage.StartAsync(RolloutMode.Shadow, 0);
        await stage.ScoreAsync(application);
        await stage.CompareAsync();
        var report = (await workbench.Get<SwapSetDesk>().OfRolloutAsync(rollout.Id, People.Analyst, Cancellation)).Value;

        Assert.Equal((1, 1), (preview.Cases, report.Cases));
        Assert.Equal(report.Cells.Select(cell => (cell.Cases, cell.ChallengerPd)), preview.Cells.Select(cell => (cell.Cases, cell.ChallengerPd)));
        Assert.Equal("permission.missing", (await workbench.Get<SwapSetDesk>().OfRolloutAsync(rollout.Id, People.Officer, Cancellation)).Problems.Single().Code);
    }

    private static RolloutPair Pair(Random random)
    {
        return new RolloutPair
        {
            Id = Guid.CreateVersion7(),
            RolloutId = Guid.Empty,
            At = DateTimeOffset.UnixEpoch,
            IssuedBy = RolloutArm.Champion,
            SubjectId = Guid.CreateVersion7(),
            ApplicationId = Guid.CreateVersion7(),
            Champion = Side(),
            Challenger = Side(),
        };

        PairedScore Side() => new(random.Next(300, 900), $"{random.Next(5)}", random.NextDouble(), (Recommendation)random.Next(3), random.NextDouble() * 100, [.. Codes.Where(_ => random.Next(2) == 0)]);
    }
}
