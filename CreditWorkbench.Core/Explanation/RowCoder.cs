using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>An ensemble's own split points as a code: a number's code is how many of its feature's split points lie below it, so
/// <c>value &lt;= cut[b]</c> is <c>code &lt;= b</c>. Exact, whatever the number of split points: one byte holds up to
/// <see cref="NarrowCuts"/> of them, two bytes the rest. A NaN has the largest code, which no test admits.</summary>
internal sealed class RowCoder
{
    /// <summary>Most split points of a feature whose codes are bytes.</summary>
    public const int NarrowCuts = byte.MaxValue - 1;

    /// <summary>Most split points of a feature.</summary>
    public const int WideCuts = ushort.MaxValue - 1;

    private readonly float[][] _cuts;
    private readonly int[] _nodeCode;

    /// <summary>Sorts the split points of each feature.</summary>
    /// <exception cref="ArgumentException">See <see cref="CanCode"/>.</exception>
    public RowCoder(TreeEnsemble ensemble)
    {
        var nodes = ensemble.Nodes;
        Categories = new int[ensemble.FeatureCount];
        for (var node = 0; node < nodes.Count; node++)
        {
            if (nodes.Feature[node] < 0) continue;
            var set = nodes.CategorySet[node];
            if (set >= 0) Categories[nodes.Feature[node]] = Math.Max(Categories[nodes.Feature[node]], 64 * (nodes.SetStart[set + 1] - nodes.SetStart[set]));
        }

        _cuts = DistinctCuts(ensemble);
        if (_cuts.Any(of => of.Length > WideCuts)) throw new ArgumentException("A feature has more split points than two bytes tell apart.", nameof(ensemble));
        IsWide = [.. _cuts.Select(of => of.Length > NarrowCuts)];
        _nodeCode = new int[nodes.Count];
        for (var node = 0; node < nodes.Count; node++)
            _nodeCode[node] = nodes.Feature[node] >= 0 && nodes.CategorySet[node] < 0 ? Array.BinarySearch(_cuts[nodes.Feature[node]], nodes.Cut[node]) : -1;
    }

    /// <summary>Whether every feature has at most <see cref="WideCuts"/> distinct split points.</summary>
    public static bool CanCode(TreeEnsemble ensemble) => ensemble.Nodes.Count <= WideCuts || DistinctCuts(ensemble).All(of => of.Length <= WideCuts);

    /// <summary>Number of features.</summary>
    public int Features => _cuts.Length;

    /// <summary>Whether a feature's codes need two bytes; shape [features].</summary>
    public bool[] IsWide { get; }

    /// <summary>Categories that some test of a feature tells apart: indices from here on are in no set; shape [features].</summary>
    public int[] Categories { get; }

    /// <summary>Distinct split points of a feature, rising.</summary>
    public ReadOnlySpan<float> Cuts(int feature) => _cuts[feature];

    /// <summary>Largest code that goes left at a numeric test; -1 elsewhere.</summary>
    public int CodeOf(int node) => _nodeCode[node];

    /// <summary>Codes of numbers; NaN becomes 255.</summary>
    public void EncodeNarrow(int feature, ReadOnlySpan<float> values, Span<byte> codes)
    {
        var cuts = _cuts[feature];
        for (var i = 0; i < values.Length; i++) codes[i] = float.IsNaN(values[i]) ? byte.MaxValue : (byte)CountBelow(cuts, values[i]);
    }

    /// <summary>Codes of numbers; NaN becomes 65,535.</summary>
    public void EncodeWide(int feature, ReadOnlySpan<float> values, Span<ushort> codes)
    {
        var cuts = _cuts[feature];
        for (var i = 0; i < values.Length; i++) codes[i] = float.IsNaN(values[i]) ? ushort.MaxValue : (ushort)CountBelow(cuts, values[i]);
    }

    private static float[][] DistinctCuts(TreeEnsemble ensemble)
    {
        var nodes = ensemble.Nodes;
        var cuts = new List<float>[ensemble.FeatureCount];
        for (var i = 0; i < cuts.Length; i++) cuts[i] = [];
        for (var node = 0; node < nodes.Count; node++)
        {
            if (nodes.Feature[node] >= 0 && nodes.CategorySet[node] < 0) cuts[nodes.Feature[node]].Add(nodes.Cut[node]);
        }

        return [.. cuts.Select(of => of.Distinct().Order().ToArray())];
    }

    private static int CountBelow(ReadOnlySpan<float> cuts, float value)
    {
        var (start, length) = (0, cuts.Length);
        while (length > 0)
        {
            var half = length >> 1;
            var below = cuts[start + half] < value;
            start = below ? start + half + 1 : start;
            length = below ? length - half - 1 : half;
        }

        return start;
    }
}
