using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Predictors;

/// <summary>An ensemble laid out for many rows: rows become byte codes once, then each tree is worked out for 32 rows at a time.</summary>
/// <remarks>Trees of up to 256 leaves are cut into blocks of three levels (<see cref="TreeBlocks"/>): seven byte comparisons and seven
/// selections give the leaf of 32 rows. Larger trees are walked code by code, eight rows at a time, so that their steps overlap. Leaf
/// values are doubles and are added in the order of trees, as the one-row walk does.</remarks>
internal sealed unsafe class CompiledTrees
{
    /// <summary>Rows coded at a time.</summary>
    public const int Tile = 256;

    /// <summary>Rows worked out at a time.</summary>
    public const int Lanes = 32;

    /// <summary>Trees whose leaves are found before their values are added.</summary>
    private const int Batch = 8;

    private readonly CodeColumns _columns;
    private readonly TreeBlocks[] _trees;
    private readonly int _featureCount, _blocks;
    private readonly ConcurrentBag<Buffers> _idle = [];

    /// <summary>Lays an ensemble out.</summary>
    public CompiledTrees(TreeNodes nodes, int featureCount)
    {
        var builder = new CodeColumnsBuilder(nodes, featureCount);
        _trees = new TreeBlocks[nodes.TreeStart.Length - 1];
        for (var tree = 0; tree < _trees.Length; tree++) _trees[tree] = new TreeBlocks(nodes, tree, builder.TestOf);
        _columns = builder.Build();
        _featureCount = featureCount;
        _blocks = _trees.Length == 0 ? 0 : _trees.Max(tree => tree.Blocks.Length);
    }

    /// <summary>How rows are worked out.</summary>
    internal enum Path
    {
        /// <summary>The fastest that the machine has.</summary>
        Fastest,
        /// <summary>Vectors of whatever width, for blocks.</summary>
        Blocks,
        /// <summary>One row after the other.</summary>
        Scalar,
    }

    /// <summary>Adds leaf values up.</summary>
    /// <param name="values">Feature-major: cell (row, feature) at <c>feature * stride + row</c>.</param>
    /// <param name="stride">Floats from one feature to the next.</param>
    /// <param name="sums">Filled, one per row: the leaf values in the order of trees.</param>
    /// <param name="path">For tests, which force each.</param>
    public void Sum(ReadOnlySpan<float> values, int stride, Span<double> sums, Path path = Path.Fastest)
    {
        if (!_idle.TryTake(out var buffers)) buffers = new Buffers(_columns.Count, _blocks, _featureCount);
        for (var first = 0; first < sums.Length; first += Tile)
        {
            var tile = sums.Slice(first, Math.Min(Tile, sums.Length - first));
            SumTile(values[first..], stride, tile, buffers, path);
        }

        _idle.Add(buffers);
    }

    /// <summary>The same from row-major cells: cell (row, feature) at <c>row * features + feature</c>.</summary>
    public void SumRows(ReadOnlySpan<float> values, Span<double> sums, Path path = Path.Fastest)
    {
        if (!_idle.TryTake(out var buffers)) buffers = new Buffers(_columns.Count, _blocks, _featureCount);
        for (var first = 0; first < sums.Length; first += Tile)
        {
            var tile = sums.Slice(first, Math.Min(Tile, sums.Length - first));
            Transpose(values.Slice(first * _featureCount, tile.Length * _featureCount), buffers.Values);
            SumTile(buffers.Values, Tile, tile, buffers, path);
        }

        _idle.Add(buffers);
    }

    private void Transpose(ReadOnlySpan<float> rows, float[] values)
    {
        ref var to = ref MemoryMarshal.GetArrayDataReference(values);
        ref var from = ref MemoryMarshal.GetReference(rows);
        var count = rows.Length / _featureCount;
        for (nint row = 0; row < count; row++)
        {
            for (nint feature = 0; feature < _featureCount; feature++) Unsafe.Add(ref to, feature * Tile + row) = Unsafe.Add(ref from, row * _featureCount + feature);
        }
    }

    private void SumTile(ReadOnlySpan<float> values, int stride, Span<double> sums, Buffers buffers, Path path)
    {
        _columns.Fill(values, stride, sums.Length, buffers.Codes, Tile, buffers.Ranks, path == Path.Fastest && CutCoder.HasLanes);
        sums.Clear();
        fixed (sbyte* codes = buffers.Codes)
        fixed (byte* leaves = buffers.Leaves, slots = buffers.Slots)
        {
            for (var tree = 0; tree < _trees.Length;)
            {
                var count = 0;
                for (; count < Batch && tree + count < _trees.Length && _trees[tree + count].FitsBytes; count++)
                {
                    if (path == Path.Scalar) WalkTile(_trees[tree + count], codes, leaves + count * Tile, sums.Length);
                    else WorkOut(_trees[tree + count], codes, leaves + count * Tile, slots, sums.Length);
                }

                if (count > 0) AddLeaves(tree, count, leaves, sums);
                else AddWalk(_trees[tree], codes, sums);
                tree += Math.Max(1, count);
            }
        }
    }

    /// <summary>Leaf of every row of a tile, 32 rows at a time.</summary>
    private static void WorkOut(TreeBlocks tree, sbyte* codes, byte* leaves, byte* slots, int rows)
    {
        fixed (TreeBlocks.Block* blocks = tree.Blocks)
        {
            for (var row = 0; row < rows; row += Lanes)
            {
                var result = Vector256<byte>.Zero;
                var at = codes + row;
                var slot = slots + TreeBlocks.FirstResult * Lanes;
                for (var i = 0; i < tree.Blocks.Length; i++, slot += Lanes)
                {
                    var block = blocks + i;
                    var test = RightOf(block, 3, at);
                    var a = Vector256.ConditionalSelect(test, Exit(block, 1, slots), Exit(block, 0, slots));
                    test = RightOf(block, 4, at);
                    var b = Vector256.ConditionalSelect(test, Exit(block, 3, slots), Exit(block, 2, slots));
                    a = Vector256.ConditionalSelect(RightOf(block, 1, at), b, a);
                    test = RightOf(block, 5, at);
                    var c = Vector256.ConditionalSelect(test, Exit(block, 5, slots), Exit(block, 4, slots));
                    test = RightOf(block, 6, at);
                    var d = Vector256.ConditionalSelect(test, Exit(block, 7, slots), Exit(block, 6, slots));
                    c = Vector256.ConditionalSelect(RightOf(block, 2, at), d, c);
                    result = Vector256.ConditionalSelect(RightOf(block, 0, at), c, a);
                    result.Store(slot);
                }

                result.Store(leaves + row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> RightOf(TreeBlocks.Block* block, int node, sbyte* codes) =>
        Vector256.GreaterThan(Vector256.Load(codes + block->Offset[node]), Vector256.Create(block->Bound[node]).AsSByte()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Exit(TreeBlocks.Block* block, int exit, byte* slots) => Vector256.Load(slots + block->Exit[exit]);

    private static void WalkTile(TreeBlocks tree, sbyte* codes, byte* leaves, int rows)
    {
        for (var row = 0; row < rows; row++) leaves[row] = (byte)tree.Walk(codes + row);
    }

    private void AddLeaves(int first, int count, byte* leaves, Span<double> sums)
    {
        if (count < Batch)
        {
            for (var tree = 0; tree < count; tree++)
            {
                var values = _trees[first + tree].Leaves;
                for (var row = 0; row < sums.Length; row++) sums[row] += values[leaves[tree * Tile + row]];
            }

            return;
        }

        fixed (double* a = _trees[first].Leaves, b = _trees[first + 1].Leaves, c = _trees[first + 2].Leaves, d = _trees[first + 3].Leaves)
        fixed (double* e = _trees[first + 4].Leaves, f = _trees[first + 5].Leaves, g = _trees[first + 6].Leaves, h = _trees[first + 7].Leaves)
        {
            for (var row = 0; row < sums.Length; row++)
            {
                var leaf = leaves + row;
                var sum = sums[row] + a[leaf[0]];
                sum += b[leaf[Tile]];
                sum += c[leaf[2 * Tile]];
                sum += d[leaf[3 * Tile]];
                sum += e[leaf[4 * Tile]];
                sum += f[leaf[5 * Tile]];
                sum += g[leaf[6 * Tile]];
                sums[row] = sum + h[leaf[7 * Tile]];
            }
        }
    }

    private static void AddWalk(TreeBlocks tree, sbyte* codes, Span<double> sums)
    {
        var row = 0;
        var values = tree.Leaves;
        var leaves = stackalloc int[Batch];
        for (; row + Batch <= sums.Length; row += Batch)
        {
            tree.WalkEight(codes + row, leaves);
            for (var i = 0; i < Batch; i++) sums[row + i] += values[leaves[i]];
        }

        for (; row < sums.Length; row++) sums[row] += values[tree.Walk(codes + row)];
    }

    /// <summary>What one thread writes while it works on a tile.</summary>
    private sealed class Buffers
    {
        public Buffers(int columns, int blocks, int features)
        {
            Codes = new sbyte[columns * Tile];
            Values = new float[features * Tile];
            Slots = new byte[(TreeBlocks.FirstResult + blocks) * Lanes];
            for (var leaf = 0; leaf < TreeBlocks.FirstResult; leaf++) Slots.AsSpan(leaf * Lanes, Lanes).Fill((byte)leaf);
        }

        public sbyte[] Codes { get; }

        public float[] Values { get; }

        public byte[] Slots { get; }

        public byte[] Leaves { get; } = new byte[Batch * Tile];

        public int[] Ranks { get; } = new int[Tile];
    }
}
