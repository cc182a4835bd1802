using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A candidate, trained on the whole training part, with the vectors of the other parts.</summary>
/// <remarks>Where a plan leaves no rows for calibration, the training rows calibrate with their out-of-fold quantities, and what needs
/// rows that the model has not seen takes the test part.</remarks>
internal sealed record Refit(Candidate Candidate, FittedFeatures Fitted, Predictor Predictor, int[] CalibrationRows, FeatureMatrix Calibration, double[] Quantities, FeatureMatrix Test)
{
    /// <summary>Whether the training rows calibrate, out of fold.</summary>
    public required bool IsCrossFitted { get; init; }
}

/// <summary>What was measured on rows that the model did not see.</summary>
internal sealed record Judgement(
    ModelEvaluation Test, ModelEvaluation? OutOfTime, CandidateJudgement OnTest, CandidateJudgement? OnOutOfTime, IReadOnlyList<FairnessReport> Fairness, IReadOnlyList<SourceEffect> WithoutSource,
    IReadOnlyList<FeatureImportance> Importance, FeatureMatrix HeldOut, Score[] HeldOutScores);

/// <summary>Trains candidates on the whole training part, calibrates and judges them, all on the same rows.</summary>
internal sealed class CandidateBuild
{
    private readonly TrainingRequest _request;
    private readonly TrainingSettings _settings;
    private readonly FeatureStep _features;
    private readonly bool[] _bad;
    private readonly DataSplit _split;
    private readonly Action<TrainingPhase, int, int> _report;
    private readonly CancellationToken _cancellation;
    private readonly PartStep _parts;
    private JudgedRows? _test, _outOfTime;
    private int[]? _sample;

    /// <summary>Prepares for the parts of a run.</summary>
    /// <param name="request">The request.</param>
    /// <param name="features">Makes vectors.</param>
    /// <param name="bad">Outcome per row of the data set.</param>
    /// <param name="split">Parts.</param>
    /// <param name="report">Told of every step.</param>
    /// <param name="cancellation">Stops within a second or two.</param>
    public CandidateBuild(TrainingRequest request, FeatureStep features, bool[] bad, DataSplit split, Action<TrainingPhase, int, int> report, CancellationToken cancellation)
    {
        (_request, _settings, _features, _bad, _split, _report, _cancellation) = (request, request.Settings, features, bad, split, report, cancellation);
        _parts = new PartStep(request, bad);
    }

    // A candidate, trained on the whole training part; its out-of-fold quantities stand in the order of that part.
    private Refit Refit(Candidate candidate, double[] outOfFold)
    {
        _report(TrainingPhase.Fitting, 0, 1);
        var fitted = _features.Fit(_split.Train);
        var predictor = candidate.Fit(fitted.Rows, (ulong)_settings.Seed, _settings.Threads, _cancellation);
        var crossFitted = _split.Calibration.Length == 0;
        var rows = crossFitted ? _split.Train : _split.Calibration;
        var calibration = _features.Apply(fitted.Program, rows);
        var quantities = crossFitted ? outOfFold : Quantities.Of(predictor, calibration, _settings.Threads, _cancellation);
        return new Refit(candidate, fitted, predictor, rows, calibration, quantities, _features.Apply(fitted.Program, _split.Test)) { IsCrossFitted = crossFitted };
    }

    /// <summary>Trains a candidate on the whole training part, calibrates it and judges it.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="board">Its line on the leader board.</param>
    /// <returns>The candidate; refused when it breaks a declared direction or cannot be calibrated, and under
    /// <see cref="TrainingSettings.Strict"/> when it shows a leak.</returns>
    public Outcome<JudgedCandidate> Build(Candidate candidate, CandidateResult board)
    {
        var refit = Refit(candidate, board.OutOfFold);
        if (CheckDirections(refit) is { Count: > 0 } broken) return broken;
        if (!Calibrate(refit).TryGet(out var calibrated, out var problems)) return Outcome<JudgedCandidate>.Refused(problems);
        var (model, threshold) = Decide(refit, calibrated.Model);
        var leakage = LookForLeaksIn(refit);
        if (_settings.Strict && leakage.Where(finding => finding.Blocks).Select(TrainingProblems.Leak).ToList() is { Count: > 0 } leaks) return leaks;
        return new JudgedCandidate(board, refit, model, calibrated.Choice, threshold, leakage, Judge(refit, model, threshold), calibrated.Refusals);
    }

    /// <summary>Every candidate of the leader board, the chosen one as it is; one that cannot be judged is left out with its reason.</summary>
    /// <param name="board">Leader board.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="chosen">The chosen one, judged; where not all are asked for it is the only one.</param>
    public (List<JudgedCandidate> Judged, List<Problem> NotJudged) Others(IReadOnlyList<CandidateResult> board, IReadOnlyList<Candidate> candidates, JudgedCandidate chosen)
    {
        if (!_settings.JudgesAll) return ([chosen], []);
        var (judged, notJudged) = (new List<JudgedCandidate>(), new List<Problem>());
        foreach (var line in board)
        {
            if (line.Family == chosen.Board.Family) judged.Add(chosen);
            else if (Build(candidates.First(candidate => candidate.Family == line.Family), line).TryGet(out var one, out var problems)) judged.Add(one);
            else notJudged.Add(problems[0] with { Field = line.Family });
        }

        return (judged, notJudged);
    }

    /// <summary>The rows that candidates were judged on, with what each said.</summary>
    /// <param name="judged">Candidates that <see cref="Build"/> has judged, at least one.</param>
    public EvidenceRows Rows(IReadOnlyList<JudgedCandidate> judged) => new(
        _test! with { Candidates = [.. judged.Select(one => one.Judgement.OnTest)] },
        judged[0].Judgement.OnOutOfTime is null ? null : _outOfTime! with { Candidates = [.. judged.Select(one => one.Judgement.OnOutOfTime!)] });

    // Directions of the dictionary that the refitted model breaks.
    private List<Problem> CheckDirections(Refit refit) =>
        DirectionStep.Check(refit.Predictor, refit.Fitted.Program, refit.Calibration, _settings.Threads, _cancellation);

    // Score scale and PD, fitted on the calibration part.
    private Outcome<CalibratedModel> Calibrate(Refit refit) => CalibrationStep.Fit(
        refit.Fitted.Program, refit.Predictor, refit.Quantities, Array.ConvertAll(refit.CalibrationRows, row => _request.Dataset.Outcomes[row]), _settings.Calibration, refit.IsCrossFitted,
        RowWeights.Of(_request.Dataset, refit.CalibrationRows));

    // The threshold and, for an inferred dictionary, the cut-offs that follow from it.
    private (FittedModel Model, ThresholdChoice Threshold) Decide(Refit refit, FittedModel model)
    {
        var scores = Array.ConvertAll(refit.Quantities, model.Scoring.OfQuantity);
        var records = _request.Records.Count == 0 ? [] : Array.ConvertAll(refit.CalibrationRows, row => _request.Records[row]);
        var threshold = ThresholdStep.Choose(refit.Fitted.Program, records, Array.ConvertAll(scores, score => score.Pd), Array.ConvertAll(refit.CalibrationRows, row => _bad[row]));
        return (_request.IsInferred ? WithCutOffs(model, scores, threshold.Pd) : model, threshold);
    }

    private IReadOnlyList<LeakageFinding> LookForLeaksIn(Refit refit)
    {
        var (held, rows) = refit.IsCrossFitted ? (refit.Test, _split.Test) : (refit.Calibration, refit.CalibrationRows);
        return LeakageStep.OfModel(_request, refit.Candidate, refit.Fitted.Rows, refit.Predictor, held, Array.ConvertAll(rows, row => _bad[row]), refit.Test, _cancellation);
    }

    // Figures on the test part, and on the out-of-time part where there is one.
    private Judgement Judge(Refit refit, FittedModel model, ThresholdChoice threshold)
    {
        _report(TrainingPhase.Evaluation, 0, 1);
        var scores = model.Score(refit.Test, _settings.Threads, _cancellation);
        var test = TestRows(refit.Fitted.Program);
        var onTest = model.Judge(scores, threshold.Pd, ClassHits(model, scores, _split.Test)) with { Family = refit.Candidate.Family };
        _sample ??= ReasonStep.Sample(onTest.Pd, threshold.Pd);
        onTest = onTest with { Reasons = ReasonStep.Of(model, refit.Test, _sample, _settings.Threads, _cancellation) };
        var late = OutOfTimeScores(refit, model);
        var onLate = late is null ? null : model.Judge(late, threshold.Pd, ClassHits(model, late, _split.OutOfTime)) with { Family = refit.Candidate.Family };
        var sources = _features.WithdrawableSources.Select(source => new SourceEffect(source, AucWithout(refit, model, _split.Test, test.Bad, source))).ToList();
        var importance = Importance(refit);
        // Cross-fitted rows stand among the training rows with their out-of-fold scores already.
        Score[] heldOut = refit.IsCrossFitted ? scores : [.. refit.Quantities.Select(model.Scoring.OfQuantity), .. scores];
        var held = refit.IsCrossFitted ? refit.Test : Stacked.Of(refit.Calibration, refit.Test);
        return new Judgement(
            Evaluate(test, onTest), onLate is null ? null : Evaluate(OutOfTimeRows(refit.Fitted.Program), onLate),
            onTest, onLate, FairnessStep.Of(test, onTest, refit.Test, importance, _settings.Seed, _cancellation), sources, importance, held, heldOut);
    }

    private FittedModel WithCutOffs(FittedModel model, Score[] scores, double threshold)
    {
        var scoring = model.Scoring;
        var definition = ScorecardDefinitions.Complete(_request.Definition with { Policy = ThresholdStep.CutOffs(_request.Definition, scores, threshold) });
        var program = FeatureProgram.Compile(definition, scoring.Program.Fitted);
        return model with { Scoring = new ScoringModel(program, model.Predictor, scoring.Calibrator, scoring.PdCalibrator, scoring.CategoryCuts) };
    }

    // The rows are the same for all candidates, whose programs differ in nothing that costs and groups read.
    private JudgedRows TestRows(FeatureProgram program) => _test ??= _parts.Of(_split.Test, program);

    private JudgedRows OutOfTimeRows(FeatureProgram program) => _outOfTime ??= _parts.Of(_split.OutOfTime, program);

    private ModelEvaluation Evaluate(JudgedRows rows, CandidateJudgement judged) =>
        ModelEvaluation.Of(EvaluatedRows.Of(rows, judged, PartStep.CostsOf(_request.Definition, rows.Exposure is not null)), judged.Threshold, _settings.Seed, _cancellation);

    // Ordinal models: share of rows whose class is hit.
    private double? ClassHits(FittedModel model, Score[] scores, int[] rows) => !model.Scoring.Scale.IsOrdinal ? null
        : scores.Where((score, i) => score.RiskCategory == _request.Dataset.Outcomes[rows[i]]).Count() / (double)rows.Length;

    private Score[]? OutOfTimeScores(Refit refit, FittedModel model)
    {
        var bads = _split.OutOfTime.Count(row => _bad[row]);
        return bads == 0 || bads == _split.OutOfTime.Length ? null : model.Score(_features.Apply(refit.Fitted.Program, _split.OutOfTime), _settings.Threads, _cancellation);
    }

    private IReadOnlyList<FeatureImportance> Importance(Refit refit) => [.. ImportanceStep.Shares(refit.Predictor, refit.Calibration, _settings, _cancellation)
        .Select((share, feature) => new FeatureImportance(refit.Calibration.Columns[feature].Name, share)).OrderByDescending(entry => entry.GainShare)];

    private double AucWithout(Refit refit, FittedModel model, int[] rows, bool[] bad, string source)
    {
        var features = _features.ApplyWithout(refit.Fitted.Program, rows, source);
        return Ranking.Auc(Quantities.Risk(model.Predictor, Quantities.Of(model.Predictor, features, _settings.Threads, _cancellation)), bad);
    }
}
