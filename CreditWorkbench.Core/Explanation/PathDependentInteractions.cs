using System.Buffers;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Exact path-dependent interaction values of a tree ensemble in double. O(leaves x k^3) per row, k = distinct features on
/// a path.</summary>
/// <remarks>The index of slots i and j of one leaf is V (o_i - z_i) (o_j - z_j) times the integral over t in [0, 1] of the factors
/// t o_l + (1 - t) z_l of the other slots; see <see cref="PathDependentExplainer"/> for the notation.</remarks>
internal sealed class PathDependentInteractions : IInteractionExplainer
{
    private readonly TreeEnsemble _ensemble;
    private readonly EnsemblePaths _paths;
    private readonly PathDependentExplainer _single;

    /// <summary>Walks the paths of an ensemble.</summary>
    /// <exception cref="ArgumentException">A path with more than 64 distinct features.</exception>
    public PathDependentInteractions(TreeEnsemble ensemble)
    {
        _ensemble = ensemble;
        _paths = new EnsemblePaths(ensemble);
        _single = new PathDependentExplainer(ensemble);
    }

    /// <inheritdoc/>
    public AttributionMethod Method => AttributionMethod.PathDependent;

    /// <inheritdoc/>
    public Predictor Predictor => _ensemble;

    /// <inheritdoc/>
    public int BackgroundRows => 0;

    /// <inheritdoc/>
    public double Base => _single.Base;

    /// <inheritdoc/>
    public Outcome<InteractionValues> Explain(ReadOnlySpan<float> row)
    {
        if (!_single.Explain(row).TryGet(out var attribution, out var problems)) return Outcome<InteractionValues>.Refused(problems);
        var pairs = new double[_ensemble.FeatureCount * _ensemble.FeatureCount];
        var failed = ArrayPool<ulong>.Shared.Rent(_ensemble.Nodes.Count);
        _paths.Fail(row, failed.AsSpan(0, _ensemble.Nodes.Count));
        Span<double> factors = stackalloc double[EnsemblePaths.MaxSlots];
        Span<double> after = stackalloc double[EnsemblePaths.MaxSlots + 1];
        for (var leaf = 0; leaf < _paths.LeafNode.Length; leaf++) AddLeaf(leaf, failed[_paths.LeafNode[leaf]], pairs, factors, after);
        ArrayPool<ulong>.Shared.Return(failed);
        return InteractionCarrier.Carry(attribution, _ensemble, _ensemble.Quantity(row), _single.BaseQuantity, pairs);
    }

    private void AddLeaf(int leaf, ulong failed, double[] pairs, Span<double> factors, Span<double> after)
    {
        var (start, k) = (_paths.SlotStart[leaf], _paths.SlotStart[leaf + 1] - _paths.SlotStart[leaf]);
        var features = _paths.SlotFeature.AsSpan(start, k);
        var ratios = _paths.SlotRatio.AsSpan(start, k);
        var value = _ensemble.Nodes.Value[_paths.LeafNode[leaf]] * _ensemble.LeafWeight / 2;
        var (nodes, weights) = GaussLegendre.Rule(k / 2);
        for (var q = 0; q < nodes.Length; q++)
        {
            var t = nodes[q];
            after[k] = 1;
            for (var i = k - 1; i >= 0; i--)
            {
                factors[i] = (Passes(failed, i) ? t : 0) + (1 - t) * ratios[i];
                after[i] = after[i + 1] * factors[i];
            }

            var before = value * weights[q];
            for (var i = 0; i < k; i++)
            {
                var between = before * ((Passes(failed, i) ? 1 : 0) - ratios[i]);
                for (var j = i + 1; j < k; j++)
                {
                    InteractionCarrier.Add(pairs, _ensemble.FeatureCount, features[i], features[j], between * ((Passes(failed, j) ? 1 : 0) - ratios[j]) * after[j + 1]);
                    between *= factors[j];
                }

                before *= factors[i];
            }
        }
    }

    private static bool Passes(ulong failed, int slot) => (failed >> slot & 1) == 0;
}
