using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Questions to a study that are answered when somebody asks, once for everybody.</summary>
public sealed class StudyAnswers
{
    /// <summary>Rows that effects are tried on at most.</summary>
    public const int EffectRows = 1000;

    /// <summary>Rows that columns are shuffled in at most.</summary>
    public const int PermutationRows = 20_000;

    /// <summary>Repeats of a shuffle.</summary>
    public const int PermutationRepeats = 10;

    private const int ScreenRows = 100;
    private const int ScreenFeatures = 10;
    private const int ExactRows = 300;
    private const int Seed = 1;
    private readonly ExplanationStudy _study;
    private readonly SharedWork<object, double, object> _work = new(64);
    private readonly Lazy<ExplanationJudge?> _judge;
    private readonly Lazy<CaseSpace> _space;

    internal StudyAnswers(ExplanationStudy study)
    {
        _study = study;
        _judge = new(() => study.Release.Package.ExplanationBackground.Rows < 2 ? null : new ExplanationJudge(study.Release.Package.ExplanationBackground));
        _space = new(() => new CaseSpace(study.Rows.Features));
    }

    /// <summary>How the points of a feature follow its value.</summary>
    /// <param name="feature">Column.</param>
    /// <param name="colour">Column that colours; null picks the strongest interaction.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<Dependence> DependenceAsync(int feature, int? colour, CancellationToken cancellationToken) =>
        OnceAsync(("dependence", feature, colour), (_, _) => Dependence.Of(_study.Points, feature, colour), null, cancellationToken);

    /// <summary>The effect of a feature three ways.</summary>
    public Task<FeatureEffects> EffectsAsync(int feature, CancellationToken cancellationToken) => OnceAsync(("effects", feature), (_, stop) =>
    {
        var sample = Sample(EffectRows);
        var function = ExplainedFunctions.Points(_study.Release.Scoring);
        var curves = IceCurves.Of(function, sample, EffectGrid.Of(_study.Rows.Features, feature), cancellation: stop);
        var local = AccumulatedLocalEffects.Of(function, Sample(EffectRows * 10), feature);
        return new FeatureEffects(curves, PartialDependence.Of(curves), local, RankCorrelation.Strongest(_study.Rows.Features, feature));
    }, null, cancellationToken);

    /// <summary>What the model loses when a column is shuffled; only for labelled rows.</summary>
    /// <exception cref="InvalidOperationException">Good and bad rows are not both known.</exception>
    public Task<IReadOnlyList<PermutationLoss>> PermutationAsync(PermutationMeasure measure, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (!_study.Rows.IsLabelled) throw new InvalidOperationException("Shuffling is measured on labelled rows.");
        return OnceAsync(("permutation", measure), (told, stop) =>
        {
            var known = Enumerable.Range(0, _study.Rows.Count).Where(row => _study.Rows.Outcomes[row] != RowOutcome.Unknown).ToArray();
            int[] rows = [.. RowSample.Evenly(known.Length, PermutationRows).Select(i => known[i])];
            bool[] bad = [.. rows.Select(row => _study.Rows.Outcomes[row] == RowOutcome.Bad)];
            var model = _study.Release.Scoring;
            var function = measure == PermutationMeasure.Auc ? ExplainedFunctions.Risk(model) : ExplainedFunctions.Probability(model);
            return PermutationImportance.Of(function, _study.Rows.Features.Take(rows), bad, measure, Seed, PermutationRepeats, progress: told, cancellation: stop);
        }, progress, cancellationToken);
    }

    /// <summary>Pairs of features that act together: a screen, then exact values.</summary>
    public Task<InteractionFindings> InteractionsAsync(IProgress<double>? progress, CancellationToken cancellationToken) => OnceAsync("interactions", (told, stop) =>
    {
        var model = _study.Release.Scoring;
        int[] features = [.. _study.Importance.Take(ScreenFeatures).Select(each => each.Feature)];
        var screen = InteractionScreen.Of(ExplainedFunctions.Points(model), Sample(ScreenRows), features, progress: new Part(told, 0, 0.5), cancellation: stop);
        var sample = Sample(ExactRows);
        var exact = ExactInteractions.Of(_study.Release, sample, new Part(told, 0.5, 0.5), stop);
        return new InteractionFindings(screen, Math.Min(ScreenRows, _study.Rows.Count), exact, exact.Count == 0 ? 0 : sample.Rows);
    }, progress, cancellationToken);

    /// <summary>Exact interaction values of one row against the study's baseline; null where the family of the model has none.</summary>
    public async Task<InteractionValues?> RowInteractionsAsync(int row, CancellationToken cancellationToken) =>
        (await OnceAsync(("row", row), (_, _) => new Found(ExactInteractions.OfRow(_study.Release, _study.Method, _study.Vector(row))), null, cancellationToken)).Values;

    /// <summary>Differences of mean points between two groups of rows.</summary>
    /// <returns>Null where a group has fewer than <see cref="CohortComparison.MinRows"/> rows.</returns>
    public (IReadOnlyList<CohortDifference>? Differences, int First, int Second) Cohorts(CohortFilter first, CohortFilter? second)
    {
        var (features, issued, outcomes) = (_study.Rows.Features, _study.Issued, _study.Rows.Outcomes);
        var one = first.Rows(features, issued, outcomes);
        var other = second?.Rows(features, issued, outcomes) ?? [.. Enumerable.Range(0, features.Rows).Except(one)];
        var enough = one.Length >= CohortComparison.MinRows && other.Length >= CohortComparison.MinRows;
        return (enough ? CohortComparison.Of(_study.Points, one, other) : null, one.Length, other.Length);
    }

    /// <summary>The rows that are most like one of the rows.</summary>
    public IReadOnlyList<SimilarCase> Similar(int row, Likeness likeness, int count)
    {
        if (likeness == Likeness.Values) return SimilarCases.ByValues(_study.Rows.Features, _space.Value, _study.Vector(row), count, row);
        var contributions = new double[_study.Points.Features];
        for (var feature = 0; feature < contributions.Length; feature++) contributions[feature] = _study.Points.At(row, feature);
        return SimilarCases.ByReasons(_study.Points, contributions, count, row);
    }

    /// <summary>How far the explanation of a row can be relied on; null where the package has no background to compare with.</summary>
    public ExplanationQuality? Quality(int row, Waterfall bars) => _judge.Value?.Judge(_study.Vector(row), bars);

    private FeatureMatrix Sample(int most) => _study.Rows.Features.Take(RowSample.Evenly(_study.Rows.Count, most));

    private async Task<T> OnceAsync<T>(object key, Func<IProgress<double>, CancellationToken, T> compute, IProgress<double>? progress, CancellationToken cancellationToken)
        where T : notnull =>
        (T)await _work.GetAsync(key, (told, stop) => Task.FromResult<object>(compute(told, stop)), null, progress, cancellationToken);

    private sealed record Found(InteractionValues? Values);

    private sealed class Part(IProgress<double> whole, double from, double share) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + share * value);
    }
}
