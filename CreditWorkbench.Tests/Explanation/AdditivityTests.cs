using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

/// <summary>No explanation leaves the room that does not add up. Each test plants a fault after an explainer was built, the way a broken
/// engine would, and wants a refusal.</summary>
public sealed class AdditivityTests
{
    private const int Features = 6;
    private static readonly int[] Players = [0, 1, 1, 2, 0, 3];

    private static readonly string[] Paths = ["path", "interventional", "path groups", "interventional groups", "blend groups", "portfolio path", "portfolio interventional", "interactions path", "interactions interventional"];

    /// <summary>Every path with trees that tables take, and with trees beyond them.</summary>
    public static TheoryData<string, int> Engines()
    {
        var data = new TheoryData<string, int>();
        foreach (var path in Paths)
        {
            data.Add(path, 4);
            data.Add(path, 9);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Explain_PlantedFault_IsRefused(string path, int depth)
    {
        var random = new Random(77);
        var ensemble = Ensembles.Of(Features, Link.LogOdds, Aggregation.Sum, 0.5, [.. Enumerable.Range(0, 3).Select(_ => Ensembles.Random(random, Features, depth, -1, 1))]);
        var rows = Enumerable.Range(0, 40).Select(_ => Ensembles.RandomRow(random, Features)).ToList();
        var explain = Explainer(path, ensemble, Ensembles.Matrix(rows), rows);

        var sound = explain();
        Corrupt(ensemble);
        var broken = explain();

        Assert.Empty(sound);
        Assert.Contains("explanation.notAdditive", broken);
    }

    /// <summary>Sums over groups go through the same gate.</summary>
    [Fact]
    public void CarryMargin_ContributionsThatMissTheMargin_AreRefused()
    {
        Assert.Equal("explanation.notAdditive", Additivity.CarryMargin(AttributionMethod.PathDependent, 1.0, [0.5, 0.25], 1.76).Problems.Single().Code);
        Assert.Equal("explanation.notAdditive", Additivity.CarryMargin(AttributionMethod.PathDependent, 1.0, [0.5, double.NaN], 1.75).Problems.Single().Code);
        Assert.True(Additivity.CarryMargin(AttributionMethod.PathDependent, 1.0, [0.5, 0.25], 1.75).Succeeded);
    }

    // An explainer keeps the base that it worked out; every leaf moves now, so base and contributions cannot meet the new margin.
    private static void Corrupt(TreeEnsemble ensemble)
    {
        for (var node = 0; node < ensemble.Nodes.Count; node++) ensemble.Nodes.Value[node] += 0.01 * (node % 7 + 1);
    }

    private static Func<List<string>> Explainer(string path, TreeEnsemble ensemble, FeatureMatrix background, List<float[]> rows)
    {
        List<string> Each(Func<float[], IReadOnlyList<Core.Kernel.Problem>> explain) => [.. rows.SelectMany(row => explain(row)).Select(problem => problem.Code)];
        if (path.StartsWith("portfolio", StringComparison.Ordinal))
        {
            var portfolio = path.EndsWith("path", StringComparison.Ordinal) ? PortfolioExplainers.PathDependent(ensemble) : PortfolioExplainers.Interventional(ensemble, background);
            return () => [.. portfolio.Explain(background, 1, null, TestContext.Current.CancellationToken).Problems.Select(problem => problem.Code)];
        }

        if (path.StartsWith("interactions", StringComparison.Ordinal))
        {
            var interactions = path.EndsWith("path", StringComparison.Ordinal) ? InteractionExplainers.PathDependent(ensemble) : InteractionExplainers.Interventional(ensemble, background);
            return () => Each(row => interactions.Explain(row).Problems);
        }

        var attributor = path switch
        {
            "path" => Attributors.PathDependent(ensemble),
            "interventional" => Attributors.Interventional(ensemble, background),
            "path groups" => GroupAttributors.PathDependent(ensemble, Players),
            "interventional groups" => GroupAttributors.Interventional(ensemble, background, Players),
            _ => GroupAttributors.Interventional(new BlendPredictor([new BlendMember(ensemble, 1, 1.5, 0.25)]), background, Players),
        };
        return () => Each(row => attributor.Explain(row).Problems);
    }
}
