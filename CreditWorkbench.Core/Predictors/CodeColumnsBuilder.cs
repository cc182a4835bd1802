namespace CreditWorkbench.Core.Predictors;

/// <summary>Collects the byte columns that an ensemble's tests need and says which column and bound each test has.</summary>
internal sealed class CodeColumnsBuilder
{
    private readonly TreeNodes _nodes;
    private readonly float[][] _cuts;
    private readonly Dictionary<(int Feature, int FirstCut, uint CodesLeft), int> _cutColumns = [];
    private readonly List<(int Feature, CodeColumns.SetColumn Column)> _setColumns = [];
    private int _count;

    /// <summary>Collects the cuts of every feature.</summary>
    public CodeColumnsBuilder(TreeNodes nodes, int featureCount)
    {
        _nodes = nodes;
        var perFeature = new HashSet<float>?[featureCount];
        for (var node = 0; node < nodes.Count; node++)
        {
            if (nodes.Feature[node] >= 0 && nodes.CategorySet[node] < 0) (perFeature[nodes.Feature[node]] ??= []).Add(nodes.Cut[node]);
        }

        _cuts = Array.ConvertAll(perFeature, cuts => cuts is null ? [] : cuts.Order().ToArray());
    }

    /// <summary>Column and bound of a node's test: left is <c>code &lt;= bound</c>.</summary>
    public (int Column, sbyte Bound) TestOf(int node)
    {
        var feature = _nodes.Feature[node];
        if (_nodes.CategorySet[node] >= 0) return (AddSet(feature, node), CodeColumns.Least);
        var rank = Array.BinarySearch(_cuts[feature], _nodes.Cut[node]);
        var firstCut = rank - rank % CodeColumns.CutsPerColumn;
        var key = (feature, firstCut, _nodes.CodesLeft[node]);
        if (!_cutColumns.TryGetValue(key, out var column)) _cutColumns[key] = column = _count++;
        return (column, (sbyte)(rank - firstCut + CodeColumns.Least));
    }

    /// <summary>The columns of all tests asked for.</summary>
    public CodeColumns Build()
    {
        var sets = _setColumns.ToLookup(set => set.Feature, set => set.Column);
        var cuts = _cutColumns.ToLookup(column => column.Key.Feature);
        return new CodeColumns(
            from feature in Enumerable.Range(0, _cuts.Length)
            where cuts.Contains(feature) || sets.Contains(feature)
            select new CodeColumns.Feature(feature, cuts.Contains(feature) ? new CutCoder(_cuts[feature]) : null, GroupsOf(cuts[feature]), [.. sets[feature]]),
            _count);
    }

    private static CodeColumns.CutGroup[] GroupsOf(IEnumerable<KeyValuePair<(int Feature, int FirstCut, uint CodesLeft), int>> columns) =>
    [
        .. columns.GroupBy(column => column.Key.FirstCut)
            .Select(group => new CodeColumns.CutGroup(group.Key, [.. group.Select(column => new CodeColumns.CutColumn(column.Value, column.Key.CodesLeft))])),
    ];

    private int AddSet(int feature, int node)
    {
        var (set, codes) = (_nodes.CategorySet[node], new List<sbyte>());
        var covered = 64 * (_nodes.SetStart[set + 1] - _nodes.SetStart[set]);
        for (var category = 0; category < covered; category++) codes.Add(_nodes.SetContains(set, category) ? CodeColumns.Least : CodeColumns.Greatest);
        _setColumns.Add((feature, new CodeColumns.SetColumn(_count, _nodes.CodesLeft[node], [.. codes])));
        return _count++;
    }
}
