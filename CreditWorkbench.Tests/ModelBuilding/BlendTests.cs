using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class BlendTests
{
    [Fact]
    public void Weights_ThreeMembers_ReachTheLeastLossOfAGrid()
    {
        var (logOdds, bad) = Voices(600);

        var weights = SimplexWeights.Fit(logOdds, bad);

        var least = double.PositiveInfinity;
        for (var i = 0; i <= 100; i++)
        {
            for (var j = 0; j <= 100 - i; j++) least = Math.Min(least, SimplexWeights.Loss(logOdds, [i / 100.0, j / 100.0, (100 - i - j) / 100.0], bad));
        }

        Assert.True(SimplexWeights.Loss(logOdds, weights, bad) <= least + 1e-9);
        Assert.Equal(1.0, weights.Sum(), 1e-12);
        Assert.All(weights, weight => Assert.InRange(weight, 0.0, 1.0));
    }

    [Fact]
    public void Weights_MemberThatIsWorseThanSilence_GetsNone()
    {
        var (logOdds, bad) = Voices(600);

        // Too timid by far, so that the whole vote is still too little.
        var timid = Array.ConvertAll(logOdds[0], value => 0.2 * value);

        var weights = SimplexWeights.Fit([timid, Array.ConvertAll(timid, value => -value)], bad);

        Assert.Equal([1.0, 0.0], weights);
    }

    [Fact]
    public void Weights_OneMember_HasTheWholeVote() => Assert.Equal([1.0], SimplexWeights.Fit([[0.3, -0.2, 1.0]], [true, false, true]));

    [Fact]
    public void Run_Blend_VotesWithCalibratedMembers()
    {
        var result = Run(Applicants.Quick with { Candidates = ["blend"], Folds = 3 }).Value;

        var blend = Assert.IsType<BlendPredictor>(result.Model.Predictor);
        Assert.InRange(blend.Members.Count, 1, 2);
        Assert.Equal(1.0, blend.Members.Sum(member => member.Weight), 1e-9);
        Assert.All(blend.Members, member => Assert.True(member.Slope > 0));
        Assert.Equal(1.0, result.Importance.Sum(entry => entry.GainShare), 1e-9);
        Assert.InRange(result.Winner.Auc.Mean, 0.68, 0.95);
    }

    [Fact]
    public void Run_Blend_IsNotFittedOnTheRowsItIsJudgedBy()
    {
        var request = new Applicants().Request(Applicants.Quick with { Candidates = ["blend"], Folds = 3 });
        var definition = request.Definition;
        var candidate = CandidateCatalogue.Of("blend", definition, request.Settings).Value;
        var rows = new TrainingRows(request.Dataset.Features.Take([.. Enumerable.Range(0, 800)]), request.Dataset.Outcomes[..800], new bool[request.Dataset.Features.Columns.Count]);

        // The same training rows give the same bytes whatever the other rows are: nothing but them is at hand.
        var first = candidate.Fit(rows, 1, 1, TestContext.Current.CancellationToken);
        var second = candidate.Fit(rows, 1, 2, TestContext.Current.CancellationToken);

        Assert.Equal(PredictorEncoding.ToBytes(first), PredictorEncoding.ToBytes(second));
    }

    [Theory]
    [InlineData("boosting, blend", "training.blend.blend")]
    [InlineData("boosting,gradient", "training.candidate.unknown")]
    public void Run_MembersThatCannotVote_AreRefusedByName(string members, string code)
    {
        var settings = (Applicants.Quick with { Candidates = ["blend"] }).With("blend", new Dictionary<string, string> { ["members"] = members });

        Assert.Equal(code, Assert.Single(Run(settings).Problems).Code);
    }

    private static Outcome<TrainingResult> Run(TrainingSettings settings) => new TrainingLine(TimeProvider.System).Run(new Applicants().Request(settings), null, TestContext.Current.CancellationToken);

    // One truth, three noisy readings of it.
    private static (double[][] LogOdds, bool[] Bad) Voices(int rows)
    {
        var state = 11L;
        var (logOdds, bad) = (new[] { new double[rows], new double[rows], new double[rows] }, new bool[rows]);
        for (var row = 0; row < rows; row++)
        {
            var truth = 6 * Samples.Next(ref state) - 4;
            bad[row] = Samples.Next(ref state) < 1 / (1 + Math.Exp(-truth));
            for (var member = 0; member < 3; member++) logOdds[member][row] = truth + (member + 1) * (Samples.Next(ref state) - 0.5) * 2;
        }

        return (logOdds, bad);
    }
}
