using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>An ensemble's tests on bytes: which column of codes each inner node reads, and which codes go left.</summary>
internal sealed class CodeBook
{
    /// <summary>Bytes of a set of codes: one bit per code.</summary>
    public const int SetBytes = 32;

    private readonly FeatureCodes[] _features;

    /// <summary>See <see cref="CodeBookBuilder.TryBuild"/>.</summary>
    public CodeBook(FeatureCodes[] features, int columns, int[] nodeColumn, byte[] nodeLimit, int[] nodeSet, byte[] sets) =>
        (_features, Columns, NodeColumn, NodeLimit, NodeSet, Sets) = (features, columns, nodeColumn, nodeLimit, nodeSet, sets);

    /// <summary>Number of columns of codes.</summary>
    public int Columns { get; }

    /// <summary>Column that an inner node reads.</summary>
    public int[] NodeColumn { get; }

    /// <summary>Codes up to this one go left, where the node has no set.</summary>
    public byte[] NodeLimit { get; }

    /// <summary>Number of the node's set of codes that go left; -1 for a limit.</summary>
    public int[] NodeSet { get; }

    /// <summary>All sets, <see cref="SetBytes"/> each; bit c of a set = code c goes left.</summary>
    public byte[] Sets { get; }

    /// <summary>Features that a test reads, rising.</summary>
    public IEnumerable<int> TestedFeatures => _features.Select(codes => codes.Feature);

    /// <summary>Whether a code goes left at a node.</summary>
    public bool GoesLeft(int node, byte code) => NodeSet[node] < 0
        ? code <= NodeLimit[node]
        : (Sets[NodeSet[node] * SetBytes + (code >> 3)] >> (code & 7) & 1) != 0;

    /// <summary>Codes one row.</summary>
    /// <param name="row">Shape [features].</param>
    /// <param name="codes">Shape [columns].</param>
    public void Encode(ReadOnlySpan<float> row, Span<byte> codes)
    {
        foreach (var feature in _features) feature.Encode(row[feature.Feature], codes.Slice(feature.FirstColumn, feature.ColumnCount));
    }

    /// <summary>Codes consecutive rows.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="first">First row to code.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="codes">Shape [columns x stride].</param>
    /// <param name="stride">Bytes from one column to the next, at least <paramref name="count"/>.</param>
    /// <param name="vectors">Whether to search with vectors where the machine has them.</param>
    public void Encode(FeatureMatrix rows, int first, int count, Span<byte> codes, int stride, bool vectors)
    {
        foreach (var feature in _features) feature.Encode(rows.Column(feature.Feature).Slice(first, count), codes, stride, vectors);
    }
}
