using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Successive halving over seeded random configurations, judged out-of-fold on training rows, under a wall-clock budget.</summary>
/// <remarks>Jamieson and Talwalkar (2016), with folds as the resource. The given parameters of every family are judged on all folds first; then
/// brackets of nine configurations take turns among the families: nine on the first fold, the best three on half of the folds, the
/// best one on all. What comes next depends on seed and results alone; the clock decides only where it ends.</remarks>
internal sealed class Tuner
{
    // Changes when the spaces or the schedule do: trials of another version are those of other configurations.
    private const int Version = 1;
    private const int BracketSize = 9;
    private const int Keep = 3;

    private readonly ScorecardDefinition _definition;
    private readonly TrainingSettings _settings;
    private readonly IReadOnlyList<PreparedFold> _folds;
    private readonly CrossValidation _validation;
    private readonly TimeProvider _clock;
    private readonly Action<IReadOnlyList<TuningEntry>, double> _tell;
    private readonly Dictionary<(string Family, int Configuration, int Fold), TuningTrial> _trials = [];
    private readonly double _spentBefore;
    private readonly long _start;

    /// <summary>Prepares a run.</summary>
    /// <param name="definition">Dictionary.</param>
    /// <param name="settings">Seed, budget, record and what is fixed.</param>
    /// <param name="folds">Folds of the training part.</param>
    /// <param name="known">Trials of the same run that a record holds.</param>
    /// <param name="clock">The budget's clock.</param>
    /// <param name="tell">Told of the leader board, and of the share of the budget that is spent, after every trial.</param>
    public Tuner(ScorecardDefinition definition, TrainingSettings settings, IReadOnlyList<PreparedFold> folds, IReadOnlyList<TuningTrial> known, TimeProvider clock, Action<IReadOnlyList<TuningEntry>, double> tell)
    {
        (_definition, _settings, _folds, _clock, _tell) = (definition, settings, folds, clock, tell);
        _validation = new CrossValidation(settings, clock);
        foreach (var trial in known) _trials[(trial.Family, trial.Configuration, trial.Fold)] = trial;
        _spentBefore = known.Sum(trial => trial.Seconds);
        _start = clock.GetTimestamp();
    }

    private double Budget => _settings.BudgetSeconds!.Value;

    private double Spent => _spentBefore + _clock.GetElapsedTime(_start).TotalSeconds;

    /// <summary>The families among candidates that tuning may change.</summary>
    public static IReadOnlyList<string> Tunable(TrainingSettings settings, IEnumerable<Candidate> candidates) =>
    [
        .. candidates.Select(candidate => candidate.Family).Where(family => ParameterSpace.Has(family) && !settings.Untuned.Contains(family)),
    ];

    /// <summary>Names what the trials of a request depend on, apart from the budget and the number of threads.</summary>
    public static string RunOf(TrainingRequest request)
    {
        var settings = request.Settings;
        var text = JsonSerializer.Serialize(new
        {
            Version,
            Data = request.Manifest.Content.Hex,
            Scoring = request.Definition.ScoringHash.Hex,
            settings.Seed,
            settings.Folds,
            settings.Split,
            settings.Balance,
            settings.Parameters,
        }, TrainingResultJson.Options);
        return $"tuning {ContentHash.Of(Encoding.UTF8.GetBytes(text)).Hex}";
    }

    /// <summary>Tries configurations until the budget is spent.</summary>
    /// <param name="families">Families to tune, at least one.</param>
    /// <param name="cancellation">Ends the whole run; the record keeps what was tried.</param>
    public TuningReport Run(IReadOnlyList<string> families, CancellationToken cancellation)
    {
        using var budget = new CancellationTokenSource(Left(), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellation);
        try
        {
            foreach (var family in families) Judge(family, 0, _folds.Count, either.Token);
            for (var bracket = 0; ; bracket++)
            {
                foreach (var family in families) Halve(family, bracket, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The budget is spent.
        }

        var board = Board();
        var chosen = families.ToDictionary(family => family, family => board.FirstOrDefault(entry => entry.Family == family && entry.Folds == _folds.Count)?.Parameters ?? Parameters(family, 0));
        return new TuningReport(Budget, Spent, board, chosen);
    }

    private TimeSpan Left() => TimeSpan.FromSeconds(Math.Max(0.0, Budget - Spent));

    private void Halve(string family, int bracket, CancellationToken cancellation)
    {
        int[] alive = [.. Enumerable.Range(1 + bracket * BracketSize, BracketSize)];
        foreach (var folds in new[] { 1, (_folds.Count + 1) / 2, _folds.Count }.Distinct())
        {
            foreach (var configuration in alive) Judge(family, configuration, folds, cancellation);
            alive = [.. alive.OrderByDescending(configuration => Mean(family, configuration)).ThenBy(configuration => configuration).Take(Math.Max(1, alive.Length / Keep))];
        }
    }

    private double Mean(string family, int configuration) => Enumerable.Range(0, _folds.Count)
        .Select(fold => _trials.GetValueOrDefault((family, configuration, fold))).OfType<TuningTrial>().Average(trial => trial.Auc);

    // Judges a configuration on the first folds, those aside that are known already.
    private void Judge(string family, int configuration, int folds, CancellationToken cancellation)
    {
        var candidate = CandidateCatalogue.Of(family, _definition, _settings.With(family, Parameters(family, configuration))).Value;
        for (var fold = 0; fold < folds; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_trials.ContainsKey((family, configuration, fold))) continue;
            if (_trials.Count >= _settings.BudgetTrials) throw new OperationCanceledException("The trials are spent.");
            var start = _clock.GetTimestamp();
            var auc = _validation.Judge(candidate, _folds[fold], cancellation).Auc;
            var trial = new TuningTrial(family, configuration, fold, auc, _clock.GetElapsedTime(start).TotalSeconds);
            _trials[(family, configuration, fold)] = trial;
            _settings.TuningRecord?.Add(trial);
            _tell(Board(), Math.Min(1.0, Math.Max(Spent / Budget, _trials.Count / (double)(_settings.BudgetTrials ?? int.MaxValue))));
        }
    }

    // What is drawn replaces what the settings say; the rest of them stays.
    private Dictionary<string, string> Parameters(string family, int configuration)
    {
        var parameters = new Dictionary<string, string>(_settings.Parameters.GetValueOrDefault(family) ?? new Dictionary<string, string>());
        foreach (var (name, value) in ParameterSpace.Of(family, configuration, _settings.Seed)) parameters[name] = value;
        return parameters;
    }

    private IReadOnlyList<TuningEntry> Board() =>
    [
        .. _trials.Values.GroupBy(trial => (trial.Family, trial.Configuration))
            .Select(group => (group.Key, Trials: group.ToList()))
            .OrderByDescending(group => group.Trials.Count).ThenByDescending(group => group.Trials.Average(trial => trial.Auc))
            .ThenBy(group => group.Key.Family, StringComparer.Ordinal).ThenBy(group => group.Key.Configuration)
            .Select((group, place) => Entry(place + 1, group.Key.Family, group.Key.Configuration, group.Trials)),
    ];

    private TuningEntry Entry(int rank, string family, int configuration, List<TuningTrial> trials)
    {
        var (mean, n) = (trials.Average(trial => trial.Auc), trials.Count);
        double? sd = n < 2 ? null : Math.Sqrt(trials.Sum(trial => (trial.Auc - mean) * (trial.Auc - mean)) / (n - 1));
        return new TuningEntry(rank, family, configuration, Parameters(family, configuration), mean, sd, n, trials.Sum(trial => trial.Seconds));
    }
}
