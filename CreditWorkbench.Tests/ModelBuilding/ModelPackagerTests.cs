using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class ModelPackagerTests
{
    [Fact]
    public void Pack_HonestModel_HoldsEverythingThatScoringAndExplanationNeed()
    {
        var result = Train(new Applicants());

        var package = Pack(result).Value;

        Assert.Equal(100, package.ExplanationBackground.Rows);
        Assert.InRange(package.ReasonBackground.Rows, ReasonBackground.MinRows, ReasonBackground.MaxRows);
        Assert.Equal(1_600, package.ReferenceScores.Length);
        Assert.Equal(package.ReferenceScores.Order(), package.ReferenceScores);
        Assert.Equal(3, package.Confidence!.Refits);
        Assert.All(package.Confidence.Deviations, deviation => Assert.InRange(deviation, 0.5, 60));
        Assert.Equal((1_600L, 1, "boosting"), (package.Lineage.Rows, package.Lineage.Seed, package.Lineage.Family));
    }

    [Fact]
    public void Pack_ReasonBackground_ScoresAtOrJustAboveTheCutOff()
    {
        var result = Train(new Applicants(6_000));

        var background = Pack(result).Value.ReasonBackground;

        var row = new float[background.Columns.Count];
        for (var i = 0; i < background.Rows; i++)
        {
            background.CopyRow(i, row);
            Assert.InRange(result.Model.Scoring.Score(row).Issued, result.Definition.Policy.ApproveFrom, result.Definition.Policy.ApproveFrom + 25);
        }
    }

    [Fact]
    public void Pack_LeakNotAcknowledged_IsRefused()
    {
        var outcome = Pack(Train(new Applicants { Leaking = true }));

        Assert.Contains(outcome.Problems, problem => problem.Code == "training.leakage");
    }

    [Fact]
    public void Pack_OrdinalModel_HasCutsAndFallingPd()
    {
        var request = new Applicants(3_000) { Ordinal = true }.Request();
        var definition = request.Definition with { Policy = request.Definition.Policy with { ApproveFrom = 640, DeclineBelow = 560 } };

        var package = Pack(Train(request with { Definition = definition })).Value;

        Assert.Equal(2, package.CategoryCuts.Count);
        var pd = Assert.IsType<IsotonicCalibrator>(package.PdCalibrator).Probabilities;
        Assert.True(pd[0] >= pd[^1]);
    }

    private static TrainingResult Train(Applicants applicants) => Train(applicants.Request(Applicants.Quick with { Choose = "boosting" }));

    private static TrainingResult Train(TrainingRequest request) => new TrainingLine(TimeProvider.System).Run(request, null, TestContext.Current.CancellationToken).Value;

    private static Outcome<ModelPackage> Pack(TrainingResult result) => ModelPackager.Pack(result, "0.1.0", null, TestContext.Current.CancellationToken);
}
