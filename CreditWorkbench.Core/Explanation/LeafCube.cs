using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Shapley values that one leaf adds, for every outcome of the k distinct features (slots) that its path tests: a cube of 2^k
/// points, o_j = 1 where a row passes all tests of slot j. Scratch of one thread.</summary>
/// <remarks>With c the outcomes of an absent row, phi_j = V E_c of the integral over t in [0, 1] of (o_j - c_j) prod_{i != j} (t o_i +
/// (1 - t) c_i), a polynomial of degree k - 1: Gauss-Legendre with ceil(k / 2) nodes is exact. T(o) = E_c prod_i (t o_i + (1 - t) c_i)
/// is a tensor transform of c's distribution by [[0, 1 - t], [t, 1]] in each slot; for path-dependent values that distribution is the
/// product of cover ratios. Undoing slot j leaves phi_j = -sum w T(o) / (1 - t) = A(o) where o_j = 0, and
/// sum w (T(o) - T(o without j) / (1 - t)) / t = B(o) - B(o without j) + A(o without j) where o_j = 1, with B = sum w T / t: two arrays
/// serve all slots, and nothing is divided by a ratio that may be 0.</remarks>
internal sealed class LeafCube
{
    private const int MaxPoints = 1 << PatternPlan.MaxDepth;
    private static readonly (Vector256<double> Node, Vector256<double> ByRest, Vector256<double> ByNode)[] _rules = Rules();
    private static readonly byte[] _allPatterns = [.. Enumerable.Range(0, 1 << Subtree.Width).Select(i => (byte)i)];

    private readonly int[] _lane = new int[PatternPlan.MaxDepth];
    private readonly byte[] _need = new byte[PatternPlan.MaxDepth];
    private readonly byte[] _want = new byte[PatternPlan.MaxDepth];
    private readonly double[] _ratio = new double[PatternPlan.MaxDepth];
    private readonly Vector256<double>[] _transform = new Vector256<double>[MaxPoints];
    private readonly double[] _frequency = new double[MaxPoints];
    private readonly double[] _absent = new double[MaxPoints];
    private readonly double[] _present = new double[MaxPoints];
    private readonly double[] _lanes = new double[MaxPoints * Subtree.Width];
    private readonly byte[] _point = new byte[1 << Subtree.Width];
    private int _slots;

    /// <summary>Forgets the tests of the leaf before.</summary>
    public void Clear() => _slots = 0;

    /// <summary>Takes in one test of the leaf's path.</summary>
    /// <param name="lane">Lane of the tested feature in the subtree's table.</param>
    /// <param name="bit">Bit of the test in the pattern.</param>
    /// <param name="left">Whether the leaf lies left.</param>
    /// <param name="ratio">Share of the node's cover that goes the leaf's way.</param>
    public void AddTest(int lane, int bit, bool left, double ratio)
    {
        var slot = _lane.AsSpan(0, _slots).IndexOf(lane);
        if (slot < 0)
        {
            slot = _slots++;
            (_lane[slot], _need[slot], _want[slot], _ratio[slot]) = (lane, 0, 0, 1.0);
        }

        _need[slot] |= (byte)(1 << bit);
        if (left) _want[slot] |= (byte)(1 << bit);
        _ratio[slot] *= ratio;
    }

    /// <summary>Adds the leaf to its subtree's table: absent features follow the training covers.</summary>
    /// <param name="value">The leaf's share of q.</param>
    /// <param name="table">Shape [patterns x 8].</param>
    public void AddByCover(double value, Span<double> table)
    {
        var node = _rules[_slots].Node;
        var rest = Vector256<double>.One - node;
        _transform[0] = Vector256.Create(value);
        for (var slot = 0; slot < _slots; slot++)
        {
            var half = 1 << slot;
            var fails = rest * Vector256.Create(_ratio[slot]);
            var passes = node + fails;
            for (var point = 0; point < half; point++)
            {
                _transform[half | point] = _transform[point] * passes;
                _transform[point] *= fails;
            }
        }

        Add(table);
    }

    /// <summary>Adds the leaf to its subtree's table: absent features follow background rows.</summary>
    /// <param name="value">The leaf's share of q.</param>
    /// <param name="counts">Background rows with each pattern, shape [patterns].</param>
    /// <param name="share">One over the background's rows.</param>
    /// <param name="table">Shape [patterns x 8].</param>
    public void AddByBackground(double value, ReadOnlySpan<int> counts, double share, Span<double> table)
    {
        var points = 1 << _slots;
        var frequency = _frequency.AsSpan(0, points);
        frequency.Clear();
        MapPatterns(counts.Length);
        for (var pattern = 0; pattern < counts.Length; pattern++) frequency[_point[pattern]] += counts[pattern];
        for (var point = 0; point < points; point++) _transform[point] = Vector256.Create(frequency[point] * share * value);

        var node = _rules[_slots].Node;
        var rest = Vector256<double>.One - node;
        for (var half = 1; half < points; half <<= 1)
        {
            for (var point = 0; point < points; point++)
            {
                if ((point & half) != 0) continue;
                var (fails, passes) = (_transform[point], _transform[point | half]);
                _transform[point] = rest * passes;
                _transform[point | half] = node * fails + passes;
            }
        }

        Add(table);
    }

    private void Add(Span<double> table)
    {
        var points = 1 << _slots;
        var (_, byRest, byNode) = _rules[_slots];
        for (var point = 0; point < points; point++)
        {
            _absent[point] = -Sum(_transform[point] * byRest);
            _present[point] = Sum(_transform[point] * byNode);
        }

        var lanes = _lanes.AsSpan(0, points * Subtree.Width);
        lanes.Clear();
        for (var slot = 0; slot < _slots; slot++)
        {
            var bit = 1 << slot;
            for (var point = 0; point < points; point++)
            {
                var without = point & ~bit;
                lanes[point * Subtree.Width + _lane[slot]] = point == without ? _absent[point] : _present[point] - _present[without] + _absent[without];
            }
        }

        MapPatterns(table.Length / Subtree.Width);
        ref var to = ref table[0];
        ref var from = ref lanes[0];
        for (var pattern = 0; pattern < table.Length / Subtree.Width; pattern++)
        {
            var sum = Vector512.LoadUnsafe(ref to, (nuint)(pattern * Subtree.Width)) + Vector512.LoadUnsafe(ref from, (nuint)(_point[pattern] * Subtree.Width));
            sum.StoreUnsafe(ref to, (nuint)(pattern * Subtree.Width));
        }
    }

    // The point of the cube that each pattern falls on.
    private void MapPatterns(int patterns)
    {
        for (var from = 0; from < patterns; from += Vector128<byte>.Count)
        {
            var pattern = Vector128.LoadUnsafe(ref _allPatterns[0], (nuint)from);
            var point = Vector128<byte>.Zero;
            for (var slot = 0; slot < _slots; slot++)
                point |= Vector128.Equals(pattern & Vector128.Create(_need[slot]), Vector128.Create(_want[slot])) & Vector128.Create((byte)(1 << slot));
            point.StoreUnsafe(ref _point[0], (nuint)from);
        }
    }

    // One order of addition on every machine.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(Vector256<double> terms) => terms[0] + terms[1] + (terms[2] + terms[3]);

    // Nodes t, w / (1 - t) and w / t for each number of slots; unused places weigh nothing.
    private static (Vector256<double> Node, Vector256<double> ByRest, Vector256<double> ByNode)[] Rules()
    {
        var rules = new (Vector256<double>, Vector256<double>, Vector256<double>)[PatternPlan.MaxDepth + 1];
        for (var slots = 0; slots < rules.Length; slots++)
        {
            var (nodes, weights) = GaussLegendre.Rule((slots + 1) / 2);
            double[] t = [.. nodes, 0.5, 0.5, 0.5, 0.5], w = [.. weights, 0, 0, 0, 0];
            var (node, weight) = (Vector256.Create(t), Vector256.Create(w));
            rules[slots] = (node, weight / (Vector256<double>.One - node), weight / node);
        }

        return rules;
    }
}
