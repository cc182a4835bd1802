using CreditWorkbench.Core.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class CandidateParametersTests
{
    [Fact]
    public void FromJson_FamiliesAndNumbers_KeepTheirText()
    {
        var parameters = CandidateParameters.FromJson("""{"boosting":{"trees":300,"learningRate":0.1},"forest":{"classWeight":"none"}}""").Value;

        Assert.Equal("0.1", parameters["boosting"]["learningRate"]);
        Assert.Equal("none", parameters["forest"]["classWeight"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("""{"boosting":3}""")]
    public void FromJson_NotSuchAnObject_IsAProblem(string json) => Assert.Equal("training.parameters.json", Assert.Single(CandidateParameters.FromJson(json).Problems).Code);

    [Fact]
    public void OfBoosting_NamedParameters_OverrideDefaults()
    {
        var settings = CandidateParameters.OfBoosting(new Dictionary<string, string> { ["trees"] = "300", ["depth"] = "6", ["learningRate"] = "0.1", ["bins"] = "255" }).Value;

        Assert.Equal((300, 6, 0.1, 255), (settings.Trees, settings.Depth, settings.LearningRate, settings.Bins));
    }

    [Fact]
    public void OfForest_UnknownAndImpossible_AreBothNamed()
    {
        var problems = CandidateParameters.OfForest(new Dictionary<string, string> { ["leaves"] = "31", ["depth"] = "0" }).Problems;

        Assert.Equal([("training.parameter.value", "forest.depth"), ("training.parameter.unknown", "forest.leaves")], problems.Select(problem => (problem.Code, problem.Field)));
    }

    [Fact]
    public void OfBoosting_MinLeaf_IsKeptThroughTheHessian() =>
        Assert.Equal(7.5, CandidateParameters.OfBoosting(new Dictionary<string, string> { ["minLeaf"] = "30" }).Value.MinHessian);
}
