using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Puts the trees of a TreeEnsemble node together from its lists.</summary>
/// <remarks>A node may have several parents, as in files where a set of categories is a row of tests on equality that all lead to one
/// child; such a row is read as one test. A walk that comes back to where it was is refused.</remarks>
internal sealed class OnnxTreeReader
{
    private readonly OnnxNodeLists _lists;
    private readonly Dictionary<(long Tree, long Node), int> _places;
    private readonly double[] _leafValue;
    private readonly HashSet<int> _whole = [];
    private readonly bool _hasHits;

    private OnnxTreeReader(OnnxNodeLists lists)
    {
        (_lists, _hasHits, _leafValue) = (lists, lists.HasHits, new double[lists.Count]);
        _places = new Dictionary<(long, long), int>(lists.Count);
    }

    /// <summary>Reads the trees.</summary>
    /// <param name="lists">Their lists, sound by <see cref="OnnxNodeLists.Fault"/>.</param>
    /// <param name="featureCount">Columns of the matrix that the node takes.</param>
    /// <param name="weightOf">What a weight of a class or target counts for the one number of a leaf; null where it is not allowed.</param>
    /// <param name="trees">The trees.</param>
    /// <returns>What is wrong with them; null when nothing is.</returns>
    public static string? Read(OnnxNodeLists lists, int featureCount, Func<long, double?> weightOf, out OnnxTrees? trees)
    {
        var reader = new OnnxTreeReader(lists);
        trees = null;
        if ((reader.PlaceFault() ?? reader.NodeFault(featureCount) ?? reader.LeafFault(weightOf)) is { } fault) return fault;
        reader.FindWholeFeatures();
        var read = new List<IReadOnlyList<SourceNode>>();
        foreach (var nodes in reader.NodesByTree())
        {
            if (reader.Tree(nodes, out var tree) is { } wrong) return wrong;
            read.Add(tree);
        }

        trees = new OnnxTrees(read, reader._hasHits, reader._whole);
        return null;
    }

    private string? PlaceFault()
    {
        for (var i = 0; i < _lists.Count; i++)
        {
            if (!_places.TryAdd((_lists.TreeIds[i], _lists.NodeIds[i]), i)) return $"node {_lists.NodeIds[i]} of tree {_lists.TreeIds[i]} stands twice";
        }

        return null;
    }

    private string? NodeFault(int featureCount)
    {
        for (var i = 0; i < _lists.Count; i++)
        {
            var where = $"node {_lists.NodeIds[i]} of tree {_lists.TreeIds[i]}";
            if (_lists.Branches[i] == OnnxBranch.Leaf) continue;
            if (_lists.Branches[i] == OnnxBranch.Unknown) return $"{where} has an unknown mode";
            if (_lists.Features[i] < 0 || _lists.Features[i] >= featureCount) return $"{where} tests feature {_lists.Features[i]}, the model has {featureCount}";
            if (double.IsNaN(_lists.Values[i])) return $"{where} compares with no number";
            if (!_places.ContainsKey((_lists.TreeIds[i], _lists.True[i])) || !_places.ContainsKey((_lists.TreeIds[i], _lists.False[i]))) return $"{where} has the children {_lists.True[i]} and {_lists.False[i]}, of which one does not exist";
        }

        return null;
    }

    private string? LeafFault(Func<long, double?> weightOf)
    {
        for (var i = 0; i < _lists.Weights.Count; i++)
        {
            if (!_places.TryGetValue((_lists.LeafTrees[i], _lists.LeafNodes[i]), out var place) || _lists.Branches[place] != OnnxBranch.Leaf) return $"a weight belongs to node {_lists.LeafNodes[i]} of tree {_lists.LeafTrees[i]}, which is no leaf";
            if (weightOf(_lists.LeafIds[i]) is not { } factor) return $"a weight belongs to output {_lists.LeafIds[i]}, which the model does not have";
            _leafValue[place] += factor * _lists.Weights[i];
        }

        return null;
    }

    // A feature that other tests ask for its size is a number; there a test on equality keeps its own meaning for fractions.
    private void FindWholeFeatures()
    {
        var numbers = new HashSet<int>();
        for (var i = 0; i < _lists.Count; i++)
        {
            if (_lists.Branches[i] == OnnxBranch.Leaf) continue;
            var isWhole = _lists.Branches[i] is OnnxBranch.Equal or OnnxBranch.NotEqual && _lists.Values[i] is >= 0 and < GatheredNodes.MaxCategories && _lists.Values[i] == Math.Floor(_lists.Values[i]);
            (isWhole ? _whole : numbers).Add((int)_lists.Features[i]);
        }

        _whole.ExceptWith(numbers);
    }

    private SortedDictionary<long, List<int>>.ValueCollection NodesByTree()
    {
        var trees = new SortedDictionary<long, List<int>>();
        for (var i = 0; i < _lists.Count; i++)
        {
            if (!trees.TryGetValue(_lists.TreeIds[i], out var nodes)) trees[_lists.TreeIds[i]] = nodes = [];
            nodes.Add(i);
        }

        return trees.Values;
    }

    private string? Tree(List<int> nodes, out IReadOnlyList<SourceNode> tree)
    {
        tree = [];
        if (RootOf(nodes, out var root) is { } fault) return fault;
        var (made, numberOf, state) = (new List<SourceNode>(), new Dictionary<int, int>(), new Dictionary<int, bool>());
        // Depth first; a node that is met while it is still open lies above itself.
        var pending = new Stack<(int Place, bool IsDone)>([(root, false)]);
        while (pending.TryPop(out var next))
        {
            if (next.IsDone)
            {
                state[next.Place] = true;
                continue;
            }

            ref var isDone = ref CollectionsMarshal.GetValueRefOrAddDefault(state, next.Place, out var isMet);
            if (isMet)
            {
                if (!isDone) return $"node {_lists.NodeIds[next.Place]} of tree {_lists.TreeIds[next.Place]} lies below itself";
                continue;
            }

            pending.Push((next.Place, true));
            numberOf[next.Place] = made.Count;
            made.Add(default);
            if (_lists.Branches[next.Place] == OnnxBranch.Leaf) continue;
            var (_, left, right) = TestOf(next.Place);
            pending.Push((right, false));
            pending.Push((left, false));
        }

        foreach (var (place, number) in numberOf) made[number] = NodeOf(place, numberOf);
        tree = made;
        return null;
    }

    private SourceNode NodeOf(int place, Dictionary<int, int> numberOf)
    {
        var cover = _hasHits ? _lists.Hits[place] : 1.0;
        if (_lists.Branches[place] == OnnxBranch.Leaf) return SourceNode.Leaf(_leafValue[place], cover);
        var (test, left, right) = TestOf(place);
        return new SourceNode(test, numberOf[left], numberOf[right], 0.0, cover);
    }

    // The root is nobody's child.
    private string? RootOf(List<int> nodes, out int root)
    {
        var children = new HashSet<int>();
        foreach (var place in nodes)
        {
            if (_lists.Branches[place] == OnnxBranch.Leaf) continue;
            children.Add(Child(place, _lists.True[place]));
            children.Add(Child(place, _lists.False[place]));
        }

        var roots = nodes.FindAll(place => !children.Contains(place));
        root = roots.Count == 1 ? roots[0] : -1;
        return roots.Count == 1 ? null : $"tree {_lists.TreeIds[nodes[0]]} has {roots.Count} roots";
    }

    private (SourceTest Test, int Left, int Right) TestOf(int place)
    {
        var feature = (int)_lists.Features[place];
        var (branch, value, onTrue, onFalse) = (_lists.Branches[place], _lists.Values[place], Child(place, _lists.True[place]), Child(place, _lists.False[place]));
        if (!_whole.Contains(feature)) return (branch.TestOf(feature, value, MissingGoesTrue(place)), onTrue, onFalse);
        if (branch == OnnxBranch.NotEqual) return (SourceTest.OfCategories(feature, [(int)value], false), onFalse, onTrue);
        return Listed(place, feature, onTrue);
    }

    // A row of tests on equality with one child for true is a set of categories. A missing value takes the first way that is open to it.
    private (SourceTest Test, int Left, int Right) Listed(int place, int feature, int onTrue)
    {
        var (listed, missingGoesLeft, met) = (new List<int>(), false, new HashSet<int>());
        while (_lists.Branches[place] == OnnxBranch.Equal && _lists.Features[place] == feature && Child(place, _lists.True[place]) == onTrue && met.Add(place))
        {
            listed.Add((int)_lists.Values[place]);
            missingGoesLeft |= MissingGoesTrue(place);
            place = Child(place, _lists.False[place]);
        }

        return (SourceTest.OfCategories(feature, listed, missingGoesLeft), onTrue, place);
    }

    private bool MissingGoesTrue(int place) => _lists.MissingGoesTrue.Count > 0 && _lists.MissingGoesTrue[place] != 0;

    private int Child(int place, long node) => _places[(_lists.TreeIds[place], node)];
}
