using System.Text.Json;
using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class TrainingLineTests
{
    [Fact]
    public void Run_HonestRows_YieldsAJudgedModelThatMayBeRegistered()
    {
        var result = Run(new Applicants().Request()).Value;

        Assert.InRange(result.Winner.Auc.Mean, 0.68, 0.95);
        Assert.Equal(5, result.Winner.Auc.Folds.Count);
        Assert.Equal(["boosting", "forest"], result.Candidates.Select(candidate => candidate.Family).Order());
        Assert.True(result.Candidates[0].Auc.Mean >= result.Candidates[1].Auc.Mean);
        Assert.Equal(1_600, result.Split.Train.Length + result.Split.Calibration.Length + result.Split.Test.Length);
        Assert.InRange(result.Split.Test.Length, 198, 202);
        Assert.InRange(result.Test.Report.Auc, result.Test.Report.AucLow, result.Test.Report.AucHigh);
        Assert.Empty(result.Refusals);
        Assert.DoesNotContain(result.Leakage, finding => finding.Severity == LeakageSeverity.Error);
        Assert.Equal("gender", Assert.Single(result.Fairness).Column);
        Assert.Equal(1.0, result.Importance.Sum(entry => entry.GainShare), 1e-9);
    }

    [Fact]
    public void Run_InferredDictionary_PutsTheCutOffWhereTheThresholdIs()
    {
        var result = Run(new Applicants().Request()).Value;

        var policy = result.Definition.Policy;
        Assert.Equal(policy.ApproveFrom - 50, policy.DeclineBelow);
        Assert.All(result.HeldOutScores.Take(result.Split.Calibration.Length).Where(score => score.Pd <= result.Threshold.Pd), score => Assert.True(score.Issued >= policy.ApproveFrom));
    }

    [Fact]
    public void Run_OtherNumberOfThreads_GivesTheSameBytes()
    {
        var one = Run(new Applicants().Request()).Value;
        var two = Run(new Applicants().Request(Applicants.Quick with { Threads = 2 })).Value;

        Assert.Equal(PredictorEncoding.ToBytes(one.Model.Predictor), PredictorEncoding.ToBytes(two.Model.Predictor));
        Assert.Equal(one.Winner.Auc.Folds, two.Winner.Auc.Folds);
        Assert.Equal(one.Test.Report, two.Test.Report);
    }

    [Theory]
    [InlineData("platt", null)]
    [InlineData("isotonic", typeof(IsotonicCalibrator))]
    [InlineData("beta", typeof(BetaCalibrator))]
    public void Run_Calibration_GivesAPdThatRisesWithTheLogOdds(string kind, Type? calibrator)
    {
        var result = Run(new Applicants().Request(Applicants.Quick with { Candidates = ["boosting"], Calibration = kind, Folds = 3, ConfidenceRefits = 0 })).Value;

        Assert.Equal(calibrator, result.Model.Scoring.PdCalibrator?.GetType());
        var byLogOdds = result.HeldOutScores.OrderBy(score => score.CalibratedLogOdds).Select(score => score.Pd).ToList();
        Assert.Equal(byLogOdds.Order(), byLogOdds);
    }

    [Fact]
    public void Run_NoRowsForCalibration_CalibratesOnOutOfFoldRowsOfTheTrainingPart()
    {
        var settings = Applicants.Quick with { Split = new SplitPlan(0.8, 0.0, 0.2), Balance = "smote", Folds = 3, ConfidenceRefits = 0 };

        var result = Run(new Applicants(4_000).Request(settings)).Value;

        Assert.Empty(result.Split.Calibration);
        Assert.Equal(result.Split.Test.Length, result.HeldOutScores.Length);
        var baseRate = result.Split.Test.Average(row => (double)result.Request.Dataset.Outcomes[row]);
        var error = Math.Sqrt(baseRate * (1 - baseRate) / result.Split.Test.Length);
        Assert.InRange(result.HeldOutScores.Average(score => score.Pd), baseRate - 2 * error, baseRate + 2 * error);
        Assert.True(ModelPackager.Pack(result, "test", null, TestContext.Current.CancellationToken).Succeeded);
    }

    [Fact]
    public void Run_OtherSeed_GivesOtherFolds() =>
        Assert.NotEqual(Run(new Applicants().Request()).Value.Winner.Auc.Folds, Run(new Applicants().Request(Applicants.Quick with { Seed = 2 })).Value.Winner.Auc.Folds);

    [Fact]
    public void Run_ShuffledOutcomes_StaysWithinThreeStandardErrorsOfAHalf()
    {
        var request = new Applicants(3_000) { Shuffled = true }.Request();

        var result = Run(request).Value;

        // Standard error of an AUC without signal: sqrt((n + 1) / (12 x goods x bads)), over the rows of the training part.
        var (n, bads) = (0.75 * 3_000, 0.75 * request.Dataset.Positives);
        Assert.InRange(result.Winner.Auc.Mean, 0.5 - 3 * Math.Sqrt((n + 1) / (12 * bads * (n - bads))), 0.5 + 3 * Math.Sqrt((n + 1) / (12 * bads * (n - bads))));
    }

    [Fact]
    public void Run_CopyOfTheOutcome_IsReportedInFullButRefusedForRegistration()
    {
        var result = Run(new Applicants { Leaking = true }.Request()).Value;

        Assert.Contains(result.Leakage, finding => finding is { Column: "collections", Kind: LeakageKinds.TargetCopy, Blocks: true });
        Assert.Contains(result.Leakage, finding => finding is { Column: "collections", Kind: LeakageKinds.DominantFeature });
        Assert.Contains(result.Refusals, problem => problem is { Code: "training.leakage", Field: "collections" });
        Assert.True(result.Test.Report.Auc > 0.99);
    }

    [Fact]
    public void Run_AcknowledgedLeak_MayBeRegistered()
    {
        Acknowledgement[] taken = [new("collections", "targetcopy"), new("collections", "dominantFeature")];

        var result = Run(new Applicants { Leaking = true }.Request(Applicants.Quick with { Acknowledged = taken })).Value;

        Assert.Empty(result.Refusals);
        Assert.Contains(result.Leakage, finding => finding is { Kind: LeakageKinds.TargetCopy, Acknowledged: true });
    }

    [Fact]
    public void Run_StrictWithLeak_RefusesToTrain()
    {
        var outcome = Run(new Applicants { Leaking = true }.Request(Applicants.Quick with { Strict = true }));

        Assert.False(outcome.Succeeded);
        Assert.Equal(("training.leakage", "collections"), (outcome.Problems[0].Code, outcome.Problems[0].Field));
    }

    [Fact]
    public void Run_OrdinalTarget_HasFallingPdAndClassAccuracy()
    {
        var result = Run(new Applicants { Ordinal = true }.Request()).Value;

        var byZ = result.HeldOutScores.OrderBy(score => score.Margin).ToList();
        Assert.True(byZ.Zip(byZ.Skip(1)).All(pair => pair.First.Pd >= pair.Second.Pd));
        Assert.InRange(result.Winner.Auc.Mean, 0.6, 0.95);
        Assert.InRange(result.Test.Report.Accuracy, 0.5, 0.95);
        Assert.Null(result.Test.Report.EceBefore);
        Assert.All(result.HeldOutScores, score => Assert.InRange(score.Issued, 300, 900));
    }

    [Fact]
    public void Run_FittedTransformAndWithdrawableSource_FitsInsideTheFoldsAndTellsTheWorthOfTheSource()
    {
        var result = Run(new Applicants { Fitted = true }.Request()).Value;

        var effect = Assert.Single(result.WithoutSource);
        Assert.Equal("bank", effect.Source);
        Assert.True(effect.Auc < result.Test.Report.Auc);
        Assert.Equal(1, result.Model.Scoring.Program.Fitted.Count);
    }

    [Fact]
    public void Run_CandidateThatIsNotThere_IsRefusedByName()
    {
        var outcome = Run(new Applicants(200).Request(Applicants.Quick with { Candidates = ["forest", "gradient"] }));

        Assert.Equal("training.candidate.unknown", Assert.Single(outcome.Problems).Code);
    }

    [Theory]
    [InlineData("scorecard")]
    [InlineData("logistic")]
    [InlineData("boosting")]
    [InlineData("boosting-leafwise")]
    [InlineData("forest")]
    [InlineData("blend")]
    [InlineData("network")]
    public void Run_EveryFamily_LearnsWithTheDirectionsOfTheDictionaryAndTheSameBytesOnTwoThreads(string family)
    {
        var settings = Applicants.Quick with { Candidates = [family], Folds = 3, ConfidenceRefits = 0 };

        var one = Run(new Applicants().Request(settings)).Value;
        var two = Run(new Applicants().Request(settings with { Threads = 2 })).Value;

        Assert.Equal(family, one.Model.Predictor.Family);
        Assert.InRange(one.Winner.Auc.Mean, 0.68, 0.95);
        Assert.Equal(PredictorEncoding.ToBytes(one.Model.Predictor), PredictorEncoding.ToBytes(two.Model.Predictor));
        Assert.Equal(family == "network" ? ["training.reasons.sampled"] : [], one.Notes.Select(note => note.Code));
    }

    [Fact]
    public void Run_NetworkBesideOthers_IsComparedButNotChosenAsBest()
    {
        var result = Run(new Applicants().Request(Applicants.Quick with { Candidates = ["network", "logistic"], Folds = 3, ConfidenceRefits = 0 })).Value;

        Assert.Equal("logistic", result.Winner.Family);
        Assert.Equal(["logistic", "network"], result.Candidates.Select(candidate => candidate.Family).Order());
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var progress = new Reports(report =>
        {
            if (report is { Phase: TrainingPhase.CrossValidation, Done: 1 }) source.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(() => new TrainingLine(TimeProvider.System).Run(new Applicants().Request(), progress, source.Token));
    }

    [Fact]
    public void Json_AnyResult_HasTheContractedMembers()
    {
        var result = Run(new Applicants().Request()).Value;

        using var json = JsonDocument.Parse(TrainingResultJson.Write(result));

        var root = json.RootElement;
        string[] members = ["scorecard", "model", "modelVersion", "rows", "positives", "split", "cv", "candidates", "test", "outOfTime", "leakage", "quality", "fairness", "seconds"];
        Assert.All(members, member => Assert.True(root.TryGetProperty(member, out _), member));
        Assert.Equal(result.Overall.Mean, root.GetProperty("cv").GetProperty("auc").GetProperty("mean").GetDouble());
        Assert.Equal(5, root.GetProperty("cv").GetProperty("auc").GetProperty("folds").GetArrayLength());
        Assert.Equal(result.Candidates[1].Auc.Sd, root.GetProperty("candidates")[1].GetProperty("cv").GetProperty("auc").GetProperty("sd").GetDouble());
        string[] figures = ["auc", "aucLow", "aucHigh", "gini", "ks", "prAuc", "accuracy", "precision", "recall", "f1", "specificity", "brier", "logLoss", "eceBefore", "eceAfter", "threshold", "topDecileLift"];
        Assert.Equal(figures, root.GetProperty("test").EnumerateObject().Select(property => property.Name));
    }

    private static Outcome<TrainingResult> Run(TrainingRequest request) => new TrainingLine(TimeProvider.System).Run(request, null, TestContext.Current.CancellationToken);

    private sealed class Reports(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
