namespace CreditWorkbench.Core.Exchange;

/// <summary>One tree as a LightGBM file holds it: lists over the inner nodes and lists over the leaves. A child below 0 is leaf
/// <c>~child</c>.</summary>
internal sealed class LightGbmTree
{
    private List<int> _left = [];
    private List<int> _right = [];
    private List<int> _feature = [];
    private List<double> _threshold = [];
    private List<int> _decision = [];
    private List<double> _leafValue = [];
    private List<double>? _leafCount;
    private List<double>? _innerCount;
    private List<int> _setStart = [];
    private List<uint> _setBits = [];
    private int _leaves;
    private int _sets;

    /// <summary>Number of inner nodes.</summary>
    public int Count => _left.Count;

    /// <summary>Whether its leaves are linear models of the features.</summary>
    public bool IsLinear { get; private set; }

    /// <summary>Reads the lines up to an empty one.</summary>
    /// <param name="lines">At the line that begins the tree.</param>
    /// <exception cref="InvalidDataException">The lists do not make a tree's nodes.</exception>
    public static LightGbmTree Read(ref LightGbmLines lines)
    {
        var tree = new LightGbmTree();
        while (lines.Next() && !lines.Line.IsEmpty) tree.Member(ref lines);
        if (tree.Fault() is { } fault) throw lines.Fault(fault);
        return tree;
    }

    /// <summary>Left child.</summary>
    public int Left(int node) => _left[node];

    /// <summary>Right child.</summary>
    public int Right(int node) => _right[node];

    /// <summary>Feature that an inner node tests.</summary>
    public int Feature(int node) => _feature[node];

    /// <summary>What an inner node compares with; for categories the number of its set.</summary>
    public double Threshold(int node) => _threshold[node];

    /// <summary>Bits: 1 tests categories, 2 the default is left, 4 and 8 what counts as missing.</summary>
    public int Decision(int node) => _decision.Count == 0 ? 0 : _decision[node];

    /// <summary>Number of leaves.</summary>
    public int Leaves => _leafValue.Count;

    /// <summary>Value of a leaf, shrinkage included.</summary>
    public double LeafValue(int leaf) => _leafValue[leaf];

    /// <summary>Training rows that reached a leaf; 1 where the file does not say.</summary>
    public double LeafCount(int leaf) => _leafCount is null ? 1.0 : _leafCount[leaf];

    /// <summary>Training rows that reached an inner node; 1 where the file does not say.</summary>
    public double InnerCount(int node) => _innerCount is null ? 1.0 : _innerCount[node];

    /// <summary>The categories of a set; null where it does not exist or reaches beyond so many.</summary>
    public List<int>? Categories(double set, int most)
    {
        if (!(set >= 0) || set >= _sets) return null;
        var (first, end) = (_setStart[(int)set], _setStart[(int)set + 1]);
        if ((long)(end - first) * 32 > most) return null;
        var categories = new List<int>();
        for (var category = 0; category < (end - first) * 32; category++)
        {
            if ((_setBits[first + (category >> 5)] >> (category & 31) & 1) != 0) categories.Add(category);
        }

        return categories;
    }

    private void Member(ref LightGbmLines lines)
    {
        switch (System.Text.Encoding.UTF8.GetString(lines.Key))
        {
            case "num_leaves": _leaves = lines.Integer(); break;
            case "num_cat": _sets = lines.Integer(); break;
            case "left_child": _left = lines.Integers(); break;
            case "right_child": _right = lines.Integers(); break;
            case "split_feature": _feature = lines.Integers(); break;
            case "threshold": _threshold = lines.Numbers(); break;
            case "decision_type": _decision = lines.Integers(); break;
            case "leaf_value": _leafValue = lines.Numbers(); break;
            case "leaf_count": _leafCount = lines.Numbers(); break;
            case "internal_count": _innerCount = lines.Numbers(); break;
            case "cat_boundaries": _setStart = lines.Integers(); break;
            case "cat_threshold": _setBits = lines.Words(); break;
            case "is_linear": IsLinear = lines.Integer() != 0; break;
        }
    }

    private string? Fault()
    {
        if (_leaves < 1) return "a tree has at least one leaf";
        var inner = _leaves - 1;
        foreach (var (name, length, expected) in new[] { ("leaf_value", _leafValue.Count, _leaves), ("leaf_count", _leafCount?.Count ?? _leaves, _leaves) })
        {
            if (length != expected) return $"{name} has {length} values for {expected} leaves";
        }

        // A tree of one leaf leaves the other lists away, or empty; older versions write one value that means nothing.
        if (inner == 0)
        {
            (_left, _right) = ([], []);
            return null;
        }

        foreach (var (name, length) in new[] { ("left_child", _left.Count), ("right_child", _right.Count), ("split_feature", _feature.Count), ("threshold", _threshold.Count), ("decision_type", _decision.Count == 0 ? inner : _decision.Count), ("internal_count", _innerCount?.Count ?? inner) })
        {
            if (length != inner) return $"{name} has {length} values for {inner} tests";
        }

        return SetFault();
    }

    private string? SetFault()
    {
        if (_sets == 0) return null;
        if (_sets < 0 || _setStart.Count != (long)_sets + 1) return $"cat_boundaries has {_setStart.Count} values for {_sets} sets";
        for (var set = 0; set < _sets; set++)
        {
            if (_setStart[set] < 0 || _setStart[set] > _setStart[set + 1]) return $"set {set} ends before it starts";
        }

        return _setStart[0] == 0 && _setStart[^1] == _setBits.Count ? null : $"the sets take {_setStart[^1]} words, cat_threshold has {_setBits.Count}";
    }
}
