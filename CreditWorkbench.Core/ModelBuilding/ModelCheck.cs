using System.Text.Json;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Figures of a packaged model on a file.</summary>
/// <param name="Rows">Labelled rows that were scored.</param>
/// <param name="Positives">Bad rows among them.</param>
/// <param name="Rejected">Rows that were left out.</param>
/// <param name="Evaluation">The figures.</param>
/// <param name="Fairness">One report per sensitive column of the dictionary that the file has.</param>
public sealed record ModelCheckResult(int Rows, int Positives, RejectedRows Rejected, ModelEvaluation Evaluation, IReadOnlyList<FairnessReport> Fairness);

/// <summary>Judges a packaged model on labelled rows that it is shown for the first time.</summary>
public static class ModelCheck
{
    private const int BootstrapSeed = 1;

    /// <summary>Scores a file and measures.</summary>
    /// <param name="release">The model.</param>
    /// <param name="reader">An opened file.</param>
    /// <param name="target">Column of the outcome; null for the dictionary's.</param>
    /// <param name="bad">Values that count as bad; null for the dictionary's.</param>
    /// <param name="weight">Column that says how much a row counts; null where all count alike.</param>
    /// <param name="threads">Threads at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Outcome<ModelCheckResult>> RunAsync(
        Release release, RowReader reader, string? target, IReadOnlyList<string>? bad, string? weight, int threads, CancellationToken cancellationToken)
    {
        var definition = release.Definition;
        if (!DictionaryVectorizer.Create(definition, release.Program, reader).TryGet(out var vectorizer, out var problems)) return Outcome<ModelCheckResult>.Refused(problems);
        var labels = bad is null ? OutcomeLabels.Of(definition.Target) : OutcomeLabels.Bad(bad);
        // Segments and costs read what the file says, and nothing else does; a date is of no use to a model that is only measured.
        var readsRecords = definition.Costs is { Ead: not null } || definition.Inputs.Any(input => input.Role == InputRole.Segment);
        var request = DatasetRequest.Of(definition, reader, "") with { Target = target ?? definition.Target.Column, Labels = labels, Id = null, Time = null, Weight = weight, KeepRecords = readsRecords };
        if (!(await DatasetBuilder.BuildAsync(reader, request, vectorizer, cancellationToken)).TryGet(out var built, out problems)) return Outcome<ModelCheckResult>.Refused(problems);

        var isBad = BadOf(built.Dataset, release, bad is not null);
        var model = new FittedModel(release.Scoring, release.Package.Predictor);
        var scores = model.Score(built.Dataset.Features, threads, cancellationToken);
        var parts = new PartStep(new TrainingRequest(definition, built.Dataset, built.Manifest, new TrainingSettings()), isBad);
        var rows = parts.Of([.. Enumerable.Range(0, built.Dataset.Rows)], release.Program);
        var judged = model.Judge(scores, ThresholdOf(release), null);
        var evaluation = ModelEvaluation.Of(EvaluatedRows.Of(rows, judged, PartStep.CostsOf(definition, rows.Exposure is not null)), judged.Threshold, BootstrapSeed, cancellationToken);
        var fairness = FairnessStep.Of(rows, judged, built.Dataset.Features, [], BootstrapSeed, cancellationToken);
        return new ModelCheckResult(built.Dataset.Rows, isBad.Count(one => one), built.Rejected, evaluation, fairness);
    }

    private static bool[] BadOf(LabelledDataset dataset, Release release, bool binary)
    {
        var pdClass = binary ? 1 : CalibrationStep.PdClass(release.Definition.Target);
        return Array.ConvertAll(dataset.Outcomes, outcome => outcome == pdClass);
    }

    // The threshold is part of the model's own record; what is judged must not choose it.
    private static double ThresholdOf(Release release)
    {
        using var report = JsonDocument.Parse(release.Package.ReportJson);
        return report.RootElement.TryGetProperty("test", out var test) && test.TryGetProperty("threshold", out var threshold) ? threshold.GetDouble() : 0.5;
    }
}
