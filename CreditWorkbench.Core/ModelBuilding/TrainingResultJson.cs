using System.Text.Json;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Evaluation;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Writes a training result in the shape of <c>train --json</c>.</summary>
public static class TrainingResultJson
{
    /// <summary>camelCase names and enumerations.</summary>
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>The same on several lines.</summary>
    internal static JsonSerializerOptions Indented { get; } = new(Options) { WriteIndented = true };

    /// <summary>The JSON text.</summary>
    /// <param name="result">The result.</param>
    /// <param name="modelVersion">NAME@V of a registered model; null while it is not registered.</param>
    public static string Write(TrainingResult result, string? modelVersion = null) => Write(result, result.Records.First(record => record.Family == result.Winner.Family), modelVersion);

    /// <summary>Figures beyond the report: intervals, segments, back-tests by grade, cut-offs. Curves apart.</summary>
    public static object Evaluation(ModelEvaluation evaluation) => new { evaluation.Rows, evaluation.Bads, evaluation.Intervals, evaluation.Segments, evaluation.BackTest, evaluation.CutOffs };

    private static object Judged(CandidateRecord record) => new
    {
        test = record.Test.Report,
        outOfTime = record.OutOfTime?.Report,
        record.Calibration,
        threshold = record.Threshold.Pd,
        record.Fairness,
        refused = record.Refusals.Count > 0,
    };

    private static string Write(TrainingResult result, CandidateRecord chosen, string? modelVersion) => JsonSerializer.Serialize(new
    {
        scorecard = result.Definition.Id,
        model = result.Winner.Family,
        reasonsAreExact = result.Winner.ReasonsAreExact,
        modelVersion,
        rows = result.Request.Dataset.Rows,
        rejectedRows = result.Request.Manifest.RejectedRows,
        positives = result.Request.Dataset.ClassCounts[result.Request.PdClass],
        features = result.Model.Scoring.Columns.Count,
        split = new
        {
            train = result.Split.Train.Length,
            calibration = result.Split.Calibration.Length,
            test = result.Split.Test.Length,
            outOfTime = result.Split.OutOfTime.Length,
            outOfTimeFrom = result.Request.Settings.Split.OutOfTimeFrom,
        },
        weights = RowWeighting.Of(result.Request.Dataset) is { } weights
            ? new { weights.Column, weights.Least, weights.Most, weights.EffectiveRows, weights.BadRate, weightedFigures = RowWeighting.WeightedFigures }
            : null,
        cv = Cv(result.Overall),
        candidates = result.Candidates.Select(candidate => new
        {
            candidate.Family,
            cv = Cv(candidate.Auc),
            candidate.Seconds,
            parameters = JsonDocument.Parse(candidate.ParametersJson).RootElement,
            judged = result.Records.FirstOrDefault(record => record.Family == candidate.Family) is { } record ? Judged(record) : null,
        }),
        tuning = result.Tuning is { } tuning ? Tuning(tuning) : null,
        test = result.Test.Report,
        outOfTime = result.OutOfTime?.Report,
        refit = result.Refit,
        threshold = new { result.Threshold.Objective, result.Threshold.Pd, result.Threshold.Value, result.Threshold.ClosedForm },
        cutOffs = new { result.Definition.Policy.ApproveFrom, result.Definition.Policy.DeclineBelow },
        calibration = chosen.Calibration,
        evaluation = Evaluation(result.Test),
        outOfTimeEvaluation = result.OutOfTime is { } late ? Evaluation(late) : null,
        comparison = result.Rows.Test.Candidates.Where(other => other.Family != chosen.Family)
            .Select(other => Comparing.Of(result.Rows.Test, result.Rows.Test.Of(chosen.Family)!, other, result.Request.Settings.Seed)),
        notJudged = result.NotJudged.Select(problem => new { problem.Field, problem.Code, problem.Message }),
        curves = Curves(result.Test.Curves),
        points = chosen.Points,
        importance = result.Importance,
        withoutSource = result.WithoutSource,
        leakage = result.Leakage.Select(finding => new { finding.Column, finding.Kind, finding.Severity, finding.Evidence, finding.Acknowledged, finding.Acknowledgement }),
        quality = result.Quality,
        fairness = result.Fairness,
        registration = new
        {
            refused = result.Refusals.Count > 0,
            reasons = result.Refusals.Select(problem => new { problem.Code, problem.Field, problem.Message, problem.Remedy }),
        },
        notes = result.Notes.Select(note => new { note.Code, note.Field, note.Message }),
        lineage = new
        {
            dataHash = result.Request.Manifest.Content.Hex,
            result.Request.Manifest.Source,
            scoringHash = result.Definition.ScoringHash.Hex,
            result.Request.Settings.Seed,
            parent = result.Request.Parent is { } parent ? new { model = parent.Reference, package = parent.PackageHash } : null,
            parameters = JsonDocument.Parse(result.Winner.ParametersJson).RootElement,
        },
        result.Seconds,
    }, Indented);

    /// <summary>Curves of an evaluation.</summary>
    /// <remarks>The first point of a ROC curve has an infinite cut, which JSON cannot say; pages need the rates only.</remarks>
    public static object Curves(EvaluationCurves curves) => new
    {
        roc = curves.Roc.Select(point => new { point.FalsePositiveRate, point.TruePositiveRate }),
        precisionRecall = curves.PrecisionRecall.Select(point => new { point.Recall, point.Precision }),
        curves.Gains,
        curves.KolmogorovSmirnov,
        curves.KsAt,
        curves.CalibrationBefore,
        curves.CalibrationAfter,
        curves.Scores,
        curves.Confusion,
    };

    private static object Tuning(TuningReport tuning) => new
    {
        tuning.BudgetSeconds,
        tuning.Seconds,
        configurations = tuning.Board.Count,
        tuning.Chosen,
        board = tuning.Board.Select(entry => new { entry.Rank, entry.Family, entry.Configuration, entry.Parameters, cv = new { auc = new { mean = entry.MeanAuc, entry.Sd } }, entry.Folds, entry.Seconds }),
    };

    private static object Cv(FoldedAuc auc) => new { auc = new { auc.Mean, auc.Sd, auc.Folds } };
}
