using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Core.Training;

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

/// <summary>The stations of one run of the <see cref="TrainingLine"/>.</summary>
internal sealed class TrainingRun
{
    private readonly TrainingRequest _request;
    private readonly TrainingSettings _settings;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancellation;
    private readonly FeatureStep _features;
    private readonly bool[] _bad;
    private readonly PartStep _parts;
    private JudgedRows? _test, _outOfTime;
    private int[]? _sample;
    private FeatureMatrix? _allRows;

    public TrainingRun(TrainingRequest request, IProgress<TrainingProgress>? progress, TimeProvider clock, CancellationToken cancellation)
    {
        (_request, _settings, _progress, _clock, _cancellation) = (request, request.Settings, progress, clock, cancellation);
        _features = new FeatureStep(request.Definition, request.Dataset, request.Settings, request.Parent?.Package.Transforms);
        _bad = Array.ConvertAll(request.Dataset.Outcomes, outcome => outcome == request.PdClass);
        _parts = new PartStep(request, _bad);
    }

    /// <summary>The candidates, once everything that can be refused beforehand has been looked at.</summary>
    public Outcome<IReadOnlyList<Candidate>> Prepare() =>
        _features.NeedsRecords && _request.Records.Count == 0 ? TrainingProblems.RecordsNeeded
        : _settings.BudgetSeconds is { } seconds && !(seconds > 0) ? TrainingProblems.Budget(seconds)
        : RowProblems() is { Count: > 0 } faults ? faults
        : _request.Parent is { } parent ? RefitStep.Candidates(parent, _settings)
        : CandidateCatalogue.Resolve(_request.Definition, _settings);

    // Rows are named as the file counts them, and what is wrong with classes is wrong with the outcome's column.
    private List<Problem> RowProblems()
    {
        var dataset = _request.Dataset;
        if (dataset.Features.Columns.Count == 0) return [];
        return
        [
            .. TrainingInput.Check(dataset.Features, dataset.Outcomes, null, dataset.ClassCounts.Count).Select(problem => problem with
            {
                Field = problem.Field ?? (problem.Code.StartsWith("training.classes", StringComparison.Ordinal) ? _request.Definition.Target.Column : null),
                Row = problem.Row is { } row ? dataset.FileRows[row - 1] : null,
            }),
        ];
    }

    /// <summary>Profiles the accepted inputs.</summary>
    public QualityReport? Profile()
    {
        Report(TrainingPhase.Quality, 0, 1);
        return _request.Records.Count == 0 ? null : QualityAudit.Of(_request.Definition, _request.Records, _request.Dataset.Outcomes, _cancellation);
    }

    /// <summary>Adds how the columns moved from the earlier rows to those out of time, and where refitted rows break the contract of the parent's.</summary>
    public QualityReport? LookForDrift(QualityReport? quality, DataSplit split)
    {
        if (quality is null) return null;
        var broken = _request.Parent is { } parent && RefitStep.QualityOf(parent) is { } before ? DataContract.Of(before).Check(quality) : [];
        if (split.OutOfTime.Length == 0) return quality with { Findings = [.. quality.Findings, .. broken] };
        var late = split.OutOfTime.ToHashSet();
        InputRecord[] earlier = [.. _request.Records.Where((_, row) => !late.Contains(row))];
        var drift = QualityDrift.Of(_request.Definition, earlier, Array.ConvertAll(split.OutOfTime, row => _request.Records[row]));
        return quality with { Drift = drift, Findings = [.. quality.Findings, .. broken, .. QualityDrift.Findings(drift)] };
    }

    /// <summary>Looks for leaks in the data.</summary>
    public IReadOnlyList<LeakageFinding> LookForLeaks()
    {
        Report(TrainingPhase.Leakage, 0, 1);
        return LeakageStep.OfData(_request, AllRows, _bad, _cancellation);
    }

    /// <summary>Looks for columns that are somebody else's score.</summary>
    /// <param name="best">The best candidate of the leader board.</param>
    public IReadOnlyList<LeakageFinding> LookForForeignScores(CandidateResult best)
    {
        Report(TrainingPhase.Leakage, 0, 1);
        return LeakageStep.OfForeignScores(_request, AllRows, _bad, best.Auc.Mean, _cancellation);
    }

    // Where transforms are fitted the data set holds records only; for a look at the columns they may be fitted on all rows.
    private FeatureMatrix AllRows => _allRows ??= _request.Dataset.Features.Columns.Count > 0 ? _request.Dataset.Features : _features.OfAllRows();

    /// <summary>Deals the rows into parts.</summary>
    public Outcome<DataSplit> Split() => StratifiedSplit.Of(_request.Dataset, _settings.Split, _settings.Seed);

    /// <summary>Deals the training part into folds, with features fitted inside each.</summary>
    public Outcome<IReadOnlyList<PreparedFold>> Fold(DataSplit split) =>
        StratifiedFolds.Of(_request.Dataset.Take(split.Train), _settings.Folds, _settings.Seed)
            .Then(folds => Learnable(CrossValidation.Prepare(_features, split.Train, _bad, folds)));

    // Transforms that are fitted may fail on the rows of a fold, and a part of rows may vary less than the whole.
    private Outcome<IReadOnlyList<PreparedFold>> Learnable(IReadOnlyList<PreparedFold> folds)
    {
        var problems = folds.SelectMany(fold => TrainingInput.Check(fold.Train.Features, fold.Train.Classes, null, _request.Dataset.ClassCounts.Count))
            .Select(problem => problem with { Row = null }).Distinct().ToList();
        return problems.Count > 0 ? problems : Outcome<IReadOnlyList<PreparedFold>>.Success(folds);
    }

    /// <summary>Looks for better hyper-parameters where there is a budget.</summary>
    /// <returns>The candidates with what was found, and what was tried; the candidates as they are, and null, without a budget or
    /// anything to tune.</returns>
    public Outcome<(IReadOnlyList<Candidate> Candidates, TuningReport? Report)> Tune(IReadOnlyList<Candidate> candidates, IReadOnlyList<PreparedFold> folds)
    {
        var families = Tuner.Tunable(_settings, candidates);
        if (_settings.BudgetSeconds is null || _request.Parent is not null || families.Count == 0) return (candidates, null);
        var known = _settings.TuningRecord?.Open(Tuner.RunOf(_request)) ?? Outcome<IReadOnlyList<TuningTrial>>.Success([]);
        if (!known.TryGet(out var trials, out var problems)) return Outcome<(IReadOnlyList<Candidate>, TuningReport?)>.Refused(problems);
        var report = new Tuner(_request.Definition, _settings, folds, trials, _clock, Report).Run(families, _cancellation);
        var tuned = _settings;
        foreach (var (family, parameters) in report.Chosen) tuned = tuned.With(family, parameters);
        return CandidateCatalogue.Resolve(_request.Definition, tuned).Then<(IReadOnlyList<Candidate>, TuningReport?)>(better => (better, report));
    }

    /// <summary>Cross-validates all candidates on the training part.</summary>
    /// <returns>Leader board, best mean AUC first; of equals the one named first.</returns>
    public IReadOnlyList<CandidateResult> CrossValidate(IReadOnlyList<Candidate> candidates, IReadOnlyList<PreparedFold> folds)
    {
        var (done, total) = (0, candidates.Count * folds.Count);
        Report(TrainingPhase.CrossValidation, 0, total);
        var validation = new CrossValidation(_settings, _clock);
        var results = new List<CandidateResult>();
        foreach (var candidate in candidates)
        {
            results.Add(validation.Run(candidate, folds, () => Report(TrainingPhase.CrossValidation, ++done, total), _cancellation));
            _progress?.Report(new TrainingProgress(TrainingPhase.CrossValidation, done, total) { Compared = [.. results.OrderByDescending(result => result.Auc.Mean)] });
        }

        return [.. results.OrderByDescending(result => result.Auc.Mean)];
    }

    /// <summary>Cross-validates the chosen candidate over all rows but the out-of-time ones, for the report: the figure to compare
    /// with what others measure on the same file. Nothing is chosen by it, so the test part may take part.</summary>
    public Outcome<CandidateResult> CrossValidateWinner(Candidate winner, DataSplit split)
    {
        int[] rows = [.. split.Train.Concat(split.Calibration).Concat(split.Test).Order()];
        if (!StratifiedFolds.Of(_request.Dataset.Take(rows), _settings.Folds, _settings.Seed).TryGet(out var folds, out var problems))
            return Outcome<CandidateResult>.Refused(problems);
        var done = 0;
        Report(TrainingPhase.CrossValidation, 0, folds.Count);
        return new CrossValidation(_settings, _clock).Run(winner, CrossValidation.Prepare(_features, rows, _bad, folds), () => Report(TrainingPhase.CrossValidation, ++done, folds.Count), _cancellation);
    }

    // A candidate, trained on the whole training part; its out-of-fold quantities stand in the order of that part.
    private Refit Refit(Candidate candidate, DataSplit split, double[] outOfFold)
    {
        Report(TrainingPhase.Fitting, 0, 1);
        var fitted = _features.Fit(split.Train);
        var predictor = candidate.Fit(fitted.Rows, (ulong)_settings.Seed, _settings.Threads, _cancellation);
        var crossFitted = split.Calibration.Length == 0;
        var rows = crossFitted ? split.Train : split.Calibration;
        var calibration = _features.Apply(fitted.Program, rows);
        var quantities = crossFitted ? outOfFold : Quantities.Of(predictor, calibration, _settings.Threads, _cancellation);
        return new Refit(candidate, fitted, predictor, rows, calibration, quantities, _features.Apply(fitted.Program, split.Test)) { IsCrossFitted = crossFitted };
    }

    /// <summary>Trains a candidate on the whole training part, calibrates it and judges it.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="board">Its line on the leader board.</param>
    /// <param name="split">Parts.</param>
    /// <returns>The candidate; refused when it breaks a declared direction or cannot be calibrated, and under
    /// <see cref="TrainingSettings.Strict"/> when it shows a leak.</returns>
    public Outcome<JudgedCandidate> Build(Candidate candidate, CandidateResult board, DataSplit split)
    {
        var refit = Refit(candidate, split, board.OutOfFold);
        if (CheckDirections(refit) is { Count: > 0 } broken) return broken;
        if (!Calibrate(refit).TryGet(out var calibrated, out var problems)) return Outcome<JudgedCandidate>.Refused(problems);
        var (model, threshold) = Decide(refit, calibrated.Model);
        var leakage = LookForLeaksIn(refit, split);
        if (_settings.Strict && leakage.Where(finding => finding.Blocks).Select(TrainingProblems.Leak).ToList() is { Count: > 0 } leaks) return leaks;
        return new JudgedCandidate(board, refit, model, calibrated.Choice, threshold, leakage, Judge(refit, model, threshold, split), calibrated.Refusals);
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
        refit.Fitted.Program, refit.Predictor, refit.Quantities, Array.ConvertAll(refit.CalibrationRows, row => _request.Dataset.Outcomes[row]), _settings.Calibration, refit.IsCrossFitted);

    // The threshold and, for an inferred dictionary, the cut-offs that follow from it.
    private (FittedModel Model, ThresholdChoice Threshold) Decide(Refit refit, FittedModel model)
    {
        var scores = Array.ConvertAll(refit.Quantities, model.Scoring.OfQuantity);
        var records = _request.Records.Count == 0 ? [] : Array.ConvertAll(refit.CalibrationRows, row => _request.Records[row]);
        var threshold = ThresholdStep.Choose(refit.Fitted.Program, records, Array.ConvertAll(scores, score => score.Pd), Array.ConvertAll(refit.CalibrationRows, row => _bad[row]));
        return (_request.IsInferred ? WithCutOffs(model, scores, threshold.Pd) : model, threshold);
    }

    private IReadOnlyList<LeakageFinding> LookForLeaksIn(Refit refit, DataSplit split)
    {
        var (held, rows) = refit.IsCrossFitted ? (refit.Test, split.Test) : (refit.Calibration, refit.CalibrationRows);
        return LeakageStep.OfModel(_request, refit.Candidate, refit.Fitted.Rows, refit.Predictor, held, Array.ConvertAll(rows, row => _bad[row]), refit.Test, _cancellation);
    }

    // Figures on the test part, and on the out-of-time part where there is one.
    private Judgement Judge(Refit refit, FittedModel model, ThresholdChoice threshold, DataSplit split)
    {
        Report(TrainingPhase.Evaluation, 0, 1);
        var scores = model.Score(refit.Test, _settings.Threads, _cancellation);
        var test = TestRows(split, refit.Fitted.Program);
        var onTest = model.Judge(scores, threshold.Pd, ClassHits(model, scores, split.Test)) with { Family = refit.Candidate.Family };
        _sample ??= ReasonStep.Sample(onTest.Pd, threshold.Pd);
        onTest = onTest with { Reasons = ReasonStep.Of(model, refit.Test, _sample, _settings.Threads, _cancellation) };
        var late = OutOfTimeScores(refit, model, split);
        var onLate = late is null ? null : model.Judge(late, threshold.Pd, ClassHits(model, late, split.OutOfTime)) with { Family = refit.Candidate.Family };
        var sources = _features.WithdrawableSources.Select(source => new SourceEffect(source, AucWithout(refit, model, split.Test, test.Bad, source))).ToList();
        var importance = Importance(refit);
        // Cross-fitted rows stand among the training rows with their out-of-fold scores already.
        Score[] heldOut = refit.IsCrossFitted ? scores : [.. refit.Quantities.Select(model.Scoring.OfQuantity), .. scores];
        var held = refit.IsCrossFitted ? refit.Test : Stacked.Of(refit.Calibration, refit.Test);
        return new Judgement(
            Evaluate(test, onTest), onLate is null ? null : Evaluate(OutOfTimeRows(split, refit.Fitted.Program), onLate),
            onTest, onLate, FairnessStep.Of(test, onTest, refit.Test, importance, _settings.Seed, _cancellation), sources, importance, held, heldOut);
    }

    /// <summary>Sets a refitted model beside its parent on the test part; null where a new model was built.</summary>
    public RefitComparison? CompareWithParent(Refit refit, DataSplit split)
    {
        if (_request.Parent is not { } parent) return null;
        var sameData = parent.Package.Lineage.DataHash == _request.Manifest.Content.Hex;
        return RefitStep.Compare(parent, refit.Predictor, refit.Test, Array.ConvertAll(split.Test, row => _bad[row]), sameData, _settings.Threads, _cancellation);
    }

    private FittedModel WithCutOffs(FittedModel model, Score[] scores, double threshold)
    {
        var scoring = model.Scoring;
        var definition = ScorecardDefinitions.Complete(_request.Definition with { Policy = ThresholdStep.CutOffs(_request.Definition, scores, threshold) });
        var program = FeatureProgram.Compile(definition, scoring.Program.Fitted);
        return model with { Scoring = new ScoringModel(program, model.Predictor, scoring.Calibrator, scoring.PdCalibrator, scoring.CategoryCuts) };
    }

    // The rows are the same for all candidates, whose programs differ in nothing that costs and groups read.
    private JudgedRows TestRows(DataSplit split, FeatureProgram program) => _test ??= _parts.Of(split.Test, program);

    private JudgedRows OutOfTimeRows(DataSplit split, FeatureProgram program) => _outOfTime ??= _parts.Of(split.OutOfTime, program);

    private ModelEvaluation Evaluate(JudgedRows rows, CandidateJudgement judged) =>
        ModelEvaluation.Of(EvaluatedRows.Of(rows, judged, PartStep.CostsOf(_request.Definition, rows.Exposure is not null)), judged.Threshold, _settings.Seed, _cancellation);

    // Ordinal models: share of rows whose class is hit.
    private double? ClassHits(FittedModel model, Score[] scores, int[] rows) => !model.Scoring.Scale.IsOrdinal ? null
        : scores.Where((score, i) => score.RiskCategory == _request.Dataset.Outcomes[rows[i]]).Count() / (double)rows.Length;

    private Score[]? OutOfTimeScores(Refit refit, FittedModel model, DataSplit split)
    {
        var bads = split.OutOfTime.Count(row => _bad[row]);
        return bads == 0 || bads == split.OutOfTime.Length ? null : model.Score(_features.Apply(refit.Fitted.Program, split.OutOfTime), _settings.Threads, _cancellation);
    }

    private IReadOnlyList<FeatureImportance> Importance(Refit refit) => [.. ImportanceStep.Shares(refit.Predictor, refit.Calibration, _settings, _cancellation)
        .Select((share, feature) => new FeatureImportance(refit.Calibration.Columns[feature].Name, share)).OrderByDescending(entry => entry.GainShare)];

    private double AucWithout(Refit refit, FittedModel model, int[] rows, bool[] bad, string source)
    {
        var features = _features.ApplyWithout(refit.Fitted.Program, rows, source);
        return Ranking.Auc(Quantities.Risk(model.Predictor, Quantities.Of(model.Predictor, features, _settings.Threads, _cancellation)), bad);
    }

    private void Report(IReadOnlyList<TuningEntry> board, double share) =>
        _progress?.Report(new TrainingProgress(TrainingPhase.Tuning, (int)(1_000 * share), 1_000) { Board = board });

    private void Report(TrainingPhase phase, int done, int total)
    {
        _cancellation.ThrowIfCancellationRequested();
        _progress?.Report(new TrainingProgress(phase, done, total));
    }
}
