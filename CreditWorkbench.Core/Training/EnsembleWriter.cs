using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>Writes grown trees as the parallel arrays of an ensemble, each tree in preorder.</summary>
internal sealed class EnsembleWriter(BinMapper mapper)
{
    private readonly List<int> _treeStart = [0];
    private readonly List<int> _feature = [], _left = [], _right = [], _set = [], _setStart = [0];
    private readonly List<float> _cut = [];
    private readonly List<uint> _codes = [];
    private readonly List<ulong> _setBits = [];
    private readonly List<double> _value = [], _cover = [];

    /// <summary>The arrays of trees, in their order.</summary>
    public static TreeNodes Write(BinMapper mapper, IEnumerable<GrownNode> trees)
    {
        var writer = new EnsembleWriter(mapper);
        foreach (var tree in trees)
        {
            Summarise(tree);
            writer.Add(tree);
            writer._treeStart.Add(writer._feature.Count);
        }

        return writer.ToNodes();
    }

    /// <summary>Cover and value of inner nodes: the leaves' sum and cover-weighted mean.</summary>
    private static void Summarise(GrownNode node)
    {
        if (node.Column < 0) return;
        Summarise(node.Left!);
        Summarise(node.Right!);
        node.Cover = node.Left!.Cover + node.Right!.Cover;
        node.Value = (node.Left.Cover * node.Left.Value + node.Right.Cover * node.Right.Value) / node.Cover;
    }

    private int Add(GrownNode node)
    {
        var index = _feature.Count;
        var inner = node.Column >= 0;
        var bins = inner ? mapper.Columns[node.Column] : null;
        _feature.Add(node.Column);
        _cut.Add(inner && !bins!.IsCategory ? node.Cut : 0);
        _codes.Add(inner ? CodesLeft(bins!, node.LeftBins) : 0);
        _set.Add(inner && bins!.IsCategory ? AddSet(bins, node.LeftBins) : -1);
        _value.Add(node.Value);
        _cover.Add(node.Cover);
        _left.Add(-1);
        _right.Add(-1);
        if (!inner) return index;
        _left[index] = Add(node.Left!);
        _right[index] = Add(node.Right!);
        return index;
    }

    /// <summary>Direction bits; an index that the dictionary does not list goes with missing, as in the bins.</summary>
    private static uint CodesLeft(ColumnBins bins, BinSet leftBins)
    {
        var codes = 0U;
        for (var code = 0; code <= CodedNaN.MaxCode; code++)
        {
            if (leftBins.Contains(bins.CodeBin(code))) codes |= 1U << code;
        }

        return codes;
    }

    private int AddSet(ColumnBins bins, BinSet leftBins)
    {
        var start = _setBits.Count;
        for (var category = 0; category < bins.CategoryCount; category++)
        {
            if ((category & 63) == 0) _setBits.Add(0);
            if (leftBins.Contains(bins.BinOfCategory(category))) _setBits[start + (category >> 6)] |= 1UL << (category & 63);
        }

        _setStart.Add(_setBits.Count);
        return _setStart.Count - 2;
    }

    private TreeNodes ToNodes() => new()
    {
        TreeStart = [.. _treeStart],
        Feature = [.. _feature],
        Cut = [.. _cut],
        Left = [.. _left],
        Right = [.. _right],
        CodesLeft = [.. _codes],
        CategorySet = [.. _set],
        SetStart = [.. _setStart],
        SetBits = [.. _setBits],
        Value = [.. _value],
        Cover = [.. _cover],
    };
}
