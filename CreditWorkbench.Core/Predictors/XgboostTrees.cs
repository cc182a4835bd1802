namespace CreditWorkbench.Core.Predictors;

/// <summary>Gathers the trees of an XGBoost file into the arrays of an ensemble: parents before children, deleted nodes left out.</summary>
/// <remarks>XGBoost sends <c>x &lt; cut</c> left, in float32; ours sends <c>x &lt;= cut</c> left. With the next lower float as the cut both
/// say the same of every float: no float lies between. Nothing is lower than -Infinity, so no number goes left there. XGBoost lists the
/// categories that go right and sends every other one left, unknown ones included; ours lists those that go left. In both cases the
/// children are exchanged, and the missing direction with them.</remarks>
internal sealed class XgboostTrees
{
    private const int MostCategories = 1 << 20;
    private const int MostSetWords = 1 << 24;
    private readonly List<int> _treeStart = [0];
    private readonly List<int> _feature = [];
    private readonly List<float> _cut = [];
    private readonly List<int> _left = [];
    private readonly List<int> _right = [];
    private readonly List<uint> _codesLeft = [];
    private readonly List<int> _set = [];
    private readonly List<int> _setStart = [0];
    private readonly List<ulong> _setBits = [];
    private readonly List<double> _value = [];
    private readonly List<double> _cover = [];
    private readonly int[] _categories;

    /// <summary>Begins without trees.</summary>
    /// <param name="featureCount">Features of a vector.</param>
    public XgboostTrees(int featureCount) => _categories = new int[featureCount];

    /// <summary>Per feature the highest category that a tree lists, plus one; 0 where no tree tests its categories.</summary>
    public IReadOnlyList<int> Categories => _categories;

    /// <summary>The nodes of all trees so far.</summary>
    public TreeNodes Nodes() => new()
    {
        TreeStart = [.. _treeStart],
        Feature = [.. _feature],
        Cut = [.. _cut],
        Left = [.. _left],
        Right = [.. _right],
        CodesLeft = [.. _codesLeft],
        CategorySet = [.. _set],
        SetStart = [.. _setStart],
        SetBits = [.. _setBits],
        Value = [.. _value],
        Cover = [.. _cover],
    };

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">As read.</param>
    /// <param name="weight">What its leaves count: 1, or the weight that dropout left it.</param>
    /// <returns>What is wrong with the tree; null when it was added.</returns>
    public string? Add(XgboostTree tree, double weight)
    {
        var visited = new bool[tree.Count];
        var pending = new Stack<(int Node, int Parent, bool IsLeft)>([(0, -1, false)]);
        var reached = 0;
        while (pending.TryPop(out var next))
        {
            if (visited[next.Node]) return $"node {next.Node} has two parents";
            visited[next.Node] = true;
            reached++;
            var index = _feature.Count;
            if (next.Parent >= 0) (next.IsLeft ? _left : _right)[next.Parent] = index;
            if (AddNode(tree, next.Node, weight) is { } fault) return fault;
            if (_feature[index] < 0) continue;
            var isExchanged = IsExchanged(tree, next.Node);
            pending.Push((isExchanged ? tree.Left(next.Node) : tree.Right(next.Node), index, false));
            pending.Push((isExchanged ? tree.Right(next.Node) : tree.Left(next.Node), index, true));
        }

        if (reached + tree.Deleted != tree.Count) return $"{tree.Count - reached} nodes are not reached from the root, and {tree.Deleted} are stated as deleted";
        FillInnerValues(_treeStart[^1]);
        _treeStart.Add(_feature.Count);
        return null;
    }

    private static bool IsExchanged(XgboostTree tree, int node) => tree.TestsCategories(node) || float.IsNegativeInfinity(tree.Condition(node));

    private string? AddNode(XgboostTree tree, int node, double weight)
    {
        var (left, right, cover) = (tree.Left(node), tree.Right(node), tree.Cover(node));
        if (!(cover >= 0) || float.IsInfinity(cover)) return $"node {node} has the cover {cover}";
        if (left == -1 && right == -1)
        {
            if (!float.IsFinite(tree.Condition(node))) return $"leaf {node} has the value {tree.Condition(node)}";
            Append(-1, 0f, 0, -1, tree.Condition(node) * weight, cover);
            return null;
        }

        if (left < 0 || left >= tree.Count || right < 0 || right >= tree.Count) return $"node {node} has the children {left} and {right}, the tree {tree.Count} nodes";
        var feature = tree.Feature(node);
        if (feature < 0 || feature >= _categories.Length) return $"node {node} tests feature {feature}, the model has {_categories.Length}";
        var isExchanged = IsExchanged(tree, node);
        var codes = tree.MissingGoesLeft(node) != isExchanged ? uint.MaxValue : 0;
        if (tree.TestsCategories(node)) return AddCategories(tree, node, feature, codes, cover);
        if (float.IsNaN(tree.Condition(node))) return $"node {node} has no cut";
        Append(feature, isExchanged ? float.PositiveInfinity : MathF.BitDecrement(tree.Condition(node)), codes, -1, 0, cover);
        return null;
    }

    private string? AddCategories(XgboostTree tree, int node, int feature, uint codes, float cover)
    {
        if (tree.CategoriesRight(node) is not { Count: > 0 } listed) return $"node {node} tests categories and lists none";
        var (lowest, highest) = (listed.Min(), listed.Max());
        if (lowest < 0 || highest >= MostCategories) return $"node {node} lists category {(lowest < 0 ? lowest : highest)}; they run from 0 to {MostCategories - 1}";
        if (_setBits.Count > MostSetWords) return "the sets of categories take more room than this program gives them";
        var words = new ulong[highest / 64 + 1];
        foreach (var category in listed) words[category >> 6] |= 1UL << (category & 63);
        _setBits.AddRange(words);
        _setStart.Add(_setBits.Count);
        _categories[feature] = Math.Max(_categories[feature], highest + 1);
        Append(feature, 0f, codes, _setStart.Count - 2, 0, cover);
        return null;
    }

    private void Append(int feature, float cut, uint codes, int set, double value, double cover)
    {
        _feature.Add(feature);
        _cut.Add(cut);
        _left.Add(-1);
        _right.Add(-1);
        _codesLeft.Add(codes);
        _set.Add(set);
        _value.Add(value);
        _cover.Add(cover);
    }

    // Children come after their parents, so one sweep from the end is enough.
    private void FillInnerValues(int first)
    {
        for (var node = _feature.Count - 1; node >= first; node--)
        {
            if (_feature[node] < 0) continue;
            var (left, right) = (_left[node], _right[node]);
            var total = _cover[left] + _cover[right];
            var share = total > 0 ? _cover[left] / total : 0.5;
            _value[node] = share * _value[left] + (1 - share) * _value[right];
        }
    }
}
