using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class BalanceTests
{
    [Theory]
    [InlineData("boosting", "weights", "auto")]
    [InlineData("boosting", "weights", "none")]
    [InlineData("boosting", "smote", "auto")]
    [InlineData("forest", "weights", "auto")]
    [InlineData("forest", "smote", "auto")]
    [InlineData("blend", "smote", "auto")]
    [InlineData("blend", "weights", "none")]
    [InlineData("logistic", "weights", "none")]
    [InlineData("logistic", "smote", "auto")]
    [InlineData("scorecard", "weights", "auto")]
    [InlineData("scorecard", "smote", "auto")]
    [InlineData("boosting-leafwise", "weights", "none")]
    [InlineData("network", "weights", "auto")]
    public void Run_BalancedTrainingRows_MeanPdIsTheBaseRateWithinTwoStandardErrors(string family, string balance, string calibration)
    {
        var settings = Applicants.Quick with { Candidates = [family], Balance = balance, Calibration = calibration, Folds = 3, ConfidenceRefits = 0 };

        var result = Run(new Applicants(4_000).Request(settings)).Value;

        // Held-out rows: balanced neither by weights nor by synthetic rows.
        var rows = result.Split.Calibration.Concat(result.Split.Test).ToList();
        var baseRate = rows.Average(row => (double)result.Request.Dataset.Outcomes[row]);
        var error = Math.Sqrt(baseRate * (1 - baseRate) / rows.Count);
        Assert.InRange(result.HeldOutScores.Average(score => score.Pd), baseRate - 2 * error, baseRate + 2 * error);
    }

    [Fact]
    public void Run_BalanceOnlyTouchesTrainingRows_TheSplitHasEveryRowOnceAndNoOther()
    {
        var settings = Applicants.Quick with { Candidates = ["boosting"], Balance = "smote", Folds = 3, ConfidenceRefits = 0 };

        var result = Run(new Applicants().Request(settings)).Value;

        int[] all = [.. result.Split.Train, .. result.Split.Calibration, .. result.Split.Test];
        Assert.Equal(Enumerable.Range(0, 1_600), all.Order());
        Assert.Equal(result.Split.Train.Length, result.TrainingRows.Classes.Length);
    }

    [Fact]
    public void Run_SmoteWithoutCalibration_IsRefusedBecauseNothingWouldPutTheRateRight() =>
        Assert.Equal("training.balance.uncorrected", Assert.Single(Run(new Applicants(200).Request(Applicants.Quick with { Balance = "smote", Calibration = "none" })).Problems).Code);

    [Fact]
    public void Run_UnknownBalance_IsRefused() =>
        Assert.Equal("training.balance.unknown", Assert.Single(Run(new Applicants(200).Request(Applicants.Quick with { Balance = "oversample" })).Problems).Code);

    private static Outcome<TrainingResult> Run(TrainingRequest request) => new TrainingLine(TimeProvider.System).Run(request, null, TestContext.Current.CancellationToken);
}
