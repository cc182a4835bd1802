using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

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
    private FeatureMatrix? _allRows;

    public TrainingRun(TrainingRequest request, IProgress<TrainingProgress>? progress, TimeProvider clock, CancellationToken cancellation)
    {
        (_request, _settings, _progress, _clock, _cancellation) = (request, request.Settings, progress, clock, cancellation);
        _features = new FeatureStep(request.Definition, request.Dataset, request.Settings, request.Parent?.Package.Transforms);
        _bad = Array.ConvertAll(request.Dataset.Outcomes, outcome => outcome == request.PdClass);
    }

    /// <summary>The candidates, once everything that can be refused beforehand has been looked at.</summary>
    public Outcome<IReadOnlyList<Candidate>> Prepare() =>
        _features.NeedsRecords && _request.Records.Count == 0 ? TrainingProblems.RecordsNeeded
        : _settings.BudgetSeconds is { } seconds && !(seconds > 0) ? TrainingProblems.Budget(seconds)
        : RowProblems() is { Count: > 0 } faults ? faults
        : _settings.Balance == "smote" && _request.Dataset.Weights is not null ? TrainingProblems.SmoteOfWeights(_request.Dataset.WeightColumn)
        : _request.Parent is { } parent ? RefitStep.Candidates(parent, _settings)
        : CandidateCatalogue.Resolve(_request.Definition, _settings);

    // Rows are named as the file counts them, and what is wrong with classes is wrong with the outcome's column.
    private List<Problem> RowProblems()
    {
        var dataset = _request.Dataset;
        if (dataset.Features.Columns.Count == 0) return [];
        return
        [
            .. TrainingInput.Check(dataset.Features, dataset.Outcomes, dataset.Weights, dataset.ClassCounts.Count).Select(problem => problem with
            {
                Field = problem.Field ?? (problem.Code.StartsWith("training.weights", StringComparison.Ordinal) ? dataset.WeightColumn : problem.Code.StartsWith("training.classes", StringComparison.Ordinal) ? _request.Definition.Target.Column : null),
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
        _cancellation.ThrowIfCancellationRequested();
        return LeakageStep.OfForeignScores(_request, AllRows, _bad, best.Auc.Mean, _cancellation);
    }

    // Where transforms are fitted the data set holds records only; for a look at the columns they may be fitted on all rows.
    private FeatureMatrix AllRows => _allRows ??= _request.Dataset.Features.Columns.Count > 0 ? _request.Dataset.Features : _features.OfAllRows();

    /// <summary>Deals the rows into parts.</summary>
    public Outcome<DataSplit> Split() => StratifiedSplit.Of(_request.Dataset, _settings.Split, _settings.Seed);

    /// <summary>Deals the training part into folds, with features fitted inside each.</summary>
    public Outcome<IReadOnlyList<PreparedFold>> Fold(DataSplit split) =>
        StratifiedFolds.Of(_request.Dataset.Take(split.Train), _settings.Folds, _settings.Seed)
            .Then(folds => Learnable(CrossValidation.Prepare(_features, split.Train, _bad, _request.Dataset.Weights, folds)));

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
        return new CrossValidation(_settings, _clock).Run(winner, CrossValidation.Prepare(_features, rows, _bad, _request.Dataset.Weights, folds), () => Report(TrainingPhase.CrossValidation, ++done, folds.Count), _cancellation);
    }

    /// <summary>Builds candidates on the parts.</summary>
    public CandidateBuild Builder(DataSplit split) => new(_request, _features, _bad, split, Report, _cancellation);

    /// <summary>Sets a refitted model beside its parent on the test part; null where a new model was built.</summary>
    public RefitComparison? CompareWithParent(Refit refit, DataSplit split)
    {
        if (_request.Parent is not { } parent) return null;
        var sameData = parent.Package.Lineage.DataHash == _request.Manifest.Content.Hex;
        return RefitStep.Compare(parent, refit.Predictor, refit.Test, Array.ConvertAll(split.Test, row => _bad[row]), sameData, _settings.Threads, _cancellation);
    }

    private void Report(IReadOnlyList<TuningEntry> board, double share) =>
        _progress?.Report(new TrainingProgress(TrainingPhase.Tuning, (int)(1_000 * share), 1_000) { Board = board });

    private void Report(TrainingPhase phase, int done, int total)
    {
        _cancellation.ThrowIfCancellationRequested();
        _progress?.Report(new TrainingProgress(phase, done, total));
    }
}
