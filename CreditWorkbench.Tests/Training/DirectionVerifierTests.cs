using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class DirectionVerifierTests
{
    private static readonly BoostingSettings Quick = new() { Trees = 20, LearningRate = 0.2 };

    [Fact]
    public void Verify_ConstrainedBoosting_IsProvedAndHolds()
    {
        var rows = TrainingRows.Of(2000, 1);
        var ensemble = Boost(rows.Features, rows.Bad);

        var report = Verify(ensemble, rows.Features);

        Assert.True(report.Holds);
        Assert.Equal(["burden", "tenure"], report.Findings.Select(finding => finding.Column));
        Assert.All(report.Findings, finding => Assert.True(finding.Proved && finding.GridValues > 5));
        Assert.Equal(100, report.Points);
    }

    [Fact]
    public void Verify_ConstrainedOrdinalForest_IsProvedInTheRightDirection()
    {
        var rows = TrainingRows.Of(2000, 2);
        var ensemble = ForestTrainer.Train(rows.Features, rows.Classes, ForestTarget.Ordinal(800, 600, 400), new ForestSettings { Trees = 10 }, 1, 1, null, TestContext.Current.CancellationToken);

        var report = Verify(ensemble, rows.Features);

        Assert.True(report.Holds);
        Assert.All(report.Findings, finding => Assert.True(finding.Proved));
    }

    [Fact]
    public void Verify_FreeModelAgainstDirections_FindsWhatBruteForceFinds()
    {
        var free = TrainingRows.Of(1500, 3, 0, 0);
        var ensemble = Boost(free.Features, free.Bad);
        var declared = new FeatureMatrix(TrainingRows.Columns(), free.Features.Rows, free.Features.Values);

        var report = Verify(ensemble, declared);

        Assert.False(report.Holds);
        Assert.False(report.Findings[0].Proved);
        Assert.All(report.Findings[0].Violations, violation => Assert.True(violation.QuantityAtTo < violation.QuantityAtFrom && violation.To > violation.From));
        var expected = RowsWithFalls(ensemble, declared);
        Assert.Equal(expected, report.Findings[0].Violations.Select(violation => violation.Row).Distinct());
    }

    [Fact]
    public void Verify_TreesThatUndoEachOther_HoldsWithoutProof()
    {
        // The second tree falls by less than the first rises, at the same split point.
        var nodes = new TreeNodes
        {
            TreeStart = [0, 3, 6],
            Feature = [0, -1, -1, 0, -1, -1],
            Cut = [1, 0, 0, 1, 0, 0],
            Left = [1, -1, -1, 4, -1, -1],
            Right = [2, -1, -1, 5, -1, -1],
            CodesLeft = new uint[6],
            CategorySet = [-1, -1, -1, -1, -1, -1],
            SetStart = [0],
            SetBits = [],
            Value = [0, -1, 1, 0, 0.5, 0],
            Cover = [2, 1, 1, 2, 1, 1],
        };
        var ensemble = new TreeEnsemble("imported", 1, Link.LogOdds, Aggregation.Sum, 0, nodes);

        var report = Verify(ensemble, new FeatureMatrix([FeatureColumn.Number("x", 1)], 1, [0f]));

        Assert.True(report.Holds);
        Assert.False(Assert.Single(report.Findings).Proved);
    }

    private static DirectionReport Verify(TreeEnsemble ensemble, FeatureMatrix points) =>
        DirectionVerifier.Verify(ensemble, points, 100, 2, TestContext.Current.CancellationToken);

    private static TreeEnsemble Boost(FeatureMatrix features, byte[] bad) =>
        BoostingTrainer.Train(features, bad, null, Quick, 1, 1, null, TestContext.Current.CancellationToken);

    /// <summary>Rows, of the hundred swept, at which q falls somewhere along the first column.</summary>
    private static List<int> RowsWithFalls(TreeEnsemble ensemble, FeatureMatrix points)
    {
        var cuts = Enumerable.Range(0, ensemble.Nodes.Count).Where(node => ensemble.Nodes.Feature[node] == 0).Select(node => ensemble.Nodes.Cut[node]).ToArray();
        var grid = cuts.SelectMany(cut => new[] { cut, MathF.BitIncrement(cut) }).Where(float.IsFinite).Distinct().Order().ToArray();
        var vector = new float[points.Columns.Count];
        var found = new List<int>();
        for (var i = 0; i < 100; i++)
        {
            var row = i * points.Rows / 100;
            points.CopyRow(row, vector);
            var quantities = Array.ConvertAll(grid, value =>
            {
                vector[0] = value;
                return ensemble.Quantity(vector);
            });
            if (Enumerable.Range(1, grid.Length - 1).Any(at => quantities[at] < quantities[at - 1])) found.Add(row);
        }

        return found;
    }
}
