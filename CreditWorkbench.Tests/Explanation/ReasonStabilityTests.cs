using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class ReasonStabilityTests
{
    private static readonly Sketch Burden = Ensembles.Stump(0, 0.4f, -0.5, 0.5);
    private static readonly Sketch Tenure = Ensembles.Stump(2, 12, 0.3, -0.3);
    private static readonly Sketch NoTenure = Ensembles.Stump(2, 12, 0.001, -0.001);

    [Fact]
    public void Judge_SameModelAgain_MarksNothing()
    {
        var marks = Marks(Background(_ => 0.2), refits: [.. Enumerable.Repeat(Ensemble(Burden, Tenure), 5)]);

        Assert.Equal([("R1", false), ("R3", false)], marks);
    }

    /// <summary>Four of five refits are as many as a reason needs.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Judge_RefitsWithoutTheReason_MarkItWhenTheyAreMoreThanAFifth(int without, bool isFragile)
    {
        var marks = Marks(Background(_ => 0.2), [.. Enumerable.Repeat(Ensemble(Burden, NoTenure), without), .. Enumerable.Repeat(Ensemble(Burden, Tenure), 5 - without)]);

        Assert.Equal([("R1", false), ("R3", isFragile)], marks);
    }

    /// <summary>Under a refit that turns a factor round, its reason changes sign and is gone.</summary>
    [Fact]
    public void Judge_RefitsThatTurnTheReasonRound_MarkIt()
    {
        var marks = Marks(Background(_ => 0.2), [Ensemble(Ensembles.Stump(0, 0.4f, 0.5, -0.5), Tenure)]);

        Assert.Equal([("R1", true), ("R3", false)], marks);
    }

    /// <summary>Every other row of the background shares the case's burden: against that half there is no such reason.</summary>
    [Fact]
    public void Judge_HalfOfTheBackgroundLikeTheCase_MarksTheReason()
    {
        var marks = Marks(Background(row => row % 2 == 0 ? 0.2 : 0.9), refits: []);

        Assert.Equal([("R3", false), ("R1", true)], marks);
    }

    [Fact]
    public void Judge_ReasonOfARule_IsLeftAlone()
    {
        var model = Model(Burden, Tenure);
        Reason[] reasons = [new("P1", SampleScorecard.Text("Younger than 18.", "Di bawah 18 tahun."), null, 0, FromRule: true)];

        Assert.Same(reasons, new ReasonStability(model, Background(_ => 0.2), []).Judge(Values(model, 0.9, 3), reasons));
    }

    private static (string, bool)[] Marks(FeatureMatrix background, IReadOnlyList<Predictor> refits)
    {
        var model = Model(Burden, Tenure);
        var values = Values(model, dsr: 0.9, tenure: 3);
        var reasons = new ScoreExplainer(model, background, background).Reasons(values, model.Score(values.Model), new PolicyOutcome(Recommendation.Decline, null, [], 700, 500, null, [])).Value;

        return [.. new ReasonStability(model, background, refits).Judge(values, reasons).Select(reason => (reason.Code, reason.IsFragile!.Value))];
    }

    private static TreeEnsemble Ensemble(params Sketch[] trees) => Ensembles.Of(4, Link.LogOdds, Aggregation.Sum, 0, trees);

    private static ScoringModel Model(params Sketch[] trees) => new(SampleScorecard.ProgramOf(SampleScorecard.Binary), Ensemble(trees), PlattCalibrator.Identity, null, null);

    private static FeatureMatrix Background(Func<int, double> dsr)
    {
        var program = SampleScorecard.ProgramOf(SampleScorecard.Binary);
        return program.Run([.. Enumerable.Range(0, 60).Select(row => Record(dsr(row), tenure: 60))]);
    }

    private static FeatureValues Values(ScoringModel model, double dsr, double tenure) => model.Program.Evaluate(Record(dsr, tenure));

    private static InputRecord Record(double dsr, double tenure) =>
        new(SampleScorecard.Binary, [InputValue.OfNumber(dsr), InputValue.OfNumber(5_000_000), InputValue.OfNumber(tenure), InputValue.OfNumber(0), InputValue.OfNumber(30)]);
}
