using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Scoring;

public sealed class CompiledPolicyTests
{
    [Theory]
    [InlineData(17, Recommendation.Decline)]
    [InlineData(30, Recommendation.Approve)]
    public void Evaluate_RuleOverASensitiveInput_DecidesByItsValue(double age, Recommendation expected)
    {
        var (policy, model) = Build();
        var record = new InputRecord(model.Program.Definition, [InputValue.OfNumber(0.1), InputValue.Missing, InputValue.Missing, InputValue.Missing, InputValue.OfNumber(age)]);
        var values = model.Program.Evaluate(record);

        Assert.Equal(expected, policy.Evaluate(values, model.Score(values.Model)).Recommendation);
    }

    [Fact]
    public void Evaluate_AgeUnknown_DoesNotFire()
    {
        var (policy, model) = Build();
        var values = model.Program.Evaluate(new InputRecord(model.Program.Definition, [InputValue.OfNumber(0.1), .. Enumerable.Repeat(InputValue.Missing, 4)]));

        Assert.Null(policy.Evaluate(values, model.Score(values.Model)).Rules[0].Fired);
    }

    private static (CompiledPolicy, ScoringModel) Build()
    {
        var young = new BinaryOperation(0, "<", new NameReference(0, "age"), new NumberLiteral(0, 18));
        var definition = SampleScorecard.Binary with
        {
            Policy = SampleScorecard.Binary.Policy with { Rules = [new("P1", young, "age < 18", RuleVerdict.Decline, "legal capacity", null)] },
        };
        var ensemble = Ensembles.Of(4, Link.LogOdds, Aggregation.Sum, 0, Ensembles.Stump(0, 0.5f, -6, 6));
        var model = new ScoringModel(SampleScorecard.ProgramOf(definition), ensemble, PlattCalibrator.Identity, null, null);
        return (new CompiledPolicy(model), model);
    }
}
