using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Predictors;

/// <summary>An ensemble laid out for one row at a time: eight trees are walked side by side, step by step and without a branch that depends
/// on the row.</summary>
/// <remarks>A walk that branches at every node waits for a wrong guess at almost every second one. Here a test is a comparison whose
/// outcome is added to an address, and while one tree's next node comes from memory seven others have theirs. What a test cannot express as
/// <c>key &lt;= cut</c> is put into the keys: a NaN that goes left has the key -infinity, one that goes right stays NaN; a category set has
/// keys of its own, -infinity inside the set and NaN outside. Leaf values are added in the order of trees, as the plain walk does.</remarks>
internal sealed unsafe class RowTrees
{
    /// <summary>Keys at most. Category tests have a key per set; with more of them a row meets too few to make all.</summary>
    public const int MaxKeys = 1024;

    private const int Lanes = 8;

    private readonly Node[] _nodes;
    private readonly int[] _nodeAt;
    private readonly int[] _roots;
    private readonly int[] _depths;
    private readonly KeySource[] _keys;
    private readonly TreeNodes _trees;

    private RowTrees(TreeNodes trees, RowTreesBuilder builder, int[] depths)
    {
        (_trees, _nodes, _nodeAt, _keys, _depths) = (trees, builder.Nodes, builder.NodeAt, builder.Keys, depths);

        // The last group is filled up with its own last tree.
        var count = trees.TreeStart.Length - 1;
        _roots = [.. Enumerable.Range(0, depths.Length * Lanes).Select(lane => trees.TreeStart[Math.Min(lane, count - 1)])];
    }

    /// <summary>Lays an ensemble out.</summary>
    /// <returns>Null where there are more than <see cref="MaxKeys"/> keys, or two bytes do not hold the way from a node to its children.</returns>
    public static RowTrees? TryBuild(TreeNodes trees)
    {
        var builder = new RowTreesBuilder(trees);
        var count = trees.TreeStart.Length - 1;
        var depths = new int[(count + Lanes - 1) / Lanes];
        for (var tree = 0; tree < count; tree++)
        {
            if (!builder.TryAdd(tree, out var depth)) return null;
            depths[tree / Lanes] = Math.Max(depths[tree / Lanes], depth);
        }

        return new RowTrees(trees, builder, depths);
    }

    /// <summary>Adds the values of the leaves that a vector falls into, in the order of trees.</summary>
    /// <param name="features">Shape [features], NaN-coded missing values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Sum(ReadOnlySpan<float> features)
    {
        Span<float> keysOfRow = stackalloc float[_keys.Length];
        FillKeys(features, keysOfRow);
        var sum = 0.0;
        var leaves = stackalloc Node*[Lanes];
        fixed (Node* nodes = _nodes)
        fixed (int* nodeAt = _nodeAt)
        fixed (double* values = _trees.Value)
        fixed (float* keys = keysOfRow)
        {
            for (var group = 0; group < _depths.Length; group++)
            {
                var roots = _roots.AsSpan(group * Lanes, Lanes);
                Walk(nodes, roots, keys, _depths[group], leaves);
                var trees = Math.Min(Lanes, _trees.TreeStart.Length - 1 - group * Lanes);
                for (var lane = 0; lane < trees; lane++) sum += values[nodeAt[leaves[lane] - nodes]];
            }
        }

        return sum;
    }

    // A leaf leads to itself, so that trees of other depths may walk along.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk(Node* nodes, ReadOnlySpan<int> roots, float* keys, int depth, Node** leaves)
    {
        Node* a = nodes + roots[0], b = nodes + roots[1], c = nodes + roots[2], d = nodes + roots[3];
        Node* e = nodes + roots[4], f = nodes + roots[5], g = nodes + roots[6], h = nodes + roots[7];
        for (var step = 0; step < depth; step++)
        {
            a = Next(a, keys);
            b = Next(b, keys);
            c = Next(c, keys);
            d = Next(d, keys);
            e = Next(e, keys);
            f = Next(f, keys);
            g = Next(g, keys);
            h = Next(h, keys);
        }

        leaves[0] = a;
        leaves[1] = b;
        leaves[2] = c;
        leaves[3] = d;
        leaves[4] = e;
        leaves[5] = f;
        leaves[6] = g;
        leaves[7] = h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Node* Next(Node* node, float* keys) => node + (nuint)(node->ToRight + (keys[node->Key] <= node->Cut ? 1u : 0u));

    private void FillKeys(ReadOnlySpan<float> features, Span<float> keys)
    {
        keys[0] = float.NaN;
        for (var key = 1; key < _keys.Length; key++)
        {
            var (feature, codesLeft, set) = _keys[key];
            var value = features[feature];
            if (float.IsNaN(value)) keys[key] = (codesLeft >> CodedNaN.CodeOf(value) & 1) != 0 ? float.NegativeInfinity : float.NaN;
            else keys[key] = set < 0 ? value : _trees.SetContains(set, value) ? float.NegativeInfinity : float.NaN;
        }
    }

    /// <summary>A node in eight bytes. Children lie side by side, the right one first; a leaf is its own right child.</summary>
    /// <param name="Cut">A key up to this one goes left.</param>
    /// <param name="Key">Which key; 0, which is always NaN, at leaves.</param>
    /// <param name="ToRight">Nodes from here to the right child.</param>
    internal readonly record struct Node(float Cut, ushort Key, ushort ToRight);

    /// <summary>Where a key comes from.</summary>
    /// <param name="Feature">Feature of the row.</param>
    /// <param name="CodesLeft">Which NaNs go left.</param>
    /// <param name="Set">Category set; -1 for numbers.</param>
    internal readonly record struct KeySource(int Feature, uint CodesLeft, int Set);
}
