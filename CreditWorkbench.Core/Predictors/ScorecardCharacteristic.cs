using System.Collections.Immutable;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Predictors;

/// <summary>One column of a points scorecard: its bins, their evidence and their points.</summary>
/// <remarks>Bins stand in this order: regular bins, the bin of missing values, one bin per special code, and for categories the bin of
/// categories that were never seen, whose weight of evidence and points are 0.</remarks>
public sealed record ScorecardCharacteristic
{
    /// <summary>Upper edges of all regular bins but the last, strictly rising, finite; a value at an edge belongs to the lower bin.
    /// Empty for categories.</summary>
    public ImmutableArray<float> Edges { get; init; } = [];

    /// <summary>Bin of each category index: a regular bin, or the last bin for a category without training rows. Empty for numbers.</summary>
    public ImmutableArray<int> CategoryBins { get; init; } = [];

    /// <summary>Number of regular bins.</summary>
    public required int RegularBins { get; init; }

    /// <summary>Number of special codes.</summary>
    public int SpecialCodes { get; init; }

    /// <summary>Shape that the binning was bound to.</summary>
    public RiskTrend Trend { get; init; }

    /// <summary>Whether an analyst set the bins.</summary>
    public bool IsEdited { get; init; }

    /// <summary>Coefficient of the weight of evidence in the log-odds of bad; at most 0, and 0 where the column was left out.</summary>
    public double Coefficient { get; init; }

    /// <summary>Information value over all bins.</summary>
    public double InformationValue { get; init; }

    /// <summary>All bins, in the order above.</summary>
    public required ImmutableArray<ScorecardBin> Bins { get; init; }

    /// <summary>Whether the cells are category indices.</summary>
    public bool IsCategory => CategoryBins.Length > 0;

    /// <summary>Index of the bin of missing values.</summary>
    public int MissingBin => RegularBins;

    /// <summary>Index of the bin that a value falls into.</summary>
    public int BinOf(float value)
    {
        if (float.IsNaN(value))
        {
            var code = CodedNaN.CodeOf(value);
            return RegularBins + (code <= SpecialCodes ? code : 0);
        }

        if (IsCategory) return value >= 0f && value < CategoryBins.Length ? CategoryBins[(int)value] : Bins.Length - 1;
        var (low, high) = (0, Edges.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Edges[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>What is wrong with the characteristic; null when every value has a bin.</summary>
    internal string? Fault()
    {
        if (Edges.IsDefault || CategoryBins.IsDefault || Bins.IsDefault) return "A part is absent.";
        if (SpecialCodes is < 0 or > CodedNaN.MaxCode) return "It has at most 31 special codes.";
        if (RegularBins < 1 || Bins.Length != (long)RegularBins + 1 + SpecialCodes + (IsCategory ? 1 : 0)) return "It has another number of bins than it says.";
        if (Edges.Length != (IsCategory ? 0 : RegularBins - 1)) return "It has another number of edges than bins need.";
        for (var i = 0; i < Edges.Length; i++)
        {
            if (!float.IsFinite(Edges[i]) || (i > 0 && Edges[i] <= Edges[i - 1])) return "Edges are finite and rise.";
        }

        if (CategoryBins.Any(bin => bin < 0 || (bin >= RegularBins && bin != Bins.Length - 1))) return "A category lies in a bin that does not exist.";
        if (!Enum.IsDefined(Trend) || !double.IsFinite(Coefficient) || !double.IsFinite(InformationValue)) return "Trend, coefficient or information value is unknown.";
        return Bins.All(bin => bin.IsSound) ? null : "A bin has a number that is not finite, or too many points.";
    }
}
