using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Scorecards;
using CreditWorkbench.Tests.Scoring;

namespace CreditWorkbench.Tests.Registry;

/// <summary>The smallest model that uses every section of a package: two stumps on the tiny dictionary, both calibrators, a table of
/// model uncertainty, and backgrounds with a missing and a coded cell.</summary>
internal static class TinyPackage
{
    private static readonly ScorecardDefinition Tiny = ScorecardFiles.Read(ScorecardFiles.Tiny);

    /// <summary>The model.</summary>
    public static ModelPackage Model { get; } = Of(Tiny, rightLeaf: 1.25);

    /// <summary>Another version of it, which scores high burdens otherwise.</summary>
    public static ModelPackage Other { get; } = Of(Tiny, rightLeaf: 1.75);

    /// <summary>A model of a dictionary that shares the tiny one's columns.</summary>
    public static ModelPackage Of(ScorecardDefinition definition, double rightLeaf)
    {
        var columns = FeatureProgram.Compile(definition, FittedTransforms.None).Columns;
        return new ModelPackage
        {
            Scorecard = definition,
            Transforms = FittedTransforms.None,
            Predictor = Ensembles.Of(columns.Count, Link.LogOdds, Aggregation.Sum, -1.5, Ensembles.Stump(0, 0.375f, -0.5, rightLeaf), Ensembles.Stump(1, 24f, 0.75, -0.25)),
            Platt = new PlattCalibrator(1.125, -0.0625),
            PdCalibrator = new IsotonicCalibrator([-3.0, 0.0, 2.5], [0.015625, 0.25, 0.75]),
            ExplanationBackground = new FeatureMatrix(columns, 3, [0.25f, 0.5f, 0.125f, CodedNaN.Missing, CodedNaN.Of(1), 36f]),
            ReasonBackground = new FeatureMatrix(columns, 2, [0.25f, CodedNaN.Missing, 48f, 12f]),
            ReferenceScores = [520, 580, 580, 640],
            FeatureBins = [new FeatureBins(columns[0], [0.25f, 0.5f], [900, 1_200, 850, 50]), new FeatureBins(columns[1], [12f], [1_500, 1_100, 300, 100])],
            Confidence = new ConfidenceTable([600.0], [0.5], [12.5, 15.0, 7.5, 10.0], 25),
            Lineage = new PackageLineage("0f0f", 4_000, 400, 7, "0.1.0", "boosting", """{"trees":2}"""),
            ReportJson = """{"model":"boosting","test":{"auc":0.75}}""",
        };
    }
}
