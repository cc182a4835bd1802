using System.Collections.Immutable;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Tests.Scoring;

namespace CreditWorkbench.Tests.Decisioning;

/// <summary>A predictor of each family on the consumer scorecard's columns, made up from generated applicants.</summary>
internal static class ConsumerFamilies
{
    public static Predictor Of(string family, Random random, FeatureMatrix rows) => family switch
    {
        "deep" => Boosting(random, rows, trees: 12, depth: 9),
        "forest" => Forest(random, rows),
        "logistic" => Logistic(random, rows),
        "scorecard" => Scorecard(random, rows),
        "blend" => new BlendPredictor([
            new BlendMember(Logistic(random, rows), 0.25, 0.5, -0.5), new BlendMember(Scorecard(random, rows), 0.25, 1.25, 0.125),
            new BlendMember(Boosting(random, rows, trees: 30, depth: 4), 0.25, 1, 0), new BlendMember(Forest(random, rows), 0.25, 1.5, 0.25)]),
        "network" => Network(random, rows),
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, null),
    };

    public static TreeEnsemble Boosting(Random random, FeatureMatrix rows, int trees, int depth) =>
        Ensembles.Of(rows.Columns.Count, Link.LogOdds, Aggregation.Sum, -2, [.. Enumerable.Range(0, trees).Select(_ => Tree(random, rows, depth, -0.2, 0.2))]);

    private static TreeEnsemble Forest(Random random, FeatureMatrix rows) =>
        Ensembles.Of(rows.Columns.Count, new Link(LinkKind.Logit, 400), Aggregation.Mean, 0, [.. Enumerable.Range(0, 12).Select(_ => Tree(random, rows, 8, 0.001, 0.3))]);

    private static LinearPredictor Logistic(Random random, FeatureMatrix rows)
    {
        var columns = rows.Columns.Select((column, i) =>
        {
            var (low, high) = Bounds(rows, i);
            return new LinearColumn
            {
                Slope = column.IsCategory ? 0 : (random.NextDouble() - 0.5) * 0.8,
                Mean = (low + high) / 2.0,
                Deviation = Math.Max(1e-3, (high - low) / 6.0),
                Low = low,
                High = high,
                CodeTerms = [.. Enumerable.Range(0, 1 + column.SpecialCodes.Count).Select(_ => random.NextDouble() - 0.5)],
                CategoryTerms = [.. column.Categories.Select(_ => random.NextDouble() - 0.5)],
            };
        }).ToImmutableArray();
        return new LinearPredictor(-2.5, columns, [.. columns.Select(_ => 0.0)]);
    }

    private static PointsScorecard Scorecard(Random random, FeatureMatrix rows)
    {
        var characteristics = rows.Columns.Select((column, i) =>
        {
            var (low, high) = Bounds(rows, i);
            var edges = column.IsCategory || high <= low ? [] : Enumerable.Range(1, 3).Select(part => low + (high - low) * part / 4).Distinct().ToImmutableArray();
            var regular = column.IsCategory ? column.Categories.Count : edges.Length + 1;
            var bins = regular + 1 + column.SpecialCodes.Count + (column.IsCategory ? 1 : 0);
            return new ScorecardCharacteristic
            {
                Edges = edges,
                CategoryBins = [.. Enumerable.Range(0, column.Categories.Count)],
                RegularBins = regular,
                SpecialCodes = column.SpecialCodes.Count,
                Bins = [.. Enumerable.Range(0, bins).Select(_ => new ScorecardBin(10, 2, 0, 0, random.Next(-25, 26)))],
            };
        }).ToImmutableArray();
        return new PointsScorecard(PointsScale.Default, 560, -1, characteristics, [.. characteristics.Select(_ => 0.0)]);
    }

    private static NeuralNetwork Network(Random random, FeatureMatrix rows)
    {
        var columns = rows.Columns.Select((column, i) =>
        {
            var (low, high) = Bounds(rows, i);
            return column.IsCategory
                ? new NetworkColumn(0, 1, 0, 0, column.Categories.Count, column.SpecialCodes.Count)
                : new NetworkColumn((low + high) / 2.0, Math.Max(1e-3, (high - low) / 6.0), low, high, 0, column.SpecialCodes.Count);
        }).ToImmutableArray();
        var inputs = columns.Sum(column => column.Inputs);
        return new NeuralNetwork(columns, [Layer(random, inputs, 4), Layer(random, 4, 1)]);
    }

    private static NetworkLayer Layer(Random random, int inputs, int units) =>
        new(inputs, [.. Enumerable.Range(0, inputs * units).Select(_ => random.NextDouble() - 0.5)], [.. Enumerable.Range(0, units).Select(_ => random.NextDouble() - 1)]);

    private static (float Low, float High) Bounds(FeatureMatrix rows, int column)
    {
        var known = rows.Column(column).ToArray().Where(float.IsFinite).ToList();
        return known.Count == 0 ? (0, 0) : (known.Min(), known.Max());
    }

    private static Sketch Tree(Random random, FeatureMatrix rows, int depth, double low, double high)
    {
        if (depth == 0) return new Sketch.Leaf(low + random.NextDouble() * (high - low), 1 + random.Next(50));
        var feature = random.Next(rows.Columns.Count);
        var set = rows.Columns[feature].IsCategory ? new[] { (ulong)random.Next(1, 7) } : null;
        var cut = rows.Column(feature)[random.Next(rows.Rows)];
        return new Sketch.Split(
            feature, set is null && !float.IsNaN(cut) ? cut : 0, set, (uint)random.Next(2), Tree(random, rows, depth - 1, low, high), Tree(random, rows, depth - 1, low, high));
    }
}
