using System.Buffers;
using System.Numerics;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Exact interventional interaction values of a tree ensemble in double. O(leaves x distinct patterns x k^2) per row.</summary>
/// <remarks>A leaf that needs all of G present and all of F absent (see <see cref="InterventionalExplainer"/>), a = |G|, b = |F|, has the
/// index (a-2)! b! / (a+b-1)! for two of G, a! (b-2)! / (a+b-1)! for two of F, -(a-1)! (b-1)! / (a+b-1)! for one of each.</remarks>
internal sealed class InterventionalInteractions : IInteractionExplainer
{
    private readonly TreeEnsemble _ensemble;
    private readonly EnsemblePaths _paths;
    private readonly BackgroundPatterns _patterns;
    private readonly InterventionalExplainer _single;

    /// <summary>Works out the background's patterns.</summary>
    /// <exception cref="ArgumentException">No row, other columns, or a path with more than 64 distinct features.</exception>
    public InterventionalInteractions(TreeEnsemble ensemble, FeatureMatrix background)
    {
        _ensemble = ensemble;
        _single = new InterventionalExplainer(ensemble, background);
        _paths = new EnsemblePaths(ensemble);
        _patterns = new BackgroundPatterns(_paths, background);
    }

    /// <inheritdoc/>
    public AttributionMethod Method => AttributionMethod.Interventional;

    /// <inheritdoc/>
    public Predictor Predictor => _ensemble;

    /// <inheritdoc/>
    public int BackgroundRows => _patterns.Rows;

    /// <inheritdoc/>
    public double Base => _single.Base;

    /// <inheritdoc/>
    public Outcome<InteractionValues> Explain(ReadOnlySpan<float> row)
    {
        if (!_single.Explain(row).TryGet(out var attribution, out var problems)) return Outcome<InteractionValues>.Refused(problems);
        var pairs = new double[_ensemble.FeatureCount * _ensemble.FeatureCount];
        var failed = ArrayPool<ulong>.Shared.Rent(_ensemble.Nodes.Count);
        _paths.Fail(row, failed.AsSpan(0, _ensemble.Nodes.Count));
        Span<double> crossed = stackalloc double[EnsemblePaths.MaxSlots];
        for (var leaf = 0; leaf < _paths.LeafNode.Length; leaf++) AddLeaf(leaf, failed[_paths.LeafNode[leaf]], pairs, crossed);
        ArrayPool<ulong>.Shared.Return(failed);
        return InteractionCarrier.Carry(attribution, _ensemble, _ensemble.Quantity(row), _single.BaseQuantity, pairs);
    }

    private void AddLeaf(int leaf, ulong failed, double[] pairs, Span<double> crossed)
    {
        var b = BitOperations.PopCount(failed);
        var features = _paths.SlotFeature.AsSpan(_paths.SlotStart[leaf], _paths.SlotStart[leaf + 1] - _paths.SlotStart[leaf]);
        var value = _ensemble.Nodes.Value[_paths.LeafNode[leaf]] * _ensemble.LeafWeight / 2;
        var bothFailed = 0.0;
        crossed.Clear();
        for (var p = _patterns.Start[leaf]; p < _patterns.Start[leaf + 1]; p++)
        {
            var other = _patterns.Failed(p);
            if ((failed & other) != 0) continue;
            var a = BitOperations.PopCount(other);
            var share = value * _patterns.Share(p);
            if (b > 1) bothFailed += share * ShapleyWeights.Of(b - 1, a);
            if (a > 1) AddPairs(pairs, features, other, share * ShapleyWeights.Of(a - 1, b));
            if (a == 0 || b == 0) continue;
            var cross = share * ShapleyWeights.Of(a, b - 1);
            for (var bits = other; bits != 0; bits &= bits - 1) crossed[BitOperations.TrailingZeroCount(bits)] += cross;
        }

        if (bothFailed != 0) AddPairs(pairs, features, failed, bothFailed);
        for (var bits = failed; bits != 0; bits &= bits - 1)
        {
            var i = features[BitOperations.TrailingZeroCount(bits)];
            for (var slot = 0; slot < features.Length; slot++)
            {
                if (crossed[slot] != 0) InteractionCarrier.Add(pairs, _ensemble.FeatureCount, i, features[slot], -crossed[slot]);
            }
        }
    }

    private void AddPairs(double[] pairs, ReadOnlySpan<int> features, ulong slots, double value)
    {
        for (var bits = slots; bits != 0; bits &= bits - 1)
        {
            var i = features[BitOperations.TrailingZeroCount(bits)];
            for (var rest = bits & bits - 1; rest != 0; rest &= rest - 1)
                InteractionCarrier.Add(pairs, _ensemble.FeatureCount, i, features[BitOperations.TrailingZeroCount(rest)], value);
        }
    }
}
