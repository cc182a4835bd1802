using System.Buffers;
using System.Numerics;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Exact interventional Shapley values of a tree ensemble: absent features take the values of background rows. Everything
/// about the background is worked out once; a row then costs O(leaves x distinct patterns of the background).</summary>
/// <remarks>For one leaf and one background row only which slots the row fails (F) and which the background row fails (G) matter.
/// The leaf is reached by some mixture exactly when no slot is in both; then the features of G count
/// (|G|-1)! |F|! / (|G|+|F|)! each, those of F count -|G|! (|F|-1)! / (|G|+|F|)! each: the Shapley values of "all of G present and
/// none of F" (Lundberg et al. 2020, independent tree SHAP). Rows with equal G are merged.</remarks>
public sealed class InterventionalExplainer : IAttributor
{
    private readonly TreeEnsemble _ensemble;
    private readonly EnsemblePaths _paths;
    private readonly BackgroundPatterns _patterns;
    private readonly double _baseQuantity;

    /// <summary>Works out the background's patterns.</summary>
    /// <param name="ensemble">What is explained.</param>
    /// <param name="background">At least one row with the ensemble's columns.</param>
    /// <exception cref="ArgumentException">No row, other columns, or a path with more than 64 distinct features.</exception>
    /// <remarks>O(nodes x rows) time; one entry per leaf and distinct pattern.</remarks>
    public InterventionalExplainer(TreeEnsemble ensemble, FeatureMatrix background)
        : this(ensemble, background, null)
    {
    }

    /// <summary>The same with columns joined into players.</summary>
    internal InterventionalExplainer(TreeEnsemble ensemble, FeatureMatrix background, Players? players)
    {
        if (background.Rows == 0 || background.Columns.Count != ensemble.FeatureCount)
            throw new ArgumentException("A background has rows with the columns of the ensemble.", nameof(background));
        _ensemble = ensemble;
        _paths = new EnsemblePaths(ensemble, players);
        _patterns = new BackgroundPatterns(_paths, background);
        _baseQuantity = BaseOf(background);
    }

    /// <summary>q of the base.</summary>
    internal double BaseQuantity => _baseQuantity;

    /// <inheritdoc/>
    public AttributionMethod Method => AttributionMethod.Interventional;

    /// <inheritdoc/>
    public Predictor Predictor => _ensemble;

    /// <inheritdoc/>
    public int BackgroundRows => _patterns.Rows;

    /// <inheritdoc/>
    public double Base => _ensemble.Link.ToMargin(_baseQuantity);

    /// <inheritdoc/>
    public Outcome<Attribution> Explain(ReadOnlySpan<float> row)
    {
        var contributions = new double[_paths.PlayerCount];
        var failed = ArrayPool<ulong>.Shared.Rent(_ensemble.Nodes.Count);
        _paths.Fail(row, failed.AsSpan(0, _ensemble.Nodes.Count));
        for (var leaf = 0; leaf < _paths.LeafNode.Length; leaf++) AddLeaf(leaf, failed[_paths.LeafNode[leaf]], contributions);
        ArrayPool<ulong>.Shared.Return(failed);
        for (var i = 0; i < contributions.Length; i++) contributions[i] *= _ensemble.LeafWeight;
        return Additivity.Carry(Method, _ensemble, _baseQuantity, contributions, _ensemble.Quantity(row));
    }

    private void AddLeaf(int leaf, ulong failedByRow, double[] contributions)
    {
        var b = BitOperations.PopCount(failedByRow);
        var value = _ensemble.Nodes.Value[_paths.LeafNode[leaf]];
        var slots = _paths.SlotFeature.AsSpan(_paths.SlotStart[leaf], _paths.SlotStart[leaf + 1] - _paths.SlotStart[leaf]);
        var againstFailed = 0.0;
        var (from, to) = (_patterns.Start[leaf], _patterns.Start[leaf + 1]);
        for (var p = from; p < to; p++)
        {
            var failedByBackground = _patterns.Failed(p);
            if ((failedByRow & failedByBackground) != 0) continue;
            var a = BitOperations.PopCount(failedByBackground);
            var share = value * _patterns.Share(p);
            if (b > 0) againstFailed += share * ShapleyWeights.Of(b, a);
            if (a == 0) continue;
            var each = share * ShapleyWeights.Of(a, b);
            for (var bits = failedByBackground; bits != 0; bits &= bits - 1) contributions[slots[BitOperations.TrailingZeroCount(bits)]] += each;
        }

        if (againstFailed == 0) return;
        for (var bits = failedByRow; bits != 0; bits &= bits - 1) contributions[slots[BitOperations.TrailingZeroCount(bits)]] -= againstFailed;
    }

    private double BaseOf(FeatureMatrix background)
    {
        var row = new float[_ensemble.FeatureCount];
        var sum = 0.0;
        for (var i = 0; i < background.Rows; i++)
        {
            background.CopyRow(i, row);
            sum += _ensemble.Quantity(row);
        }

        return sum / background.Rows;
    }
}
