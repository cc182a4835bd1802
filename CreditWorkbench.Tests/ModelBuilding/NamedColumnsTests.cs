using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

/// <summary>Parameters that name columns: which may meet on a path, and bins that an analyst set.</summary>
public sealed class NamedColumnsTests
{
    [Theory]
    [InlineData("boosting")]
    [InlineData("boosting-leafwise")]
    public void MayMeet_TwoSets_KeepTheirColumnsApart(string family)
    {
        var apart = Fit(family, ("mayMeet", """[["income","job"],["debt"]]"""));
        var free = Fit(family);

        Assert.Contains(free, path => path.Contains(0) && path.Contains(1));
        Assert.DoesNotContain(apart, path => path.Contains(1) && path.Count > 1);
        Assert.Contains(apart, path => path.Contains(0) && path.Contains(2));
    }

    [Theory]
    [InlineData("boosting", "mayMeet", """[["income","wealth"]]""", "training.parameter.column")]
    [InlineData("boosting", "mayMeet", "income", "training.parameter.value")]
    [InlineData("scorecard", "edges", """{"wealth":[1]}""", "training.bins.edit")]
    [InlineData("scorecard", "edges", """{"income":[3,2]}""", "training.bins.edit")]
    [InlineData("scorecard", "edges", """{"job":[3]}""", "training.bins.edit")]
    [InlineData("scorecard", "groups", """{"job":[["pilot"]]}""", "training.bins.edit")]
    public void Of_ColumnOrBinsThatDoNotExist_AreRefused(string family, string parameter, string value, string code) =>
        Assert.Equal(code, Assert.Single(Candidate(family, (parameter, value)).Problems).Code);

    [Fact]
    public void Edges_SetByAnAnalyst_AreTheBinsAndAreRecorded()
    {
        var request = new Applicants().Request();
        var candidate = Candidate("scorecard", ("edges", """{"income":[4,7]}"""), ("groups", """{"job":[["clerk","trader"],["none"]]}""")).Value;

        var card = Assert.IsType<PointsScorecard>(candidate.Fit(new TrainingRows(request.Dataset.Features, request.Dataset.Outcomes, new bool[3]), 1, 1, TestContext.Current.CancellationToken));

        Assert.Equal([4f, 7f], card.Characteristics[0].Edges);
        Assert.True(card.Characteristics[0].IsEdited);
        Assert.Equal(card.Characteristics[2].CategoryBins[0], card.Characteristics[2].CategoryBins[1]);
        Assert.NotEqual(card.Characteristics[2].CategoryBins[0], card.Characteristics[2].CategoryBins[2]);
        Assert.False(card.Characteristics[1].IsEdited);
        Assert.Contains("income", candidate.ParametersJson, StringComparison.Ordinal);
    }

    /// <summary>The distinct columns of each path from a root to a leaf.</summary>
    private static List<HashSet<int>> Fit(string family, params (string, string)[] parameters)
    {
        var request = new Applicants().Request();
        var ensemble = (TreeEnsemble)Candidate(family, [.. parameters, ("trees", "20")]).Value
            .Fit(new TrainingRows(request.Dataset.Features, request.Dataset.Outcomes, new bool[3]), 1, 1, TestContext.Current.CancellationToken);
        var paths = new List<HashSet<int>>();
        for (var tree = 0; tree < ensemble.TreeCount; tree++) Walk(ensemble.Nodes, ensemble.Nodes.TreeStart[tree], [], paths);
        return paths;
    }

    private static void Walk(TreeNodes nodes, int node, HashSet<int> columns, List<HashSet<int>> paths)
    {
        if (nodes.Feature[node] < 0)
        {
            paths.Add(columns);
            return;
        }

        Walk(nodes, nodes.Left[node], [.. columns, nodes.Feature[node]], paths);
        Walk(nodes, nodes.Right[node], [.. columns, nodes.Feature[node]], paths);
    }

    private static Outcome<Candidate> Candidate(string family, params (string Name, string Value)[] parameters)
    {
        var settings = Applicants.Quick with { Candidates = [family], Parameters = new Dictionary<string, IReadOnlyDictionary<string, string>> { [family] = parameters.ToDictionary(each => each.Name, each => each.Value) } };
        return CandidateCatalogue.Of(family, new Applicants().Request().Definition, settings);
    }
}
