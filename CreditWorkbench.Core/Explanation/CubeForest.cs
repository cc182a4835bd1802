using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>An ensemble and a background, ready for <see cref="OutcomeCube"/>s: which background rows go left at each node.</summary>
internal sealed class CubeForest
{
    private readonly ulong[] _left;
    private readonly int _words;

    private CubeForest(TreeEnsemble ensemble, FeatureMatrix background, int depth, int slots)
    {
        (Ensemble, Depth, Slots, BackgroundRows) = (ensemble, depth, slots, background.Rows);
        Coder = new RowCoder(ensemble);
        BaseQuantity = Mean(ensemble, background);
        _words = (background.Rows + 63) / 64;
        _left = new ulong[(long)ensemble.Nodes.Count * _words];
        var codes = new RowCodes(Coder, _words * 64);
        codes.Fill(background, 0, background.Rows);
        for (var node = 0; node < ensemble.Nodes.Count; node++)
        {
            if (ensemble.Nodes.Feature[node] >= 0) NodeOutcomes.Of(ensemble, Coder, codes, node, _left.AsSpan(node * _words, _words));
        }
    }

    /// <summary>The ensemble.</summary>
    public TreeEnsemble Ensemble { get; }

    /// <summary>Codes of rows.</summary>
    public RowCoder Coder { get; }

    /// <summary>Tests on the longest path.</summary>
    public int Depth { get; }

    /// <summary>Most distinct features of a path.</summary>
    public int Slots { get; }

    /// <summary>Number of background rows.</summary>
    public int BackgroundRows { get; }

    /// <summary>q of the base.</summary>
    public double BaseQuantity { get; }

    /// <summary>Prepares an ensemble and a background.</summary>
    /// <returns>Null when a path tests more than 16 distinct features, a feature has more split points than two bytes tell apart, or the
    /// background's outcomes take more than so many bytes.</returns>
    /// <exception cref="ArgumentException">No background row, or other columns than the ensemble's.</exception>
    public static CubeForest? TryBuild(TreeEnsemble ensemble, FeatureMatrix background, long bytes)
    {
        if (background.Rows == 0 || background.Columns.Count != ensemble.FeatureCount)
            throw new ArgumentException("A background has rows with the columns of the ensemble.", nameof(background));
        if (!RowCoder.CanCode(ensemble) || (long)ensemble.Nodes.Count * ((background.Rows + 63) / 64) * sizeof(ulong) > Math.Min(bytes, int.MaxValue)) return null;
        var (depth, slots) = PathShape.Of(ensemble);
        return slots <= OutcomeCube.MaxSlots ? new CubeForest(ensemble, background, depth, slots) : null;
    }

    // Added in row order.
    private static double Mean(TreeEnsemble ensemble, FeatureMatrix background)
    {
        var quantities = new double[background.Rows];
        ensemble.TileQuantities(background, 0, quantities);
        return Additivity.Sum(0, quantities) / background.Rows;
    }

    /// <summary>Background rows that go left at an inner node, 64 to a word.</summary>
    public ReadOnlySpan<ulong> BackgroundLeft(int node) => _left.AsSpan(node * _words, _words);
}
