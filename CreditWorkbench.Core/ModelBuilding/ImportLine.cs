using System.Text.Json;
using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Makes a package of a model that was trained elsewhere: dictionary, calibration, backgrounds. What is not known stays
/// out: no model uncertainty, and without a background file no reference scores, no explanation background and no reasons.</summary>
public static class ImportLine
{
    private const string DefaultTarget = "outcome";

    /// <summary>Packs an imported model.</summary>
    /// <param name="request">The model and the files that go with it.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>The package with notes, or every problem that stands in the way: of the dictionary (<c>import.ordinal</c>,
    /// <c>import.transforms</c>, <c>import.feature.absent</c>), of a file, or <c>package.unfit</c>.</returns>
    public static async Task<Outcome<ImportedPackage>> PackAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        if (!Opened(request, null).TryGet(out var part, out var problems)) return Outcome<ImportedPackage>.Refused(problems);
        if (!(await CalibrateAsync(request, part, cancellationToken)).TryGet(out var calibration, out problems)) return Outcome<ImportedPackage>.Refused(problems);
        if (!(await BackgroundAsync(request, part, cancellationToken)).TryGet(out var background, out problems)) return Outcome<ImportedPackage>.Refused(problems);

        // Where applicants score is known only now: the inferred policy is placed among them, the columns stay as they are.
        if (request.Definition is null && !Opened(request, BadShare(part, calibration.Platt, background, request.Threads)).TryGet(out part, out problems)) return Outcome<ImportedPackage>.Refused(problems);
        if (!request.Model.HasCovers && background.Rows > 0 && part.Predictor is TreeEnsemble trees) part = part with { Predictor = CountedCovers.Of(trees, background) };
        var scoring = new ScoringModel(part.Program, part.Predictor, calibration.Platt, null, null);
        int[] issued = [.. Quantities.Of(part.Predictor, background, request.Threads, cancellationToken).Select(quantity => scoring.OfQuantity(quantity).Issued)];
        var (reasons, notes) = ReasonRows(request, scoring, background, issued);
        var package = new ModelPackage
        {
            Scorecard = part.Definition,
            Transforms = FittedTransforms.None,
            Predictor = part.Predictor,
            Platt = calibration.Platt,
            ExplanationBackground = background.Take(ModelPackager.Draw(background.Rows, ModelPackager.ExplanationRows, request.Seed)),
            ReasonBackground = reasons,
            ReferenceScores = [.. issued.Order()],
            FeatureBins = BinningStep.Of(background),
            Lineage = Lineage(request, calibration),
            ReportJson = Report(request, part, calibration, background.Rows, reasons.Rows),
        };
        return new ImportedPackage(package, [.. request.Model.Notes.Where(note => note.Code != "onnx.covers" || background.Rows == 0), .. notes]);
    }

    private static Outcome<ImportPart> Opened(ImportRequest request, double? badShare) => DictionaryOf(request, badShare).Then<ImportPart>(definition =>
    {
        if (definition.Target.IsOrdinal) return new Problem("import.ordinal", "The dictionary has ordered classes; an imported model gives the log-odds of one outcome.") { Remedy = "Use a dictionary with a binary outcome." };
        if (FittedTransforms.Needed(definition)) return new Problem("import.transforms", "The dictionary has transforms that are fitted on training rows, which an imported model does not bring.") { Remedy = "Use a dictionary whose features are computed from one row." };
        var program = FeatureProgram.Compile(definition, FittedTransforms.None);
        var model = Named(request, definition);
        return model.Over(program.Columns).Then<ImportPart>(predictor => new ImportPart(definition, program, predictor));
    });

    // An inferred dictionary may have to rename a feature; its columns stand in the model's order then.
    private static ImportedModel Named(ImportRequest request, ScorecardDefinition definition) => request.Definition is null
        ? request.Model with { Features = [.. request.Model.Features.Zip(definition.Features, (feature, named) => feature with { Name = named.Name })] }
        : request.Model;

    private static Outcome<ScorecardDefinition> DictionaryOf(ImportRequest request, double? badShare)
    {
        if (request.Definition is { } known) return known;
        var inputs = request.Model.Features.Select(feature => new ModelInput(feature.Name, feature.Type == "i")).ToList();
        return ModelDictionary.Infer(request.Name, inputs, request.Target ?? DefaultTarget, request.Bad ?? ["1"], badShare ?? 0.5);
    }

    private static async Task<Outcome<ImportCalibration>> CalibrateAsync(ImportRequest request, ImportPart part, CancellationToken cancellationToken)
    {
        if (request.Labelled is not { } file) return new ImportCalibration(request.Model.Platt ?? PlattCalibrator.Identity, 0, 0);
        if (!(await ImportRows.LabelledAsync(file, request, part.Definition, part.Program, cancellationToken)).TryGet(out var dataset, out var problems)) return Outcome<ImportCalibration>.Refused(problems);
        var margins = MarginsOf(part, dataset.Features, request.Threads, cancellationToken);
        return PlattFit.Fit(margins, dataset.BadMask()).Then<ImportCalibration>(platt => new ImportCalibration(platt, dataset.Rows, dataset.Positives));
    }

    private static async Task<Outcome<FeatureMatrix>> BackgroundAsync(ImportRequest request, ImportPart part, CancellationToken cancellationToken) => request.Background is { } file
        ? await ImportRows.UnlabelledAsync(file, request, part.Definition, part.Program, cancellationToken)
        : new FeatureMatrix(part.Program.Columns, 0, []);

    // Mean PD of the background; without one, the PD of the model's mean margin over its own training rows.
    private static double BadShare(ImportPart part, PlattCalibrator platt, FeatureMatrix background, int threads)
    {
        const double edge = 0.001;
        var margins = background.Rows > 0 ? MarginsOf(part, background, threads, default) : [part.Predictor.Link.ToMargin(Attributors.PathDependent(part.Predictor).Base)];
        return Math.Clamp(margins.Average(margin => ReproducibleMath.Logistic(platt.LogOdds(margin))), edge, 1 - edge);
    }

    // A forest's quantity is a probability: calibrators and the policy stand on its margin.
    private static double[] MarginsOf(ImportPart part, FeatureMatrix features, int threads, CancellationToken cancellationToken) =>
        Array.ConvertAll(Quantities.Of(part.Predictor, features, threads, cancellationToken), part.Predictor.Link.ToMargin);

    private static (FeatureMatrix Rows, IReadOnlyList<Problem> Notes) ReasonRows(ImportRequest request, ScoringModel scoring, FeatureMatrix background, int[] issued)
    {
        if (request.Background is null)
            return (background, [new Problem("background.missing", "Without a background file the model explains itself by --method path only, and gives no reasons.") { Remedy = "Import it with --background FILE." }]);
        var chosen = ReasonBackground.Select(issued, scoring.Program.Definition.Policy.ApproveFrom, scoring.Scale);
        return chosen.Succeeded
            ? (background.Take(chosen.Value), [])
            : (background.Take([]), [chosen.Problems[0] with { Message = $"{chosen.Problems[0].Message} The model is imported without reasons; it cannot go into production.", Remedy = "Bring a larger background file." }]);
    }

    private static PackageLineage Lineage(ImportRequest request, ImportCalibration calibration) => new(
        request.File.Hex, calibration.Rows, calibration.Positives, request.Seed, request.CodeVersion, request.Model.Predictor.Family,
        JsonSerializer.Serialize(new { origin = request.Model.Origin, objective = request.Model.Objective, trees = request.Model.Trees }));

    private static string Report(ImportRequest request, ImportPart part, ImportCalibration calibration, int background, int reasons) => JsonSerializer.Serialize(
        new
        {
            scorecard = part.Definition.Id,
            model = request.Model.Predictor.Family,
            imported = new
            {
                origin = request.Model.Origin,
                objective = request.Model.Objective,
                file = request.File.Hex,
                trees = request.Model.Trees,
                features = request.Model.Features.Count,
                calibrationRows = calibration.Rows,
                calibrationPositives = calibration.Positives,
                slope = calibration.Platt.Slope,
                intercept = calibration.Platt.Intercept,
                backgroundRows = background,
                reasonRows = reasons,
            },
        });

    private sealed record ImportPart(ScorecardDefinition Definition, FeatureProgram Program, Predictor Predictor);

    private sealed record ImportCalibration(PlattCalibrator Platt, long Rows, long Positives);
}
