using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Scoring;

/// <summary>Frozen bins of one model column, with the number of training rows in each: what drift is measured against.</summary>
/// <remarks>Bins stand in this order: values, by rising cut point or by category; missing; special codes in the column's order.</remarks>
public sealed class FeatureBins
{
    /// <summary>Cut points at most: the nine deciles.</summary>
    public const int MaxCuts = 9;

    private readonly float[] _cuts;
    private readonly long[] _expected;

    /// <summary>Freezes bins.</summary>
    /// <param name="column">The column.</param>
    /// <param name="cuts">Upper edges of all value bins but the last, inclusive; finite, strictly rising, at most <see cref="MaxCuts"/>; empty for categories.</param>
    /// <param name="expected">Training rows per bin, in the order of bins.</param>
    /// <exception cref="ArgumentException">The cuts are not of that kind, or the counts do not fit the bins.</exception>
    public FeatureBins(FeatureColumn column, IReadOnlyList<float> cuts, IReadOnlyList<long> expected)
    {
        if (cuts.Count > (column.IsCategory ? 0 : MaxCuts)) throw new ArgumentException($"The bins of {column.Name} have {cuts.Count} cut points.", nameof(cuts));
        if (cuts.Any(cut => !float.IsFinite(cut)) || cuts.Zip(cuts.Skip(1)).Any(pair => !(pair.First < pair.Second))) throw new ArgumentException($"The cut points of {column.Name} do not rise.", nameof(cuts));
        (Column, _cuts, _expected) = (column, [.. cuts], [.. expected]);
        if (_expected.Length != Count || _expected.Any(count => count < 0)) throw new ArgumentException($"{column.Name} has {Count} bins and one count for each.", nameof(expected));
    }

    /// <summary>The column.</summary>
    public FeatureColumn Column { get; }

    /// <summary>Upper edges of all value bins but the last, inclusive.</summary>
    public IReadOnlyList<float> Cuts => _cuts;

    /// <summary>Training rows per bin, shape [Count].</summary>
    public IReadOnlyList<long> Expected => _expected;

    /// <summary>Number of bins.</summary>
    public int Count => CountOf(Column, _cuts.Length);

    /// <summary>The bin of missing values; that of special code k is k bins further.</summary>
    public int MissingBin => Column.IsCategory ? Column.Categories.Count : _cuts.Length + 1;

    /// <summary>Number of bins of a column with so many cut points.</summary>
    public static int CountOf(FeatureColumn column, int cuts) => (column.IsCategory ? column.Categories.Count : cuts + 1) + 1 + column.SpecialCodes.Count;

    /// <summary>The bin that a cell of the feature vector falls into. A category or code that the column does not have counts as missing.</summary>
    /// <param name="cell">Value, category index, or a <see cref="CodedNaN"/>.</param>
    public int BinOf(float cell)
    {
        if (float.IsNaN(cell))
        {
            var code = CodedNaN.CodeOf(cell);
            return code <= Column.SpecialCodes.Count ? MissingBin + code : MissingBin;
        }

        if (Column.IsCategory) return cell >= 0 && cell < MissingBin ? (int)cell : MissingBin;
        var bin = 0;
        while (bin < _cuts.Length && cell > _cuts[bin]) bin++;
        return bin;
    }
}
