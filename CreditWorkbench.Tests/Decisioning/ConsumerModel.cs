using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Tests.Scorecards;
using CreditWorkbench.Tests.Scoring;

namespace CreditWorkbench.Tests.Decisioning;

/// <summary>A model of the consumer scorecard that nobody had to train: random trees whose cuts are values of generated applicants, with families of
/// features, rules of policy, missing values and special codes.</summary>
internal static class ConsumerModel
{
    private const int Trees = 60;
    private const int Depth = 5;

    public static ScorecardDefinition Definition { get; } = ScorecardFiles.Read(ScorecardFiles.Seed("consumer.yaml"));

    public static Lazy<ModelPackage> Package { get; } = new(Build);

    /// <summary>Generated applicants.</summary>
    public static IReadOnlyList<InputRecord> Applicants(int count, int seed) =>
        [.. SyntheticGenerator.Create(Definition).Value.Rows(count, new SyntheticSwitches(seed)).Select(row => row.Record)];

    private static ModelPackage Build()
    {
        var records = Applicants(400, seed: 11);
        var transforms = FittedTransforms.Needed(Definition) ? FeatureProgram.Fit(Definition, records) : FittedTransforms.None;
        var rows = FeatureProgram.Compile(Definition, transforms).Run(records);
        var random = new Random(5);
        var trees = Enumerable.Range(0, Trees).Select(_ => Tree(random, rows, Depth)).ToArray();
        return TinyPackage.Model with
        {
            Scorecard = Definition,
            Transforms = transforms,
            Predictor = Ensembles.Of(rows.Columns.Count, Link.LogOdds, Aggregation.Sum, -2, trees),
            Platt = new PlattCalibrator(1, 0),
            PdCalibrator = null,
            ExplanationBackground = rows.Take([.. Enumerable.Range(0, 50)]),
            ReasonBackground = rows.Take([.. Enumerable.Range(100, 60)]),
            FeatureBins = [.. rows.Columns.Select(column => new FeatureBins(column, [], new long[FeatureBins.CountOf(column, 0)]))],
        };
    }

    private static Sketch Tree(Random random, FeatureMatrix rows, int depth)
    {
        if (depth == 0) return new Sketch.Leaf((random.NextDouble() - 0.5) * 0.4, 1 + random.Next(50));
        var feature = random.Next(rows.Columns.Count);
        var set = rows.Columns[feature].IsCategory ? new[] { (ulong)random.Next(1, 7) } : null;
        var cut = rows.Column(feature)[random.Next(rows.Rows)];
        return new Sketch.Split(feature, set is null && !float.IsNaN(cut) ? cut : 0, set, (uint)random.Next(2), Tree(random, rows, depth - 1), Tree(random, rows, depth - 1));
    }
}
