using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class TunerTests : IDisposable
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Nothing = new Dictionary<string, IReadOnlyDictionary<string, string>>();
    private readonly string _folder = Directory.CreateTempSubdirectory("tuning").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Configurations_AreDrawnBySeedAndNumberAlone()
    {
        var third = ParameterSpace.Of("boosting", 3, 7);

        Assert.Equal(third, ParameterSpace.Of("boosting", 3, 7));
        Assert.NotEqual(third, ParameterSpace.Of("boosting", 3, 8));
        Assert.NotEqual(third, ParameterSpace.Of("boosting", 4, 7));
        Assert.Empty(ParameterSpace.Of("boosting", 0, 7));
    }

    [Theory]
    [InlineData("boosting")]
    [InlineData("boosting-leafwise")]
    [InlineData("forest")]
    [InlineData("scorecard")]
    [InlineData("logistic")]
    [InlineData("network")]
    public void Configurations_AllFitTheirFamily(string family)
    {
        var definition = new Applicants(200).Request().Definition;

        Assert.All(Enumerable.Range(0, 200), number =>
            Assert.True(CandidateCatalogue.Of(family, definition, new TrainingSettings().With(family, ParameterSpace.Of(family, number, 1))).Succeeded));
    }

    [Fact]
    public void Run_Budget_JudgesTheDefaultsFirstAndKeepsTheBest()
    {
        var result = Run(Settings(30), new SteppingClock(1.0));

        var tuning = Assert.IsType<TuningReport>(result.Tuning);
        var defaults = Assert.Single(tuning.Board, entry => entry.Configuration == 0);
        Assert.Equal(3, defaults.Folds);
        Assert.True(tuning.Board[0].MeanAuc >= defaults.MeanAuc);
        Assert.Equal(tuning.Board[0].Parameters, tuning.Chosen["boosting"]);
        Assert.Equal(Enumerable.Range(1, tuning.Board.Count), tuning.Board.Select(entry => entry.Rank));
        // What tuning found is what is cross-validated, trained and reported.
        Assert.Equal(tuning.Board[0].MeanAuc, result.Candidates[0].Auc.Mean, 1e-12);
    }

    [Fact]
    public void Run_Halving_GivesMoreFoldsToTheBetterOfEachBracket()
    {
        var tuning = Run(Settings(60), new SteppingClock(1.0)).Tuning!;

        var bracket = tuning.Board.Where(entry => entry.Configuration is >= 1 and <= 9).ToList();
        Assert.Equal(9, bracket.Count);
        Assert.Equal(1, bracket.Count(entry => entry.Folds == 3));
        Assert.Equal(2, bracket.Count(entry => entry.Folds == 2));
        Assert.Equal(6, bracket.Count(entry => entry.Folds == 1));
    }

    [Fact]
    public void Run_Killed_GoesOnWhereItStoppedInTheSameSequence()
    {
        var (whole, cut) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "cut"));
        Run(Settings(40) with { TuningRecord = new TuningFile(whole) }, new SteppingClock(1.0));
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var trials = 0;
        var progress = new Reports(report =>
        {
            if (report.Phase == TrainingPhase.Tuning && ++trials == 5) killed.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => new TrainingLine(new SteppingClock(1.0)).Run(Request(Settings(40) with { TuningRecord = new TuningFile(cut) }), progress, killed.Token));
        File.AppendAllText(cut, "{\"family\":\"boosting\",\"conf");

        Run(Settings(40) with { TuningRecord = new TuningFile(cut) }, new SteppingClock(1.0));

        var (first, second) = (Trials(whole), Trials(cut));
        var shared = Math.Min(first.Count, second.Count);
        Assert.True(shared > 5);
        Assert.Equal(first.Take(shared), second.Take(shared));
        Assert.Equal(second.Count, second.Distinct().Count());
    }

    [Fact]
    public void Run_CheckpointOfOtherRows_IsRefused()
    {
        var file = Path.Combine(_folder, "record");
        Run(Settings(10) with { TuningRecord = new TuningFile(file) }, new SteppingClock(1.0));

        var outcome = new TrainingLine(new SteppingClock(1.0)).Run(Request(Settings(10) with { Seed = 2, TuningRecord = new TuningFile(file) }), null, TestContext.Current.CancellationToken);

        Assert.Equal("training.checkpoint.other", Assert.Single(outcome.Problems).Code);
    }

    [Fact]
    public void Open_FileThatIsNoRecord_IsRefused()
    {
        var file = Path.Combine(_folder, "record");
        File.WriteAllText(file, "run\nincome;debt\n");

        var outcome = new TuningFile(file).Open("run");

        Assert.Equal("training.checkpoint.unreadable", Assert.Single(outcome.Problems).Code);
    }

    [Fact]
    public void Run_FamilyThatIsLeftAlone_IsNotTuned()
    {
        var result = Run(Settings(10) with { Untuned = ["boosting"] }, new SteppingClock(1.0));

        Assert.Null(result.Tuning);
    }

    [Fact]
    public void Run_ParametersOfTheDictionary_AreTheFirstConfigurationAndStayWhereNothingIsDrawn()
    {
        var given = new Dictionary<string, string> { ["trees"] = "20", ["bins"] = "31" };

        var tuning = Run(Settings(30).With("boosting", given), new SteppingClock(1.0)).Tuning!;

        Assert.Equal(given, Assert.Single(tuning.Board, entry => entry.Configuration == 0).Parameters);
        Assert.All(tuning.Board, entry => Assert.Equal("31", entry.Parameters["bins"]));
    }

    [Fact]
    public void Run_BudgetOfNothing_IsRefused()
    {
        var outcome = new TrainingLine(TimeProvider.System).Run(Request(Settings(0)), null, TestContext.Current.CancellationToken);

        Assert.Equal("training.budget", Assert.Single(outcome.Problems).Code);
    }

    [Fact]
    public void Json_TunedResult_HasItsLeaderBoard()
    {
        var result = Run(Settings(20), new SteppingClock(1.0));

        using var json = JsonDocument.Parse(TrainingResultJson.Write(result));

        var tuning = json.RootElement.GetProperty("tuning");
        Assert.Equal(20, tuning.GetProperty("budgetSeconds").GetDouble());
        var leader = tuning.GetProperty("board")[0];
        Assert.Equal((1, "boosting", 3), (leader.GetProperty("rank").GetInt32(), leader.GetProperty("family").GetString(), leader.GetProperty("folds").GetInt32()));
        Assert.Equal(result.Tuning!.Board[0].MeanAuc, leader.GetProperty("cv").GetProperty("auc").GetProperty("mean").GetDouble());
    }

    private static TrainingSettings Settings(double budget) => new() { Candidates = ["boosting"], Folds = 3, BudgetSeconds = budget, Parameters = Nothing, ConfidenceRefits = 0 };

    private static TrainingRequest Request(TrainingSettings settings) => new Applicants(400).Request(settings);

    private static TrainingResult Run(TrainingSettings settings, TimeProvider clock) => new TrainingLine(clock).Run(Request(settings), null, TestContext.Current.CancellationToken).Value;

    private static List<(string, int, int, double)> Trials(string file) =>
    [
        .. File.ReadAllLines(file).Skip(1).Select(line => JsonSerializer.Deserialize<TuningTrial>(line, JsonSerializerOptions.Web)!).Select(trial => (trial.Family, trial.Configuration, trial.Fold, trial.Auc)),
    ];

    private sealed class Reports(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
