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
    /// <param name="weights">Row weights above 0, shape [n]; null for ones. A row of weight 2 counts as two rows do.</param>
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
        var rules = CoefficientRules.Free(kept.Length, 0.0, settings.L2 / (weights?.Sum() ?? features.Rows));
        Array.Fill(rules.Most, 0.0);
        var fit = LogisticSolver.Fit(new WoeDesign(features, characteristics, kept), bad, weights, rules, threads, null, cancellation);
        for (var i = 0; i < kept.Length; i++) characteristics[kept[i]] = WithTerms(characteristics[kept[i]], fit[i]);
        progress?.Report(0.9);
        var scorecard = PointsRounding.Round(settings.Scale, fit[^1], characteristics);
        progress?.Report(1.0);
        return scorecard;
    }

    /// <summary>Fits the coefficients of a card anew to new rows: its bins and their evidence stay, as whoever reads the card knows them, and a
    /// ridge around its coefficients, as strong as so many of its old rows, is added to the penalty.</summary>
    /// <param name="known">The card. Left as it is.</param>
    /// <param name="features">New rows with the card's columns.</param>
    /// <param name="bad">1 for bad, 0 for good; shape [n], both present.</param>
    /// <param name="weights">Row weights above 0, shape [n]; null for ones.</param>
    /// <param name="settings">Penalty, scale, and the least information value of a characteristic; what says how to bin is not read.</param>
    /// <param name="anchorRows">Rows that the old coefficients stand for: see <see cref="RefitAnchor"/>. The intercept is free.</param>
    /// <param name="threads">Threads to use, at least 1; the result does not depend on them.</param>
    /// <param name="cancellation">Stops between ranges of rows.</param>
    /// <returns>On the rows and with the penalty that the card was fitted with: the card, to the precision of the solver. A characteristic
    /// that was left out for its little information stays out; one that rested at 0 for its sign may come back.</returns>
    /// <exception cref="ArgumentException">Rows that <see cref="TrainingInput"/> refuses, other columns, or a setting outside its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PointsScorecard Continue(
        PointsScorecard known, FeatureMatrix features, byte[] bad, double[]? weights, ScorecardSettings settings, double anchorRows = RefitAnchor.Rows, int threads = 1,
        CancellationToken cancellation = default)
    {
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TrainingInput.Demand(features, bad, weights);
        if (known.FeatureCount != features.Columns.Count) throw new ArgumentException($"The card has {known.FeatureCount} columns and the rows have {features.Columns.Count}.", nameof(features));
        ScorecardCharacteristic[] characteristics = [.. known.Characteristics];
        int[] kept = [.. Enumerable.Range(0, characteristics.Length).Where(column => IsKept(characteristics[column], settings))];
        var rules = CoefficientRules.Free(kept.Length, 0.0, settings.L2 / (weights?.Sum() ?? features.Rows));
        Array.Fill(rules.Most, 0.0);
        double[] coefficients = [.. kept.Select(column => characteristics[column].Coefficient)];
        var pull = RefitAnchor.Pull(anchorRows, [.. kept.Select(column => MeanSquare(characteristics[column]))], bad, weights);
        var fit = LogisticSolver.Fit(new WoeDesign(features, characteristics, kept), bad, weights, rules.Anchored(coefficients, pull), threads, null, cancellation);
        for (var i = 0; i < kept.Length; i++) characteristics[kept[i]] = WithTerms(characteristics[kept[i]], fit[i]);
        return PointsRounding.Round(known.Scale, fit[^1], characteristics);
    }

    // Of the weight of evidence over the rows that set the bins.
    private static double MeanSquare(ScorecardCharacteristic characteristic) =>
        characteristic.Bins.Sum(bin => (bin.Goods + bin.Bads) * bin.Woe * bin.Woe) / characteristic.Bins.Sum(bin => bin.Goods + bin.Bads);

    private static ScorecardCharacteristic[] Bin(FeatureMatrix features, byte[] bad, double[]? weights, ScorecardSettings settings, int threads, CancellationToken cancellation)
    {
        var rules = ColumnRule.Of(features.Columns, settings.BlankNeverHelps);
        var all = default(Evidence);
        for (var row = 0; row < bad.Length; row++)
        {
            var weight = weights?[row] ?? 1.0;
            all += bad[row] == 1 ? new Evidence(0.0, weight) : new Evidence(weight, 0.0);
        }

        var characteristics = new ScorecardCharacteristic[features.Columns.Count];
        Work.Over(characteristics.Length, threads, column => characteristics[column] = CharacteristicBinner.Bin(
            features.Columns[column], new ColumnTally(features, column, bad, weights), all, rules[column].BlankNeverHelps, settings), cancellation);
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
