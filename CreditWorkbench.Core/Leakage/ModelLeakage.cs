using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Leakage;

/// <summary>Looks for leaks in a trained model and in the way its rows were split.</summary>
public static class ModelLeakage
{
    /// <summary>Share of each feature in the gain of an ensemble: how much its tests reduce the squared spread of leaf values,
    /// weighted by cover. Sums to 1; all 0 for an ensemble without a test.</summary>
    /// <returns>Shape [features].</returns>
    public static double[] GainShares(TreeEnsemble ensemble)
    {
        var (shares, nodes, total) = (new double[ensemble.FeatureCount], ensemble.Nodes, 0.0);
        for (var node = 0; node < nodes.Count; node++)
        {
            if (nodes.Feature[node] < 0) continue;
            var (left, right) = (nodes.Left[node], nodes.Right[node]);
            var (leftGap, rightGap) = (nodes.Value[left] - nodes.Value[node], nodes.Value[right] - nodes.Value[node]);
            var gain = nodes.Cover[left] * leftGap * leftGap + nodes.Cover[right] * rightGap * rightGap;
            shares[nodes.Feature[node]] += gain;
            total += gain;
        }

        if (total > 0)
        {
            for (var feature = 0; feature < shares.Length; feature++) shares[feature] /= total;
        }

        return shares;
    }

    /// <summary>The feature that carries the model, if there is one.</summary>
    /// <param name="ensemble">Trained model.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="auc">AUC of the model on held-out rows.</param>
    /// <param name="aucWithout">Trains again without one column and measures on the same rows; called at most once.</param>
    /// <param name="limits">Limits.</param>
    public static LeakageFinding? Dominant(TreeEnsemble ensemble, IReadOnlyList<FeatureColumn> columns, double auc, Func<int, double> aucWithout, LeakageLimits limits) =>
        Dominant(GainShares(ensemble), columns, auc, aucWithout, limits);

    /// <summary>The same for a model of any family.</summary>
    /// <param name="shares">Share of each column in the gain or effect of the model, shape [columns].</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="auc">AUC of the model on held-out rows.</param>
    /// <param name="aucWithout">Trains again without one column and measures on the same rows; called at most once.</param>
    /// <param name="limits">Limits.</param>
    public static LeakageFinding? Dominant(double[] shares, IReadOnlyList<FeatureColumn> columns, double auc, Func<int, double> aucWithout, LeakageLimits limits)
    {
        var strongest = Array.IndexOf(shares, shares.Max());
        if (shares[strongest] <= limits.GainShare || columns.Count < 2) return null;
        var without = aucWithout(strongest);
        if (auc - without <= limits.AucLost) return null;
        var evidence = string.Create(CultureInfo.InvariantCulture, $"{shares[strongest]:P0} of the gain; without it the AUC falls from {auc:0.000} to {without:0.000}.");
        return new LeakageFinding(columns[strongest].Name, LeakageKinds.DominantFeature, LeakageSeverity.Error, evidence);
    }

    /// <summary>Rows of the test part that occur, cell by cell, in the training part.</summary>
    /// <param name="train">Training rows.</param>
    /// <param name="test">Test rows, same columns.</param>
    /// <returns>A warning when they are more than one in a hundred; null otherwise.</returns>
    public static LeakageFinding? SplitDuplicates(FeatureMatrix train, FeatureMatrix test)
    {
        var seen = new HashSet<UInt128>();
        for (var row = 0; row < train.Rows; row++) seen.Add(Fingerprint(train, row));
        var repeated = 0;
        for (var row = 0; row < test.Rows; row++)
        {
            if (seen.Contains(Fingerprint(test, row))) repeated++;
        }

        return repeated <= 0.01 * test.Rows ? null
            : new LeakageFinding("(rows)", LeakageKinds.SplitDuplicates, LeakageSeverity.Warning, $"{repeated} of {test.Rows} test rows equal a training row in every feature.");
    }

    // Two independent 64-bit multiplicative hashes: rows that differ collide with chance about 1e-30.
    private static UInt128 Fingerprint(FeatureMatrix matrix, int row)
    {
        var (low, high) = (0x9E37_79B9_7F4A_7C15UL, 0xC2B2_AE3D_27D4_EB4FUL);
        for (var column = 0; column < matrix.Columns.Count; column++)
        {
            var bits = BitConverter.SingleToUInt32Bits(matrix.Values[column * matrix.Rows + row]);
            low = (low ^ bits) * 0xFF51_AFD7_ED55_8CCDUL;
            low ^= low >> 32;
            high = (high + bits) * 0x8764_0000_0000_0009UL + 0x1656_67B1_9E37_79F9UL;
            high ^= high >> 29;
        }

        return new UInt128(high, low);
    }
}
