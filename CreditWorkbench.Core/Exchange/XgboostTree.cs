namespace CreditWorkbench.Core.Exchange;

/// <summary>One tree as an XGBoost file holds it: parallel arrays by node, node 0 the root.</summary>
internal sealed class XgboostTree
{
    private const int MostNodes = 1 << 26;
    private List<int> _left = [];
    private List<int> _right = [];
    private List<int> _feature = [];
    private List<int> _defaultLeft = [];
    private List<int> _splitType = [];
    private List<float> _condition = [];
    private List<float> _cover = [];
    private List<int> _categories = [];
    private List<int> _categoryNodes = [];
    private List<int> _segments = [];
    private List<int> _sizes = [];
    private int? _declaredNodes;
    private int _deleted;
    private int _leafVector;

    /// <summary>Number of nodes, deleted ones included.</summary>
    public int Count => _left.Count;

    /// <summary>Numbers per leaf where they are more than one.</summary>
    public int LeafVector => _leafVector;

    /// <summary>Nodes that pruning left in the file without a parent.</summary>
    public int Deleted => _deleted;

    /// <summary>Reads the object of a tree.</summary>
    public static XgboostTree Read(ModelTokens json)
    {
        var tree = new XgboostTree();
        json.Object(name => tree.Member(json, name));
        if (tree.Fault() is { } fault) throw json.Fault(fault);
        return tree;
    }

    /// <summary>Left child; -1 at a leaf.</summary>
    public int Left(int node) => _left[node];

    /// <summary>Right child; -1 at a leaf.</summary>
    public int Right(int node) => _right[node];

    /// <summary>Feature that an inner node tests.</summary>
    public int Feature(int node) => _feature[node];

    /// <summary>Whether a missing value goes left.</summary>
    public bool MissingGoesLeft(int node) => _defaultLeft[node] != 0;

    /// <summary>Cut of an inner node, value of a leaf.</summary>
    public float Condition(int node) => _condition[node];

    /// <summary>Sum of hessians that reached a node in training.</summary>
    public float Cover(int node) => _cover[node];

    /// <summary>Whether an inner node tests categories.</summary>
    public bool TestsCategories(int node) => _splitType.Count > 0 && _splitType[node] == 1;

    /// <summary>The categories that a node sends right; null where the file lists none for it.</summary>
    public IReadOnlyList<int>? CategoriesRight(int node)
    {
        var entry = _categoryNodes.BinarySearch(node);
        return entry < 0 ? null : _categories.GetRange(_segments[entry], _sizes[entry]);
    }

    private void Member(ModelTokens json, string name)
    {
        switch (name)
        {
            case "left_children": _left = json.List(json.Integer, MostNodes); break;
            case "right_children": _right = json.List(json.Integer, MostNodes); break;
            case "split_indices": _feature = json.List(json.Integer, MostNodes); break;
            case "default_left": _defaultLeft = json.List(json.Integer, MostNodes); break;
            case "split_type": _splitType = json.List(json.Integer, MostNodes); break;
            case "split_conditions": _condition = json.List(json.Single, MostNodes); break;
            case "sum_hessian": _cover = json.List(json.Single, MostNodes); break;
            case "categories": _categories = json.List(json.Integer, MostNodes); break;
            case "categories_nodes": _categoryNodes = json.List(json.Integer, MostNodes); break;
            case "categories_segments": _segments = json.List(json.Integer, MostNodes); break;
            case "categories_sizes": _sizes = json.List(json.Integer, MostNodes); break;
            case "tree_param": json.Object(parameter => Parameter(json, parameter)); break;
            default: json.Skip(); break;
        }
    }

    private void Parameter(ModelTokens json, string name)
    {
        switch (name)
        {
            case "num_nodes": _declaredNodes = json.Integer(); break;
            case "num_deleted": _deleted = json.Integer(); break;
            case "size_leaf_vector": _leafVector = json.Integer(); break;
            default: json.Skip(); break;
        }
    }

    private string? Fault()
    {
        if (_left.Count == 0) return "a tree has no node: left_children is absent or empty";
        if (_declaredNodes is { } declared && declared != Count) return $"the tree states {declared} nodes and lists {Count}";
        foreach (var (name, length) in new[] { ("right_children", _right.Count), ("split_indices", _feature.Count), ("default_left", _defaultLeft.Count), ("split_conditions", _condition.Count), ("sum_hessian", _cover.Count) })
        {
            if (length != Count) return $"{name} has {length} elements, left_children {Count}";
        }

        if (_splitType.Count > 0 && _splitType.Count != Count) return $"split_type has {_splitType.Count} elements, left_children {Count}";
        if (_segments.Count != _categoryNodes.Count || _sizes.Count != _categoryNodes.Count) return "categories_nodes, categories_segments and categories_sizes differ in length";
        for (var entry = 0; entry < _categoryNodes.Count; entry++)
        {
            if (entry > 0 && _categoryNodes[entry] <= _categoryNodes[entry - 1]) return "categories_nodes do not rise";
            if (_segments[entry] < 0 || _sizes[entry] < 0 || (long)_segments[entry] + _sizes[entry] > _categories.Count) return $"the categories of node {_categoryNodes[entry]} reach outside the list";
        }

        return null;
    }
}
