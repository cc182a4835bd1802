using System.Globalization;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Leakage;

/// <summary>Looks for leaks in a table of features and outcomes, before anything is trained.</summary>
public static class LeakageAudit
{
    private const double NearlyDetermined = 0.97;

    /// <summary>Findings on every column: copies of the outcome, columns that are too strong, repeated columns, columns that were
    /// made from the whole file. O(columns x n log n).</summary>
    /// <param name="features">All rows that the model may learn from.</param>
    /// <param name="bad">Outcome per row, shape [n], same order; both outcomes present.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="seed">Seed of the folds.</param>
    /// <param name="cancellation">Stops between columns.</param>
    /// <returns>In column order; a column has at most one error.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static IReadOnlyList<LeakageFinding> OfColumns(FeatureMatrix features, bool[] bad, LeakageLimits limits, int seed, CancellationToken cancellation)
    {
        if (bad.Length != features.Rows) throw new ArgumentException($"{features.Rows} rows, {bad.Length} outcomes.", nameof(bad));
        var folds = SingleFeature.DealFolds(bad, seed);
        var found = new List<LeakageFinding>[features.Columns.Count];
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = cancellation },
            column => found[column] = OfColumn(features.Columns[column], features.Column(column), bad, folds, limits));
        foreach (var (column, original) in RepeatedColumns.In(features))
        {
            found[column].Add(new LeakageFinding(features.Columns[column].Name, LeakageKinds.DuplicateColumn, LeakageSeverity.Warning,
                $"Equals {features.Columns[original].Name} up to scale in every row."));
        }

        return [.. found.SelectMany(findings => findings)];
    }

    private static List<LeakageFinding> OfColumn(FeatureColumn column, ReadOnlySpan<float> values, bool[] bad, byte[] folds, LeakageLimits limits)
    {
        var strength = SingleFeature.Of(ColumnBinning.Of(values, column.IsCategory), bad, folds);
        var findings = new List<LeakageFinding>();
        if (Error(strength, limits) is var (kind, evidence))
            findings.Add(new LeakageFinding(column.Name, kind, LeakageSeverity.Error, evidence));
        else if (strength.InformationValue > limits.InformationValue)
            findings.Add(new LeakageFinding(column.Name, LeakageKinds.InformationValue, LeakageSeverity.Warning,
                Text($"Information value {strength.InformationValue:0.00}, above {limits.InformationValue:0.00}; alone it reaches AUC {strength.Auc:0.000} out of fold.")));
        if (!column.IsCategory && WholeFileTraces.In(values, bad) is { } trace)
            findings.Add(new LeakageFinding(column.Name, LeakageKinds.FittedOnWhole, LeakageSeverity.Warning, trace));
        return findings;
    }

    private static (string Kind, string Evidence)? Error(SingleFeature strength, LeakageLimits limits)
    {
        if (strength.Determines) return (LeakageKinds.TargetCopy, "Each of its values occurs with one outcome only.");
        if (strength.Auc >= NearlyDetermined) return (LeakageKinds.NoisyTargetCopy, Text($"Alone it reaches AUC {strength.Auc:0.000} out of fold."));
        if (strength.PureRows > 0)
            return (LeakageKinds.NoisyTargetCopy, Text($"One of its values occurs in {strength.PureRows} rows, {strength.PureHits} of them with the rarer outcome."));
        return strength.Auc > limits.FeatureAuc
            ? (LeakageKinds.FeatureAuc, Text($"Alone it reaches AUC {strength.Auc:0.000} out of fold, above {limits.FeatureAuc:0.00}."))
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
