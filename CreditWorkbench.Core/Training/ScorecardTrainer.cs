using System.Collections.Immutable;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Trains a points scorecard: optimal binning, logistic regression on weights of evidence, points.</summary>
/// <remarks>Siddiqi (2006). Coefficients are bound at or below 0, so that more evidence of good never raises risk: where the free
/// coefficient would have the wrong sign the characteristic rests at 0 points and the others are fitted without it. With bins that
/// follow a declared direction the points follow it too, everywhere.</remarks>
public static class ScorecardTrainer
{
    /// <summary>Trains a scorecard.</summary>
    /// <param name="features">Training rows.</param>
    /// <param name="bad">1 for bad, 0 for good; shape [n], both present.</param>
    /// <param name="weights">Row weights above 0, shape [n]; null for ones. Only their ratios count.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="seed">Not used: nothing is drawn. Kept so that all trainers are called alike.</param>
    /// <param name="threads">Threads to use, at least 1; the result does not depend on them.</param>
    /// <param name="progress">Told the share done, in (0, 1].</param>
    /// <param name="cancellation">Stops between columns and ranges of rows.</param>
    /// <exception cref="ArgumentException">Rows that <see cref="TrainingInput"/> refuses, edits that do not fit the columns, or a
    /// setting outside its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PointsScorecard Train(
        FeatureMatrix features, byte[] bad, double[]? weights, ScorecardSettings settings, ulong seed = 0, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        _ = seed;
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TrainingInput.Demand(features, bad, weights);
        if (settings.Edits.Faults(features.Columns) is { Count: > 0 } faults) throw new ArgumentException(string.Join(" ", faults), nameof(settings));
        var characteristics = Bin(features, bad, weights, settings, threads, cancellation);
        progress?.Report(0.5);
        var kept = Enumerable.Range(0, characteristics.Length).Where(column => IsKept(characteristics[column], settings)).ToArray();
        var rules = CoefficientRules.Free(kept.Length, 0.0, settings.L2 / features.Rows);
        Array.Fill(rules.Most, 0.0);
        var fit = LogisticSolver.Fit(new WoeDesign(features, characteristics, kept), bad, weights, rules, threads, null, cancellation);
        for (var i = 0; i < kept.Length; i++) characteristics[kept[i]] = WithTerms(characteristics[kept[i]], fit[i]);
        progress?.Report(0.9);
        var scorecard = PointsRounding.Round(settings.Scale, fit[^1], characteristics);
        progress?.Report(1.0);
        return scorecard;
    }

    private static ScorecardCharacteristic[] Bin(FeatureMatrix features, byte[] bad, double[]? weights, ScorecardSettings settings, int threads, CancellationToken cancellation)
    {
        var rules = ColumnRule.Of(features.Columns, settings.BlankNeverHelps);
        var mean = weights?.Average() ?? 1.0;
        var unit = weights?.Select(weight => weight / mean).ToArray();
        var all = default(Evidence);
        for (var row = 0; row < bad.Length; row++)
        {
            var weight = unit?[row] ?? 1.0;
            all += bad[row] == 1 ? new Evidence(0.0, weight) : new Evidence(weight, 0.0);
        }

        var characteristics = new ScorecardCharacteristic[features.Columns.Count];
        Work.Over(characteristics.Length, threads, column => characteristics[column] = CharacteristicBinner.Bin(
            features.Columns[column], new ColumnTally(features, column, bad, unit), all, rules[column].BlankNeverHelps, settings), cancellation);
        return characteristics;
    }

    /// <summary>Edited characteristics are kept whatever they tell: the analyst asked for them.</summary>
    private static bool IsKept(ScorecardCharacteristic characteristic, ScorecardSettings settings) =>
        characteristic.Bins.Any(bin => bin.Woe != 0.0) && (characteristic.IsEdited || characteristic.InformationValue >= settings.MinInformationValue);

    private static ScorecardCharacteristic WithTerms(ScorecardCharacteristic characteristic, double coefficient) => characteristic with
    {
        Coefficient = coefficient,
        Bins = [.. characteristic.Bins.Select(bin => bin with { ExactTerm = coefficient * bin.Woe })],
    };
}
