using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Interventional Shapley values of one leaf for every outcome of the k slots of its path: a cube of 2^k points, bit j set
/// where a row passes all tests of slot j. Scratch of one thread; O(k 2^k) per leaf, whatever the size of the background.</summary>
/// <remarks>With c the outcomes of a background row, the value of slot j is V E_c of the integral over t in [0, 1] of (o_j - c_j) prod_{i != j}
/// (t o_i + (1 - t) c_i), exact by Gauss-Legendre with ceil(k / 2) nodes. T(o) = E_c prod_i (t o_i + (1 - t) c_i) is a transform of c's
/// distribution by [[0, 1 - t], [t, 1]] in each slot. With A = -sum w T / (1 - t) and B = sum w T / t the value of slot j is A(o) where o_j = 0
/// and B(o) - B(o') + A(o') with o' = o without j where o_j = 1: in both cases B(o) + (A - B)(o').</remarks>
internal sealed class OutcomeCube
{
    /// <summary>Most slots.</summary>
    public const int MaxSlots = 16;

    private static readonly (Vector512<double> Node, Vector512<double> OfAbsent, Vector512<double> OfPresent)[] _rules = Rules();

    private readonly Vector512<double>[] _transform;
    private readonly double[] _frequency;
    private readonly double[] _present;
    private readonly double[] _rest;

    /// <summary>Takes memory for leaves of up to so many slots.</summary>
    public OutcomeCube(int slots)
    {
        var points = 1 << slots;
        (_transform, _frequency, _present, _rest) = (new Vector512<double>[points], new double[points], new double[points], new double[points]);
    }

    /// <summary>B of the remarks, shape [2^k].</summary>
    public ReadOnlySpan<double> Present => _present;

    /// <summary>A - B of the remarks, shape [2^k].</summary>
    public ReadOnlySpan<double> Rest => _rest;

    /// <summary>Works out a leaf.</summary>
    /// <param name="slots">k, at most what memory was taken for.</param>
    /// <param name="background">Outcomes of each background row.</param>
    /// <param name="value">The leaf's share of q.</param>
    public void Fill(int slots, ReadOnlySpan<ushort> background, double value)
    {
        var points = 1 << slots;
        var frequency = _frequency.AsSpan(0, points);
        frequency.Clear();
        foreach (var outcomes in background) frequency[outcomes]++;
        var transform = _transform.AsSpan(0, points);
        var share = value / background.Length;
        for (var point = 0; point < points; point++) transform[point] = Vector512.Create(frequency[point] * share);

        var (node, ofAbsent, ofPresent) = _rules[slots];
        var rest = Vector512<double>.One - node;
        for (var half = 1; half < points; half <<= 1)
        {
            for (var block = 0; block < points; block += 2 * half)
            {
                var low = transform.Slice(block, half);
                var high = transform.Slice(block + half, half);
                for (var i = 0; i < low.Length; i++)
                {
                    var (fails, passes) = (low[i], high[i]);
                    low[i] = rest * passes;
                    high[i] = node * fails + passes;
                }
            }
        }

        for (var point = 0; point < points; point++)
        {
            _present[point] = Vector512.Sum(transform[point] * ofPresent);
            _rest[point] = Vector512.Sum(transform[point] * ofAbsent) - _present[point];
        }
    }

    // Nodes t, -w / (1 - t) and w / t for each number of slots; unused places weigh nothing.
    private static (Vector512<double> Node, Vector512<double> OfAbsent, Vector512<double> OfPresent)[] Rules()
    {
        var rules = new (Vector512<double>, Vector512<double>, Vector512<double>)[MaxSlots + 1];
        for (var slots = 0; slots < rules.Length; slots++)
        {
            var (nodes, weights) = GaussLegendre.Rule((slots + 1) / 2);
            double[] t = [.. nodes, .. Enumerable.Repeat(0.5, 8)], w = [.. weights, .. Enumerable.Repeat(0.0, 8)];
            var (node, weight) = (Vector512.Create(t), Vector512.Create(w));
            rules[slots] = (node, -weight / (Vector512<double>.One - node), weight / node);
        }

        return rules;
    }
}
