using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class RefitTests
{
    [Fact]
    public void Run_ForestOnNewRows_KeepsTheOldTreesAndAddsNewOnes()
    {
        var parent = Parent("forest");

        var result = Refit(parent, new Applicants(900, seed: 7)).Value;

        var (old, grown) = ((TreeEnsemble)parent.Package.Predictor, (TreeEnsemble)result.Model.Predictor);
        Assert.Equal(old.TreeCount + 25, grown.TreeCount);
        Assert.Equal(old.Nodes.Feature, grown.Nodes.Feature[..old.Nodes.Count]);
        var row = new float[old.FeatureCount];
        result.HeldOut.CopyRow(0, row);
        Assert.Equal(Votes(grown, row, 0, old.TreeCount), old.Quantity(row), 1e-12);
    }

    [Theory]
    [InlineData("boosting")]
    [InlineData("boosting-leafwise")]
    public void Run_BoostingOnNewRows_KeepsTheOldTreesAndCorrectsThem(string family)
    {
        var parent = Parent(family);

        var result = Refit(parent, new Applicants(900, seed: 7)).Value;

        var (old, grown) = ((TreeEnsemble)parent.Package.Predictor, (TreeEnsemble)result.Model.Predictor);
        Assert.Equal((family, old.BaseValue), (grown.Family, grown.BaseValue));
        Assert.Equal(old.TreeCount + (family == "boosting" ? 40 : 100), grown.TreeCount);
        Assert.Equal(old.Nodes.Value, grown.Nodes.Value[..old.Nodes.Count]);
    }

    [Fact]
    public void Run_Refit_ComparesWithItsParentOnTheTestRowsAndNamesIt()
    {
        var parent = Parent("forest");

        var result = Refit(parent, new Applicants(900, seed: 7)).Value;

        var refit = Assert.IsType<RefitComparison>(result.Refit);
        Assert.Equal(("applicants@1", result.Split.Test.Length, false), (refit.Parent, refit.Rows, refit.SameData));
        Assert.Equal(refit.Auc - refit.ParentAuc, refit.Difference, 1e-12);
        Assert.Equal(result.Test.Report.Auc, refit.Auc, 1e-12);
        Assert.InRange(refit.Difference, refit.Low, refit.High);
        var package = ModelPackager.Pack(result, "test", null, TestContext.Current.CancellationToken).Value;
        using var lineage = JsonDocument.Parse(package.Lineage.ParametersJson);
        Assert.Equal("applicants@1", lineage.RootElement.GetProperty("parent").GetProperty("model").GetString());
        using var report = JsonDocument.Parse(package.ReportJson);
        Assert.Equal("hash", report.RootElement.GetProperty("lineage").GetProperty("parent").GetProperty("package").GetString());
        Assert.Equal(refit.Rows, report.RootElement.GetProperty("refit").GetProperty("rows").GetInt32());
    }

    [Fact]
    public void Run_RowsThatTheParentWasBuiltOn_AreNamedAsSuch() => Assert.True(Refit(Parent("forest"), new Applicants()).Value.Refit!.SameData);

    [Fact]
    public void Run_FittedTransforms_StayThoseOfTheParent()
    {
        var parent = Parent("forest", fitted: true);

        var result = Refit(parent, new Applicants(900, seed: 7) { Fitted = true }).Value;

        Assert.Equal(parent.Package.Transforms.ToBytes(), result.Model.Scoring.Program.Fitted.ToBytes());
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("scorecard")]
    [InlineData("network")]
    [InlineData("blend")]
    public void Run_FamilyWithoutTrees_LearnsOnUnderTheSameGatesAndSaysHow(string family)
    {
        var parent = Parent(family);

        var (first, second) = (Refit(parent, new Applicants(900, seed: 7)).Value, Refit(parent, new Applicants(900, seed: 7)).Value);

        Assert.Equal((family, "applicants@1", false), (first.Winner.Family, first.Refit!.Parent, first.Refit.SameData));
        Assert.Equal(PredictorEncoding.ToBytes(first.Model.Predictor), PredictorEncoding.ToBytes(second.Model.Predictor));
        // A network stays as it was where no pass over the new rows helps.
        if (family != "network") Assert.NotEqual(PredictorEncoding.ToBytes(parent.Package.Predictor), PredictorEncoding.ToBytes(first.Model.Predictor));
        var package = ModelPackager.Pack(first, "test", null, TestContext.Current.CancellationToken).Value;
        using var parameters = JsonDocument.Parse(package.Lineage.ParametersJson);
        Assert.Equal("applicants@1", parameters.RootElement.GetProperty("parent").GetProperty("model").GetString());
        Assert.Equal(family is "logistic" or "scorecard", parameters.RootElement.TryGetProperty("anchorRows", out _));
    }

    [Theory]
    [InlineData("logistic", "anchorRows", "many", "training.parameter.value")]
    [InlineData("logistic", "anchorRows", "-1", "training.parameter.value")]
    [InlineData("scorecard", "edges", "{\"age\":[30]}", "training.refit.parameter")]
    [InlineData("network", "hidden", "8", "training.refit.parameter")]
    [InlineData("blend", "members", "forest", "training.refit.parameter")]
    [InlineData("boosting", "classWeights", "balanced", "training.refit.parameter")]
    public void Run_ParameterThatARefitCannotFollow_IsRefusedByName(string family, string name, string value, string code)
    {
        var request = new Applicants(300, seed: 7).Request(Applicants.Quick with
        {
            Folds = 3,
            Parameters = new Dictionary<string, IReadOnlyDictionary<string, string>> { [family] = new Dictionary<string, string> { [name] = value } },
        });

        var problem = Assert.Single(RefitStep.Candidates(Parent(family), request.Settings).Problems);

        Assert.Equal((code, $"{family}.{name}"), (problem.Code, problem.Field));
    }

    private static RefitParent Parent(string family, bool fitted = false)
    {
        var result = new TrainingLine(TimeProvider.System).Run(new Applicants { Fitted = fitted }.Request(Applicants.Quick with { Candidates = [family], Folds = 3 }), null, TestContext.Current.CancellationToken).Value;
        return new RefitParent("applicants@1", "hash", ModelPackager.Pack(result, "test", null, TestContext.Current.CancellationToken).Value);
    }

    private static Outcome<TrainingResult> Refit(RefitParent parent, Applicants rows)
    {
        var request = rows.Request(Applicants.Quick with { Folds = 3 });
        return new TrainingLine(TimeProvider.System).Run(request with { Definition = parent.Package.Scorecard, IsInferred = false, Parent = parent }, null, TestContext.Current.CancellationToken);
    }

    private static double Votes(TreeEnsemble forest, float[] row, int from, int to) =>
        Enumerable.Range(from, to - from).Average(tree => forest.Nodes.Value[forest.LeafOf(tree, row)]);
}
