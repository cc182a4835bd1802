using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>AUC on the test rows without one source of data.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Auc">AUC when its inputs are missing in every test row.</param>
public sealed record SourceEffect(string Source, double Auc);

/// <summary>How much a feature matters.</summary>
/// <param name="Feature">Name.</param>
/// <param name="GainShare">Share in the gain of the ensemble, in [0, 1].</param>
public sealed record FeatureImportance(string Feature, double GainShare);

/// <summary>A built model with everything that was measured on the way.</summary>
public sealed record TrainingResult
{
    /// <summary>What was asked for.</summary>
    public required TrainingRequest Request { get; init; }
    /// <summary>The dictionary as the model uses it: an inferred one has its cut-offs now.</summary>
    public required ScorecardDefinition Definition { get; init; }
    /// <summary>Profile of the data; null where only vectors were kept.</summary>
    public required QualityReport? Quality { get; init; }
    /// <summary>Leakage findings on data, model and split.</summary>
    public required IReadOnlyList<LeakageFinding> Leakage { get; init; }
    /// <summary>Rows of each part.</summary>
    public required DataSplit Split { get; init; }
    /// <summary>Leader board, best first.</summary>
    public required IReadOnlyList<CandidateResult> Candidates { get; init; }
    /// <summary>What tuning tried; null without a budget.</summary>
    public required TuningReport? Tuning { get; init; }
    /// <summary>The chosen candidate, as it was compared on the training part.</summary>
    public required CandidateResult Winner { get; init; }
    /// <summary>AUC of the chosen family, cross-validated over all rows but the out-of-time ones.</summary>
    public required FoldedAuc Overall { get; init; }
    /// <summary>What was measured of each candidate, in the order of the leader board.</summary>
    public required IReadOnlyList<CandidateRecord> Records { get; init; }
    /// <summary>Candidates that were not judged although that was asked for, with the reason.</summary>
    public required IReadOnlyList<Problem> NotJudged { get; init; }
    /// <summary>The rows that candidates were judged on.</summary>
    public required EvidenceRows Rows { get; init; }
    /// <summary>Costs that cut-offs were reckoned with.</summary>
    public required DecisionCosts Costs { get; init; }
    /// <summary>The model.</summary>
    public required FittedModel Model { get; init; }
    /// <summary>PD threshold and how it was chosen.</summary>
    public required ThresholdChoice Threshold { get; init; }
    /// <summary>On the test part.</summary>
    public required ModelEvaluation Test { get; init; }
    /// <summary>On the out-of-time part; null without one, or where it has one outcome only.</summary>
    public required ModelEvaluation? OutOfTime { get; init; }
    /// <summary>Challenger and parent on the test part; null where no model was refitted.</summary>
    public required RefitComparison? Refit { get; init; }
    /// <summary>Fairness on the test part, one per sensitive column.</summary>
    public required IReadOnlyList<FairnessReport> Fairness { get; init; }
    /// <summary>Test AUC without each source that can be withdrawn.</summary>
    public required IReadOnlyList<SourceEffect> WithoutSource { get; init; }
    /// <summary>Features by gain, greatest first.</summary>
    public required IReadOnlyList<FeatureImportance> Importance { get; init; }
    /// <summary>Why the model may not be registered; empty when it may.</summary>
    public required IReadOnlyList<Problem> Refusals { get; init; }
    /// <summary>What a reader of the result should know, such as that the reasons of the model are sampled.</summary>
    public required IReadOnlyList<Problem> Notes { get; init; }
    /// <summary>Time of the whole run.</summary>
    public required double Seconds { get; init; }

    /// <summary>What the winner was trained by and on, for refits.</summary>
    public required Candidate Candidate { get; init; }

    /// <summary>Training rows as the winner saw them.</summary>
    public required TrainingRows TrainingRows { get; init; }

    /// <summary>Calibration rows, then test rows; test rows alone where training rows calibrated out of fold.</summary>
    public required FeatureMatrix HeldOut { get; init; }

    /// <summary>Scores of the held-out rows.</summary>
    public required Score[] HeldOutScores { get; init; }

    /// <summary>All judged candidates, the winner among them.</summary>
    internal IReadOnlyList<JudgedCandidate> Judged { get; init; } = [];

    /// <summary>Findings on the data alone, the same for every candidate.</summary>
    internal IReadOnlyList<LeakageFinding> DataLeakage { get; init; } = [];

    /// <summary>The same run with another of its candidates chosen, to be packaged.</summary>
    /// <param name="family">Family of a judged candidate.</param>
    /// <returns>The result; refused when the family was not judged.</returns>
    /// <remarks>Its <see cref="Overall"/> is the cross-validation on the training part: only the winner is validated over all rows.</remarks>
    public Outcome<TrainingResult> Choosing(string family)
    {
        if (family == Winner.Family) return this;
        if (Judged.FirstOrDefault(one => one.Board.Family == family) is not { } judged) return TrainingProblems.NotJudged(family);
        return judged.Lead(this) with { Overall = judged.Board.Auc };
    }
}
