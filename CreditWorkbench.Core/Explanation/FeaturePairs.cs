namespace CreditWorkbench.Core.Explanation;

/// <summary>Numbers for the pairs of features that meet on some path, in the order in which they are first met.</summary>
internal sealed class FeaturePairs
{
    private readonly Dictionary<(int, int), int> _number = [];
    private readonly List<(int First, int Second)> _pairs = [];

    /// <summary>Number of pairs.</summary>
    public int Count => _pairs.Count;

    /// <summary>All pairs by number, the smaller feature first.</summary>
    public (int First, int Second)[] ToArray() => [.. _pairs];

    /// <summary>Number of a pair; new ones are numbered on.</summary>
    public int NumberOf(int a, int b)
    {
        var pair = (Math.Min(a, b), Math.Max(a, b));
        if (_number.TryGetValue(pair, out var number)) return number;
        _number.Add(pair, _pairs.Count);
        _pairs.Add(pair);
        return _pairs.Count - 1;
    }
}
