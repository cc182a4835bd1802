using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Shapes that risk may take from bin to bin.</summary>
public enum BinTrend
{
    /// <summary>The simplest one that fits.</summary>
    Automatic,
    /// <summary>Risk never falls as the value rises.</summary>
    Ascending,
    /// <summary>Risk never rises as the value rises.</summary>
    Descending,
    /// <summary>Risk rises, then falls.</summary>
    Peak,
    /// <summary>Risk falls, then rises.</summary>
    Valley,
    /// <summary>Any.</summary>
    Free,
}

/// <summary>How the bins of a column are set.</summary>
/// <param name="Trend">Shape that the search was bound to.</param>
/// <param name="Edges">Upper edges of all bins but the last, rising; null where the search sets them, or for categories.</param>
/// <param name="Groups">Groups of categories; null where the search sets them, or for numbers.</param>
public sealed record BinningState(BinTrend Trend, IReadOnlyList<float>? Edges, IReadOnlyList<IReadOnlyList<string>>? Groups)
{
    /// <summary>Everything left to the search.</summary>
    public static BinningState Searched { get; } = new(BinTrend.Automatic, null, null);

    /// <summary>Whether a person set the bins.</summary>
    public bool IsEdited => Edges is not null || Groups is not null;
}

/// <summary>Kinds of bins.</summary>
public enum BinKind
{
    /// <summary>Values between edges, or categories.</summary>
    Regular,
    /// <summary>No value.</summary>
    Missing,
    /// <summary>A special code.</summary>
    Special,
}

/// <summary>One bin in figures.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="From">Exclusive lower edge; null for the lowest bin and for categories.</param>
/// <param name="To">Inclusive upper edge; null for the highest bin and for categories.</param>
/// <param name="Categories">Categories in it; a special code alone; empty for numbers.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Bad">Bad rows.</param>
/// <param name="Rate">Bad share; NaN without rows.</param>
/// <param name="Low">Lower limit of its 95 % interval (Wilson).</param>
/// <param name="High">Upper limit.</param>
/// <param name="Woe">Weight of evidence, ln(share of goods / share of bads): positive is good.</param>
/// <param name="Information">What it adds to the information value.</param>
/// <param name="LaterRows">Rows of the out-of-time part; 0 without one.</param>
/// <param name="LaterBad">Bad rows of it.</param>
public sealed record BinFigures(
    BinKind Kind, float? From, float? To, IReadOnlyList<string> Categories, int Rows, int Bad, double Rate, double Low, double High, double Woe, double Information, int LaterRows, int LaterBad);

/// <summary>A column with its bins as they stand.</summary>
/// <param name="DatasetId">Version of the data set.</param>
/// <param name="Column">Model column.</param>
/// <param name="IsCategory">Whether bins are groups of categories.</param>
/// <param name="DeclaredDirection">Sign of the dictionary's direction, which wins over any trend; 0 for none.</param>
/// <param name="State">How the bins are set.</param>
/// <param name="Found">Shape of the bins that were found.</param>
/// <param name="Bins">Regular bins in order, missing, then codes with rows.</param>
/// <param name="InformationValue">Over all bins.</param>
/// <param name="IsMonotone">Whether the bad share never turns over the regular bins.</param>
/// <param name="Stability">Index of the out-of-time part against the rest; null without a time column.</param>
/// <param name="From">First day of the out-of-time part; null without.</param>
/// <param name="Ladder">Edges that a drag can take, rising.</param>
/// <param name="LadderShares">Share of regular rows at or below each of them, in (0, 1).</param>
/// <param name="Journal">Edits, oldest first.</param>
public sealed record BinningSheet(
    Guid DatasetId, string Column, bool IsCategory, int DeclaredDirection, BinningState State, BinTrend Found, IReadOnlyList<BinFigures> Bins, double InformationValue, bool IsMonotone,
    PopulationStability? Stability, DateOnly? From, IReadOnlyList<float> Ladder, IReadOnlyList<double> LadderShares, IReadOnlyList<BinningEntry> Journal)
{
    /// <summary>Upper edges of the regular bins but the last.</summary>
    public IReadOnlyList<float> Edges => [.. Bins.Where(bin => bin is { Kind: BinKind.Regular, To: not null }).Select(bin => bin.To!.Value)];

    /// <summary>Categories per regular bin.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Groups => [.. Bins.Where(bin => bin.Kind == BinKind.Regular && bin.Categories.Count > 0).Select(bin => bin.Categories)];
}

/// <summary>One column on the list of the editor.</summary>
/// <param name="Name">Model column.</param>
/// <param name="IsCategory">Whether it holds categories.</param>
/// <param name="InformationValue">With the bins that are searched.</param>
/// <param name="IsEdited">Whether a person set its bins.</param>
public sealed record BinningColumn(string Name, bool IsCategory, double InformationValue, bool IsEdited);
