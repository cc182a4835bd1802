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

namespace CreditWorkbench.Tests.Decisioning;

/// <summary>A model of the consumer scorecard that nobody had to train: random trees whose cuts are values of generated applicants, with families of
/// features, rules of policy, missing values and special codes.</summary>
internal static class ConsumerModel
{
    private static readonly Lazy<(FittedTransforms Transforms, FeatureMatrix Rows)> Known = new(Learn);

    public static ScorecardDefinition Definition { get; } = ScorecardFiles.Read(ScorecardFiles.Seed("consumer.yaml"));

    public static Lazy<ModelPackage> Package { get; } = new(() => PackageOf((random, rows) => ConsumerFamilies.Boosting(random, rows, trees: 60, depth: 5)));

    /// <summary>A package around a predictor that is made up from feature rows.</summary>
    public static ModelPackage PackageOf(Func<Random, FeatureMatrix, Predictor> predictor)
    {
        var (transforms, rows) = Known.Value;
        return TinyPackage.Model with
        {
            Scorecard = Definition,
            Transforms = transforms,
            Predictor = predictor(new Random(5), rows),
            Platt = new PlattCalibrator(1, 0),
            PdCalibrator = null,
            ExplanationBackground = rows.Take([.. Enumerable.Range(0, 50)]),
            ReasonBackground = rows.Take([.. Enumerable.Range(100, 60)]),
            FeatureBins = [.. rows.Columns.Select(column => new FeatureBins(column, [], new long[FeatureBins.CountOf(column, 0)]))],
        };
    }

    /// <summary>Generated applicants.</summary>
    public static IReadOnlyList<InputRecord> Applicants(int count, int seed) =>
        [.. SyntheticGenerator.Create(Definition).Value.Rows(count, new SyntheticSwitches(seed)).Select(row => row.Record)];

    private static (FittedTransforms Transforms, FeatureMatrix Rows) Learn()
    {
        var records = Applicants(400, seed: 11);
        var transforms = FittedTransforms.Needed(Definition) ? FeatureProgram.Fit(Definition, records) : FittedTransforms.None;
        return (transforms, FeatureProgram.Compile(Definition, transforms).Run(records));
    }
}
