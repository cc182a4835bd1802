using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Gathers trees from elsewhere into the arrays of an ensemble, parents before children.</summary>
internal sealed class GatheredNodes
{
    /// <summary>Tests from a root to a leaf at most. Explanations walk trees by recursion, so a chain without end must not get in.</summary>
    public const int MaxDepth = 512;

    /// <summary>Categories of a feature at most.</summary>
    public const int MaxCategories = 1 << 20;

    private const int MaxSetWords = 1 << 24;
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
    public GatheredNodes(int featureCount) => _categories = new int[featureCount];

    /// <summary>Number of nodes so far.</summary>
    public int Count => _feature.Count;

    /// <summary>Number of features of a vector.</summary>
    public int FeatureCount => _categories.Length;

    /// <summary>Per feature the highest category that a tree lists, plus one; 0 where no tree tests its categories.</summary>
    public IReadOnlyList<int> Categories => _categories;

    /// <summary>Whether another set of categories finds room.</summary>
    public bool HasRoomForSets => _setBits.Count <= MaxSetWords;

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

    /// <summary>Appends a leaf.</summary>
    public void AddLeaf(double value, double cover) => Append(-1, 0f, 0, -1, value, cover);

    /// <summary>Appends a test of a number.</summary>
    /// <param name="feature">Feature.</param>
    /// <param name="cut">At most this goes left.</param>
    /// <param name="missingGoesLeft">Where a missing value goes; every code goes along, until a dictionary says what number it is.</param>
    /// <param name="cover">Training weight that passed.</param>
    public void AddTest(int feature, float cut, bool missingGoesLeft, double cover) => Append(feature, cut, missingGoesLeft ? uint.MaxValue : 0, -1, 0, cover);

    /// <summary>Appends a test of categories.</summary>
    /// <param name="feature">Feature.</param>
    /// <param name="left">Categories that go left, each from 0 to <see cref="MaxCategories"/> - 1; at least one.</param>
    /// <param name="missingGoesLeft">Where a missing value goes.</param>
    /// <param name="cover">Training weight that passed.</param>
    public void AddCategories(int feature, IReadOnlyList<int> left, bool missingGoesLeft, double cover)
    {
        var highest = left.Max();
        var words = new ulong[highest / 64 + 1];
        foreach (var category in left) words[category >> 6] |= 1UL << (category & 63);
        _setBits.AddRange(words);
        _setStart.Add(_setBits.Count);
        _categories[feature] = Math.Max(_categories[feature], highest + 1);
        Append(feature, 0f, missingGoesLeft ? uint.MaxValue : 0, _setStart.Count - 2, 0, cover);
    }

    /// <summary>Says whose child a node is.</summary>
    public void Attach(int parent, bool isLeft, int child) => (isLeft ? _left : _right)[parent] = child;

    /// <summary>Ends the tree whose nodes were appended last.</summary>
    /// <param name="hasCovers">Whether tests have their own training weight; otherwise they get what is below them.</param>
    public void EndTree(bool hasCovers = true)
    {
        FillInnerValues(_treeStart[^1], hasCovers);
        _treeStart.Add(_feature.Count);
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
    private void FillInnerValues(int first, bool hasCovers)
    {
        for (var node = _feature.Count - 1; node >= first; node--)
        {
            if (_feature[node] < 0) continue;
            var (left, right) = (_left[node], _right[node]);
            var total = _cover[left] + _cover[right];
            var share = total > 0 ? _cover[left] / total : 0.5;
            if (!hasCovers) _cover[node] = total;
            _value[node] = share * _value[left] + (1 - share) * _value[right];
        }
    }
}
