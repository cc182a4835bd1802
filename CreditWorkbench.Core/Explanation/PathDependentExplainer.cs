using System.Buffers;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Exact path-dependent Shapley values of a tree ensemble: at a test of an absent feature both branches count by their
/// training cover. O(leaves x k^2) per row, k = distinct features on a path.</summary>
/// <remarks>A leaf of value V is reached with weight prod_i(o_i or z_i), o = whether the row passes slot i, z = its cover ratio. Its
/// Shapley values are V (o_j - z_j) times the integral over t in [0, 1] of prod_{i != j} (t o_i + (1 - t) z_i), a polynomial of degree
/// k - 1: Gauss-Legendre with ceil(k / 2) nodes is exact, all factors are positive and nothing is divided, so no digits are lost.</remarks>
public sealed class PathDependentExplainer : IAttributor
{
    private readonly TreeEnsemble _ensemble;
    private readonly EnsemblePaths _paths;
    private readonly double _baseQuantity;

    /// <summary>Walks the paths of an ensemble.</summary>
    /// <exception cref="ArgumentException">A path with more than 64 distinct features.</exception>
    public PathDependentExplainer(TreeEnsemble ensemble)
        : this(ensemble, null)
    {
    }

    /// <summary>The same with columns joined into players.</summary>
    internal PathDependentExplainer(TreeEnsemble ensemble, Players? players)
    {
        _ensemble = ensemble;
        _paths = new EnsemblePaths(ensemble, players);
        var sum = 0.0;
        for (var leaf = 0; leaf < _paths.LeafNode.Length; leaf++)
        {
            var weight = ensemble.Nodes.Value[_paths.LeafNode[leaf]];
            for (var slot = _paths.SlotStart[leaf]; slot < _paths.SlotStart[leaf + 1]; slot++) weight *= _paths.SlotRatio[slot];
            sum += weight;
        }

        _baseQuantity = ensemble.BaseValue + sum * ensemble.LeafWeight;
    }

    /// <summary>q of the base.</summary>
    internal double BaseQuantity => _baseQuantity;

    /// <inheritdoc/>
    public AttributionMethod Method => AttributionMethod.PathDependent;

    /// <inheritdoc/>
    public Predictor Predictor => _ensemble;

    /// <inheritdoc/>
    public int BackgroundRows => 0;

    /// <inheritdoc/>
    public double Base => _ensemble.Link.ToMargin(_baseQuantity);

    /// <inheritdoc/>
    public Outcome<Attribution> Explain(ReadOnlySpan<float> row)
    {
        var contributions = new double[_paths.PlayerCount];
        var failed = ArrayPool<ulong>.Shared.Rent(_ensemble.Nodes.Count);
        _paths.Fail(row, failed.AsSpan(0, _ensemble.Nodes.Count));
        Span<double> before = stackalloc double[EnsemblePaths.MaxSlots];
        for (var leaf = 0; leaf < _paths.LeafNode.Length; leaf++) AddLeaf(leaf, failed[_paths.LeafNode[leaf]], contributions, before);
        ArrayPool<ulong>.Shared.Return(failed);
        for (var i = 0; i < contributions.Length; i++) contributions[i] *= _ensemble.LeafWeight;
        return Additivity.Carry(Method, _ensemble, _baseQuantity, contributions, _ensemble.Quantity(row));
    }

    private void AddLeaf(int leaf, ulong failed, double[] contributions, Span<double> before)
    {
        var (start, k) = (_paths.SlotStart[leaf], _paths.SlotStart[leaf + 1] - _paths.SlotStart[leaf]);
        var features = _paths.SlotFeature.AsSpan(start, k);
        var ratios = _paths.SlotRatio.AsSpan(start, k);
        var value = _ensemble.Nodes.Value[_paths.LeafNode[leaf]];
        var (nodes, weights) = GaussLegendre.Rule((k + 1) / 2);
        for (var q = 0; q < nodes.Length; q++)
        {
            var t = nodes[q];
            var product = 1.0;
            for (var i = 0; i < k; i++)
            {
                before[i] = product;
                product *= Factor(i, failed, ratios[i], t);
            }

            var after = value * weights[q];
            for (var i = k - 1; i >= 0; i--)
            {
                var passes = (failed >> i & 1) == 0 ? 1.0 : 0.0;
                contributions[features[i]] += (passes - ratios[i]) * before[i] * after;
                after *= Factor(i, failed, ratios[i], t);
            }
        }
    }

    private static double Factor(int slot, ulong failed, double ratio, double t) =>
        (failed >> slot & 1) == 0 ? t + (1 - t) * ratio : (1 - t) * ratio;
}
