using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Scoring;

public sealed class ScoringModelTests
{
    private static readonly FeatureProgram Program = SampleScorecard.ProgramOf(SampleScorecard.Binary, features: 1);

    [Fact]
    public void Score_BinaryModel_CarriesMarginThroughCalibrationToPoints()
    {
        var model = Binary(new PlattCalibrator(2.0, -1.0), null);

        var score = model.Score([0.7f]);

        Assert.Equal(0.5, score.Margin);
        Assert.Equal(0.0, score.CalibratedLogOdds);
        Assert.Equal(0.5, score.Pd);
        Assert.Equal(ReproducibleMath.Logistic(0.5), score.RawPd);
        Assert.Equal(388, score.Issued);
        Assert.Equal("E", score.Grade);
        Assert.Equal("high", score.RiskLevel);
        Assert.Null(score.RiskCategory);
    }

    [Fact]
    public void Score_SecondCalibrator_GivesPdAndLeavesPoints()
    {
        var model = Binary(PlattCalibrator.Identity, new IsotonicCalibrator([-1, 1], [0.1, 0.3]));

        var score = model.Score([0.7f]);

        Assert.Equal(0.25, score.Pd, 12);
        Assert.Equal(ReproducibleMath.Logistic(0.5), score.ScalePd);
    }

    [Fact]
    public void Score_OrdinalModel_FollowsZ()
    {
        var ensemble = Ensembles.Of(1, Link.Ordinal, Aggregation.Mean, 0, Ensembles.Stump(0, 0.5f, 760, 430));
        var model = new ScoringModel(SampleScorecard.ProgramOf(SampleScorecard.Ordinal, features: 1), ensemble, PlattCalibrator.Identity, new IsotonicCalibrator([400, 800], [0.9, 0.02]), new RiskCategoryCuts([690, 520]));

        var (good, bad) = (model.Score([0.2f]), model.Score([0.7f]));

        Assert.Equal((820, "A", "low", 0), (good.Issued, good.Grade, good.RiskLevel, good.RiskCategory));
        Assert.Equal((360, "E", "high", 2), (bad.Issued, bad.Grade, bad.RiskLevel, bad.RiskCategory));
        Assert.True(good.Pd < bad.Pd);
        Assert.True(double.IsNaN(good.CalibratedLogOdds));
    }

    [Fact]
    public void RiskLevelOf_NamedBandsOfPd_ReadsTheIssuedInteger()
    {
        var definition = SampleScorecard.Binary with
        {
            RiskLevels = [new("Low", SampleScorecard.Text("Low", "Rendah"), 0.05), new("High", SampleScorecard.Text("High", "Tinggi"), 1.0)],
        };
        var model = new ScoringModel(SampleScorecard.ProgramOf(definition, features: 1), Ensembles.Of(1, Link.LogOdds, Aggregation.Sum, 0, Ensembles.Stump(0, 0.5f, -1, 1)), PlattCalibrator.Identity, null, null);

        Assert.Equal(["Low", "Low", "High", "High"], new[] { 900, 600, 599, 300 }.Select(model.RiskLevelOf));
    }

    [Fact]
    public void ScoringModel_PartsThatDoNotFit_AreRefused()
    {
        var ensemble = Ensembles.Of(1, Link.LogOdds, Aggregation.Sum, 0, Ensembles.Stump(0, 0.5f, -1, 1));

        Assert.Throws<ArgumentException>(() => new ScoringModel(SampleScorecard.ProgramOf(SampleScorecard.Binary, features: 2), ensemble, PlattCalibrator.Identity, null, null));
        Assert.Throws<ArgumentException>(() => new ScoringModel(Program, ensemble, new PlattCalibrator(-1, 0), null, null));
        Assert.Throws<ArgumentException>(() => new ScoringModel(SampleScorecard.ProgramOf(SampleScorecard.Ordinal, features: 1), ensemble, PlattCalibrator.Identity, null, null));
    }

    private static ScoringModel Binary(PlattCalibrator calibrator, IsotonicCalibrator? pd) =>
        new(Program, Ensembles.Of(1, Link.LogOdds, Aggregation.Sum, 0, Ensembles.Stump(0, 0.5f, -0.5, 0.5)), calibrator, pd, null);
}
