using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Trains a logistic regression on standardised numbers, one-hot categories and indicators for missing and special codes.</summary>
/// <remarks>A declared direction bounds the sign of a number's slope: where the free slope would have the wrong sign it rests at 0 and
/// the others are fitted without it. Terms of missing and codes are not bound by it.</remarks>
public static class LogisticTrainer
{
    /// <summary>Trains a model.</summary>
    /// <param name="features">Training rows.</param>
    /// <param name="bad">1 for bad, 0 for good; shape [n], both present.</param>
    /// <param name="weights">Row weights above 0, shape [n]; null for ones. A row of weight 2 counts as two rows do.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="seed">Not used: nothing is drawn. Kept so that all trainers are called alike.</param>
    /// <param name="threads">Threads to use, at least 1; the result does not depend on them.</param>
    /// <param name="progress">Told the share done, in (0, 1].</param>
    /// <param name="cancellation">Stops between columns and ranges of rows.</param>
    /// <exception cref="ArgumentException">Rows that <see cref="TrainingInput"/> refuses, or a setting outside its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LinearPredictor Train(
        FeatureMatrix features, byte[] bad, double[]? weights, LogisticSettings settings, ulong seed = 0, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        _ = seed;
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TrainingInput.Demand(features, bad, weights);
        var design = new CodedInputs(features, weights, settings.ClipShare, settings.MinCategoryRows, settings.MaxCategories, threads, cancellation);
        return Fit(features, bad, weights, settings, design, null, threads, progress, cancellation);
    }

    /// <summary>Fits a model anew to new rows without letting go of what it knew: its coding of columns stays, and a ridge around its
    /// coefficients, as strong as so many of its old rows, is added to the penalties.</summary>
    /// <param name="known">The model. Left as it is.</param>
    /// <param name="features">New rows with the model's columns.</param>
    /// <param name="bad">1 for bad, 0 for good; shape [n], both present.</param>
    /// <param name="weights">Row weights above 0, shape [n]; null for ones.</param>
    /// <param name="settings">Penalties; what says how columns are coded is not read.</param>
    /// <param name="anchorRows">Rows that the old coefficients stand for: see <see cref="RefitAnchor"/>. The intercept is free.</param>
    /// <param name="threads">Threads to use, at least 1; the result does not depend on them.</param>
    /// <param name="progress">Told the share done, in (0, 1].</param>
    /// <param name="cancellation">Stops between ranges of rows.</param>
    /// <returns>On the rows and with the penalties that the model was fitted with: the model, to the precision of the solver.</returns>
    /// <exception cref="ArgumentException">Rows that <see cref="TrainingInput"/> refuses, other columns, or a setting outside its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LinearPredictor Continue(
        LinearPredictor known, FeatureMatrix features, byte[] bad, double[]? weights, LogisticSettings settings, double anchorRows = RefitAnchor.Rows, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        settings.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TrainingInput.Demand(features, bad, weights);
        if (known.FeatureCount != features.Columns.Count) throw new ArgumentException($"The model has {known.FeatureCount} columns and the rows have {features.Columns.Count}.", nameof(features));
        var design = new CodedInputs(features, [.. known.Columns.Select((column, at) => CodedInput.Kept(features.Columns[at], column))]);
        double[] coefficients = [.. known.Columns.SelectMany(column => column.IsCategory ? column.CategoryTerms.Concat(column.CodeTerms) : column.CodeTerms.Prepend(column.Slope))];
        if (coefficients.Length != design.Inputs) throw new ArgumentException("The rows have other categories or codes than the model.", nameof(features));
        // A number has variance 1 by its coding; rare categories and codes are held as firmly, because few new rows should not move them far.
        var pull = RefitAnchor.Pull(anchorRows, [.. Enumerable.Repeat(1.0, coefficients.Length)], bad, weights);
        return Fit(features, bad, weights, settings, design, rules => rules.Anchored(coefficients, pull), threads, progress, cancellation);
    }

    private static LinearPredictor Fit(
        FeatureMatrix features, byte[] bad, double[]? weights, LogisticSettings settings, CodedInputs design, Func<CoefficientRules, CoefficientRules>? anchor, int threads,
        IProgress<double>? progress, CancellationToken cancellation)
    {
        var columnRules = ColumnRule.Of(features.Columns, settings.BlankNeverHelps);
        var total = weights?.Sum() ?? features.Rows;
        var rules = CoefficientRules.Free(design.Inputs, settings.L1 / total, settings.L2 / total);
        if (anchor is not null) rules = anchor(rules);
        BoundSlopes(design, columnRules, rules);
        var fit = LogisticSolver.Fit(design, bad, weights, rules, threads, progress, cancellation);
        if (BoundBlanks(design, columnRules, rules, fit)) fit = LogisticSolver.Fit(design, bad, weights, rules, threads, progress, cancellation);
        var predictor = Assemble(features, weights, design, columnRules, fit);
        progress?.Report(1.0);
        return predictor;
    }

    private static void BoundSlopes(CodedInputs design, ColumnRule[] columnRules, CoefficientRules rules)
    {
        for (var column = 0; column < columnRules.Length; column++)
        {
            if (columnRules[column].Direction > 0) rules.Least[design.First[column]] = 0.0;
            if (columnRules[column].Direction < 0) rules.Most[design.First[column]] = 0.0;
        }
    }

    /// <summary>Bounds the term of missing from below where it would help; the others then adapt to it in a second fit.</summary>
    private static bool BoundBlanks(CodedInputs design, ColumnRule[] columnRules, CoefficientRules rules, double[] fit)
    {
        var isBound = false;
        for (var column = 0; column < columnRules.Length; column++)
        {
            if (!columnRules[column].BlankNeverHelps) continue;
            var (blank, worst) = (design.First[column] + design.Parts[column].RegularInputs, WorstTerm(design, column, fit));
            if (fit[blank] >= worst) continue;
            rules.Least[blank] = worst;
            isBound = true;
        }

        return isBound;
    }

    /// <summary>The greatest regular term of a column, 0 being that of a category which was never seen.</summary>
    private static double WorstTerm(CodedInputs design, int column, double[] fit)
    {
        var part = design.Parts[column];
        var coefficients = fit.AsSpan(design.First[column], part.RegularInputs);
        if (part.CategoryInputs.Length == 0) return Math.Max(coefficients[0] * ((part.Low - part.Mean) / part.Deviation), coefficients[0] * ((part.High - part.Mean) / part.Deviation));
        var worst = double.NegativeInfinity;
        foreach (var coefficient in coefficients) worst = Math.Max(worst, coefficient);
        return double.IsFinite(worst) ? worst : 0.0;
    }

    private static LinearPredictor Assemble(FeatureMatrix features, double[]? weights, CodedInputs design, ColumnRule[] columnRules, double[] fit)
    {
        var columns = new LinearColumn[columnRules.Length];
        var means = new double[columns.Length];
        for (var column = 0; column < columns.Length; column++)
        {
            var (part, first) = (design.Parts[column], design.First[column]);
            var codes = fit.AsSpan(first + part.RegularInputs, part.Codes).ToArray();

            // The second fit may have moved the regular terms that the bound was taken from.
            if (columnRules[column].BlankNeverHelps) codes[0] = Math.Max(codes[0], WorstTerm(design, column, fit));
            var isCategory = part.CategoryInputs.Length > 0;
            columns[column] = new LinearColumn
            {
                Slope = isCategory ? 0.0 : fit[first],
                Mean = part.Mean,
                Deviation = part.Deviation,
                Low = part.Low,
                High = part.High,
                CodeTerms = [.. codes],
                CategoryTerms = [.. part.CategoryInputs.Select(input => input < 0 ? double.NaN : fit[first + input])],
            };
            means[column] = MeanTerm(columns[column], features.Column(column), weights);
            if (!isCategory) continue;
            columns[column] = columns[column] with
            {
                UnknownTerm = means[column],
                CategoryTerms = [.. columns[column].CategoryTerms.Select(term => double.IsNaN(term) ? means[column] : term)],
            };
        }

        return new LinearPredictor(fit[^1], [.. columns], [.. means]);
    }

    private static double MeanTerm(LinearColumn column, ReadOnlySpan<float> cells, double[]? weights)
    {
        var (sum, total) = (0.0, 0.0);
        for (var row = 0; row < cells.Length; row++)
        {
            sum += (weights?[row] ?? 1.0) * column.Term(cells[row]);
            total += weights?[row] ?? 1.0;
        }

        return sum / total;
    }
}
