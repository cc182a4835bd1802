using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Reads the tests of an ensemble and gives each tested feature its codes.</summary>
internal sealed class CodeBookBuilder
{
    // A feature whose tests send NaNs in more different ways has one column with a code per way instead.
    private const int MaxColumnsOfFeature = 8;

    private readonly TreeEnsemble _ensemble;
    private readonly TreeNodes _nodes;
    private readonly List<FeatureCodes> _features = [];
    private readonly List<byte> _sets = [];
    private readonly int[] _nodeColumn;
    private readonly byte[] _nodeLimit;
    private readonly int[] _nodeSet;
    private int _columns;

    private CodeBookBuilder(TreeEnsemble ensemble)
    {
        (_ensemble, _nodes) = (ensemble, ensemble.Nodes);
        (_nodeColumn, _nodeLimit, _nodeSet) = (new int[_nodes.Count], new byte[_nodes.Count], new int[_nodes.Count]);
        Array.Fill(_nodeSet, -1);
    }

    /// <summary>Builds the book.</summary>
    /// <returns>Null when a byte cannot tell apart what the tests of some feature do: more than 255 cuts, or more than 256 kinds of
    /// category, interval and NaN together.</returns>
    public static CodeBook? TryBuild(TreeEnsemble ensemble)
    {
        var builder = new CodeBookBuilder(ensemble);
        foreach (var (feature, nodes) in builder.NodesOfFeatures())
        {
            if (!builder.AddByLimits(feature, nodes) && !builder.AddBySets(feature, nodes)) return null;
        }

        return new CodeBook([.. builder._features], builder._columns, builder._nodeColumn, builder._nodeLimit, builder._nodeSet, [.. builder._sets]);
    }

    private IEnumerable<(int Feature, List<int> Nodes)> NodesOfFeatures()
    {
        var byFeature = new List<int>?[_ensemble.FeatureCount];
        for (var node = 0; node < _nodes.Count; node++)
        {
            if (_nodes.Feature[node] >= 0) (byFeature[_nodes.Feature[node]] ??= []).Add(node);
        }

        for (var feature = 0; feature < byFeature.Length; feature++)
        {
            if (byFeature[feature] is { } nodes) yield return (feature, nodes);
        }
    }

    private bool AddByLimits(int feature, List<int> nodes)
    {
        var masks = new List<uint>();
        foreach (var node in nodes)
        {
            if (_nodes.CategorySet[node] >= 0) return false;
            if (!masks.Contains(_nodes.CodesLeft[node])) masks.Add(_nodes.CodesLeft[node]);
            if (masks.Count > MaxColumnsOfFeature) return false;
        }

        var cuts = Distinct(nodes.ConvertAll(node => _nodes.Cut[node]));
        if (cuts.Length > FeatureCodes.MaxCuts) return false;
        foreach (var node in nodes)
        {
            _nodeColumn[node] = _columns + masks.IndexOf(_nodes.CodesLeft[node]);
            _nodeLimit[node] = (byte)Array.BinarySearch(cuts, _nodes.Cut[node]);
        }

        var codeOfNaN = new byte[masks.Count * FeatureCodes.Payloads];
        for (var i = 0; i < codeOfNaN.Length; i++)
            codeOfNaN[i] = (masks[i / FeatureCodes.Payloads] >> (i % FeatureCodes.Payloads) & 1) != 0 ? (byte)0 : (byte)cuts.Length;
        AddFeature(new FeatureCodes(feature, cuts, [.. Enumerable.Range(0, cuts.Length + 1).Select(i => (byte)i)], _columns, codeOfNaN));
        return true;
    }

    // Every interval of numbers (or category) and every NaN payload gets a class; those that all tests treat alike share one.
    private bool AddBySets(int feature, List<int> nodes)
    {
        var cuts = Distinct([.. nodes.Where(node => _nodes.CategorySet[node] < 0).Select(node => _nodes.Cut[node]), .. nodes.SelectMany(Boundaries)]);
        float[] values = [.. cuts, float.PositiveInfinity, .. Enumerable.Range(0, FeatureCodes.Payloads).Select(CodedNaN.Of)];
        if (Classes(nodes, values) is not { } classes) return false;
        foreach (var node in nodes)
        {
            (_nodeColumn[node], _nodeSet[node]) = (_columns, _sets.Count / CodeBook.SetBytes);
            var set = new byte[CodeBook.SetBytes];
            for (var i = 0; i < values.Length; i++)
            {
                if (_ensemble.GoesLeft(node, values[i])) set[classes[i] >> 3] |= (byte)(1 << (classes[i] & 7));
            }

            _sets.AddRange(set);
        }

        AddFeature(new FeatureCodes(feature, cuts, classes[..(cuts.Length + 1)], _columns, classes[(cuts.Length + 1)..]));
        return true;
    }

    private void AddFeature(FeatureCodes codes)
    {
        _features.Add(codes);
        _columns += codes.ColumnCount;
    }

    // Partition refinement: each node splits every class into the values that it sends left and those that it sends right.
    private byte[]? Classes(List<int> nodes, float[] values)
    {
        var (classes, count) = (new int[values.Length], 1);
        foreach (var node in nodes)
        {
            var renamed = new int[2 * count];
            var next = 0;
            for (var i = 0; i < values.Length; i++)
            {
                ref var name = ref renamed[2 * classes[i] + (_ensemble.GoesLeft(node, values[i]) ? 1 : 0)];
                if (name == 0) name = ++next;
                classes[i] = name - 1;
            }

            if (next > FeatureCodes.MaxCuts + 1) return null;
            count = next;
        }

        return [.. classes.Select(name => (byte)name)];
    }

    // The largest number of each run of categories that a set treats alike. A category is the whole part of its number, so
    // category k begins above the number just below k, and category 0 above -1.
    private IEnumerable<float> Boundaries(int node)
    {
        var set = _nodes.CategorySet[node];
        if (set < 0) yield break;
        var end = (_nodes.SetStart[set + 1] - _nodes.SetStart[set]) * 64;
        for (var category = 0; category <= end; category++)
        {
            if (_nodes.SetContains(set, category) != _nodes.SetContains(set, category - 1)) yield return category == 0 ? -1f : MathF.BitDecrement(category);
        }
    }

    private static float[] Distinct(List<float> cuts)
    {
        cuts.Sort();
        var kept = 0;
        for (var i = 0; i < cuts.Count; i++)
        {
            if (kept == 0 || cuts[i] != cuts[kept - 1]) cuts[kept++] = cuts[i];
        }

        return [.. cuts[..kept]];
    }
}
