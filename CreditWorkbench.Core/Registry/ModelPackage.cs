using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Registry;

/// <summary>Everything that a model needs to score, to explain and to be judged, in one value. Its bytes are canonical: the same
/// content has the same hash.</summary>
public sealed record ModelPackage
{
    /// <summary>Version of the arithmetic of issued values that this program follows: float32 vectors, double sums in tree order,
    /// own exp and log. A replay is bit-equal within one version.</summary>
    public const int CurrentNumericContract = 1;

    /// <summary>Numeric contract that the model was packaged under.</summary>
    public int NumericContract { get; init; } = CurrentNumericContract;

    /// <summary>The dictionary that the model was trained on.</summary>
    public required ScorecardDefinition Scorecard { get; init; }

    /// <summary>Transforms fitted on training rows.</summary>
    public required FittedTransforms Transforms { get; init; }

    /// <summary>The predictor.</summary>
    public required Predictor Predictor { get; init; }

    /// <summary>Margin to calibrated log-odds; the identity for ordinal models.</summary>
    public required PlattCalibrator Platt { get; init; }

    /// <summary>Second calibrator for the PD; null where the scale's PD is issued.</summary>
    public IPdCalibrator? PdCalibrator { get; init; }

    /// <summary>Lowest z of each class but the worst (ordinal); empty for binary models.</summary>
    public IReadOnlyList<double> CategoryCuts { get; init; } = [];

    /// <summary>Rows that the waterfall starts from; none for a model that was imported without a background.</summary>
    public required FeatureMatrix ExplanationBackground { get; init; }

    /// <summary>Rows that reasons compare with: scores just above the approval cut-off; none for an imported model that has none.</summary>
    public required FeatureMatrix ReasonBackground { get; init; }

    /// <summary>Issued scores of held-out rows, rising: peers and the reference of drift.</summary>
    public required int[] ReferenceScores { get; init; }

    /// <summary>Frozen bins with the counts of training rows, one per column of the model.</summary>
    public required IReadOnlyList<FeatureBins> FeatureBins { get; init; }

    /// <summary>Model uncertainty by score and missing share; null where it was not measured.</summary>
    public ConfidenceTable? Confidence { get; init; }

    /// <summary>Refits of the model on bootstrap samples, unread; none in packages of earlier versions and of imported models.</summary>
    public PackedRefits Refits { get; init; } = PackedRefits.None;

    /// <summary>Margins that training gave to its rows, as a hash; null in packages of earlier versions and of imported models.</summary>
    public ScoreFingerprint? Trained { get; init; }

    /// <summary>Where the model comes from.</summary>
    public required PackageLineage Lineage { get; init; }

    /// <summary>The training result as JSON. Long, and nobody needs it to serve: it becomes a text each time that somebody reads it.</summary>
    public string ReportJson { get => Report.Text; init => Report = new PackedText(value); }

    /// <summary>The training result as it lies in the package.</summary>
    internal PackedText Report { get; init; } = PackedText.Empty;
}
