using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Predictors;

/// <summary>How the leaf values of an ensemble make q.</summary>
public enum Aggregation
{
    /// <summary>q = base value + sum of leaf values (boosting).</summary>
    Sum,
    /// <summary>q = base value + mean of leaf values (forests; the base value is 0).</summary>
    Mean,
}

/// <summary>Decision trees as parallel arrays over all nodes. Nodes of one tree are contiguous, parents before children.</summary>
/// <remarks>Numeric split: <c>value &lt;= Cut</c> goes left. Category split: the bit of the category's index in the node's set
/// goes left; an index beyond the set goes right. A NaN goes left when bit <see cref="CodedNaN.CodeOf(float)"/> of
/// <c>CodesLeft</c> is set (bit 0 missing, bit k the k-th special code).</remarks>
public sealed class TreeEnsemble : Predictor
{
    private const int LeastCompiledRows = 64;

    private CompiledTrees? _compiled;
    private RowTrees? _rowTrees;
    private int _rowsWalked;

    /// <summary>Wraps arrays, which the ensemble then owns.</summary>
    /// <exception cref="ArgumentException">The arrays do not describe trees.</exception>
    public TreeEnsemble(string family, int featureCount, Link link, Aggregation aggregation, double baseValue, TreeNodes nodes)
    {
        nodes.Check(featureCount);
        (Family, FeatureCount, Link, Aggregation, BaseValue, Nodes) = (family, featureCount, link, aggregation, baseValue, nodes);
    }

    /// <inheritdoc/>
    public override string Family { get; }

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override Link Link { get; }

    /// <summary>Sum or mean of the leaves.</summary>
    public Aggregation Aggregation { get; }

    /// <summary>Added to every q.</summary>
    public double BaseValue { get; }

    /// <summary>The nodes of all trees.</summary>
    public TreeNodes Nodes { get; }

    /// <summary>Number of trees.</summary>
    public int TreeCount => Nodes.TreeStart.Length - 1;

    /// <summary>What one leaf adds to q per unit of its value: 1 for sums, 1 / trees for means.</summary>
    public double LeafWeight => Aggregation == Aggregation.Sum ? 1.0 : 1.0 / TreeCount;

    /// <summary>The layout for many rows. Threads that ask at the same time may each make one; all use the first.</summary>
    internal CompiledTrees Compiled => LazyInitializer.EnsureInitialized(ref _compiled, () => new CompiledTrees(Nodes, FeatureCount));

    /// <inheritdoc/>
    /// <remarks>An ensemble that is asked about row after row is laid out for them once (<see cref="RowTrees"/>); the bits are the same.</remarks>
    public override double Quantity(ReadOnlySpan<float> features)
    {
        if (_rowTrees is { } trees) return Finish(trees.Sum(features));
        if (_rowsWalked < LeastCompiledRows && ++_rowsWalked == LeastCompiledRows) _rowTrees = RowTrees.TryBuild(Nodes);
        var sum = 0.0;
        for (var tree = 0; tree < TreeCount; tree++) sum += Nodes.Value[LeafOf(tree, features)];
        return Finish(sum);
    }

    private double Finish(double sum) => BaseValue + (Aggregation == Aggregation.Sum ? sum : sum / TreeCount);

    /// <inheritdoc/>
    /// <remarks>A row's sum runs in the order of trees, as in <see cref="Quantity"/>. Many rows go through <see cref="CompiledTrees"/>,
    /// which are made once; a few are not worth making them.</remarks>
    protected override void Quantities(FeatureMatrix features, int firstRow, Span<double> quantities)
    {
        if (_compiled is null && quantities.Length < LeastCompiledRows)
        {
            base.Quantities(features, firstRow, quantities);
            return;
        }

        Compiled.Sum(features.Values.AsSpan(firstRow), features.Rows, quantities);
        Finish(quantities);
    }

    /// <inheritdoc/>
    protected override void QuantitiesOfRows(ReadOnlySpan<float> rows, Span<double> quantities)
    {
        if (_compiled is null && quantities.Length < LeastCompiledRows)
        {
            base.QuantitiesOfRows(rows, quantities);
            return;
        }

        Compiled.SumRows(rows, quantities);
        Finish(quantities);
    }

    private void Finish(Span<double> sums)
    {
        foreach (ref var sum in sums) sum = Finish(sum);
    }

    /// <summary>Index of the leaf that a vector falls into.</summary>
    public int LeafOf(int tree, ReadOnlySpan<float> features)
    {
        var node = Nodes.TreeStart[tree];
        while (Nodes.Feature[node] >= 0) node = GoesLeft(node, features[Nodes.Feature[node]]) ? Nodes.Left[node] : Nodes.Right[node];
        return node;
    }

    /// <summary>Whether a value goes left at an inner node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool GoesLeft(int node, float value)
    {
        if (float.IsNaN(value)) return (Nodes.CodesLeft[node] >> CodedNaN.CodeOf(value) & 1) != 0;
        var set = Nodes.CategorySet[node];
        return set < 0 ? value <= Nodes.Cut[node] : Nodes.SetContains(set, value);
    }
}
