using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Explanation;

/// <summary>One thread's share of a <see cref="CubePortfolio"/>: walks the trees, and at each leaf looks the tile's rows up in its cube.</summary>
internal sealed class CubeTile : TileExplainer
{
    private readonly CubeForest _forest;
    private readonly Players? _players;
    private readonly int _width;
    private readonly RowCodes _codes;
    private readonly OutcomeCube _cube;
    private readonly int[] _slotPlayer;
    private readonly ulong[][] _left;
    private readonly ushort[][] _rowPatterns;
    private readonly ushort[][] _backgroundPatterns;
    private readonly double[] _sums;
    private double _mean;
    private int _padded;

    /// <summary>Takes scratch memory.</summary>
    /// <param name="forest">The ensemble and the background.</param>
    /// <param name="players">Columns that play as one; null: each for itself.</param>
    public CubeTile(CubeForest forest, Players? players)
    {
        (_forest, _players, _width) = (forest, players, players?.Count ?? forest.Ensemble.FeatureCount);
        _codes = new RowCodes(forest.Coder, MaxRows);
        _cube = new OutcomeCube(forest.Slots);
        _slotPlayer = new int[forest.Slots];
        _left = Levels<ulong>(MaxRows / 64);
        _rowPatterns = Levels<ushort>(MaxRows);
        _backgroundPatterns = Levels<ushort>(Padded(forest.BackgroundRows));
        _sums = new double[MaxRows * _width];
    }

    /// <inheritdoc/>
    public override Problem? Explain(FeatureMatrix rows, int first, Span<float> contributions, Span<double> margins)
    {
        var ensemble = _forest.Ensemble;
        _codes.Fill(rows, first, margins.Length);
        _padded = Padded(margins.Length);
        var sums = _sums.AsSpan(0, contributions.Length);
        sums.Clear();
        for (var tree = 0; tree < ensemble.TreeCount; tree++)
        {
            // Contributions do not change when all leaves of a tree move together; near 0 they cancel less.
            _mean = ensemble.Nodes.Value[ensemble.Nodes.TreeStart[tree]];
            Visit(ensemble.Nodes.TreeStart[tree], 0, 0);
        }

        var quantities = Quantities.AsSpan(0, margins.Length);
        ensemble.TileQuantities(rows, first, quantities);
        for (var row = 0; row < margins.Length; row++)
        {
            margins[row] = ensemble.Link.ToMargin(quantities[row]);
            var scale = ensemble.LeafWeight * ensemble.Link.SecantFactor(quantities[row], _forest.BaseQuantity);
            for (var i = row * _width; i < (row + 1) * _width; i++) contributions[i] = (float)(sums[i] * scale);
        }

        return null;
    }

    private void Visit(int node, int depth, int slots)
    {
        var nodes = _forest.Ensemble.Nodes;
        var feature = nodes.Feature[node];
        if (feature < 0)
        {
            if (slots > 0) AddLeaf(nodes.Value[node] - _mean, depth, slots);
            return;
        }

        // Tests of one player join: it passes where it passes all of them.
        var player = _players?.Of(feature) ?? feature;
        var slot = _slotPlayer.AsSpan(0, slots).IndexOf(player);
        var again = slot >= 0;
        if (!again) _slotPlayer[slot = slots++] = player;
        var left = _left[depth].AsSpan(0, _codes.Words);
        NodeOutcomes.Of(_forest.Ensemble, _forest.Coder, _codes, node, left);
        Extend(depth, left, _forest.BackgroundLeft(node), 0, slot, again);
        Visit(nodes.Left[node], depth + 1, slots);
        Extend(depth, left, _forest.BackgroundLeft(node), ulong.MaxValue, slot, again);
        Visit(nodes.Right[node], depth + 1, slots);
        if (!again) _slotPlayer[slot] = -1;
    }

    private void Extend(int depth, ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> backgroundLeft, ulong flip, int slot, bool again)
    {
        PassPatterns.Extend(_rowPatterns[depth].AsSpan(0, _padded), _rowPatterns[depth + 1].AsSpan(0, _padded), left, flip, slot, again);
        PassPatterns.Extend(_backgroundPatterns[depth], _backgroundPatterns[depth + 1], backgroundLeft, flip, slot, again);
    }

    private void AddLeaf(double value, int depth, int slots)
    {
        _cube.Fill(slots, _backgroundPatterns[depth].AsSpan(0, _forest.BackgroundRows), value);
        var present = _cube.Present;
        var rest = _cube.Rest;
        var patterns = _rowPatterns[depth].AsSpan(0, _codes.Rows);
        var slotPlayer = _slotPlayer.AsSpan(0, slots);
        for (var row = 0; row < patterns.Length; row++)
        {
            int passed = patterns[row];
            var start = present[passed];
            var sums = _sums.AsSpan(row * _width, _width);
            for (var slot = 0; slot < slotPlayer.Length; slot++) sums[slotPlayer[slot]] += start + rest[passed & ~(1 << slot)];
        }
    }

    private T[][] Levels<T>(int length) => [.. Enumerable.Range(0, _forest.Depth + 1).Select(_ => new T[length])];

    private static int Padded(int rows) => (rows + PassPatterns.Step - 1) / PassPatterns.Step * PassPatterns.Step;
}
