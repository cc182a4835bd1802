using System.Collections.Immutable;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Predictors;

/// <summary>How one column of a <see cref="LinearPredictor"/> makes its term: a slope on the standardised value for a number, a table
/// for a category; missing and each special code have terms of their own.</summary>
public sealed record LinearColumn
{
    /// <summary>Log-odds per standard deviation of the value; 0 for categories.</summary>
    public double Slope { get; init; }

    /// <summary>Mean of the regular training values after they were brought into [<see cref="Low"/>, <see cref="High"/>].</summary>
    public double Mean { get; init; }

    /// <summary>Their standard deviation, above 0.</summary>
    public double Deviation { get; init; } = 1.0;

    /// <summary>Least value; anything below counts as this.</summary>
    public float Low { get; init; }

    /// <summary>Greatest value; anything above counts as this. At least <see cref="Low"/>.</summary>
    public float High { get; init; }

    /// <summary>Terms of a missing value, then of each special code in its order; shape [1 + codes].</summary>
    public required ImmutableArray<double> CodeTerms { get; init; }

    /// <summary>Terms by category index; empty for numbers.</summary>
    public ImmutableArray<double> CategoryTerms { get; init; } = [];

    /// <summary>Term of a category index that is not in the table: the mean term of the training rows, so that a category that was
    /// never seen neither helps nor harms. 0 for numbers.</summary>
    public double UnknownTerm { get; init; }

    /// <summary>Whether the cells are category indices.</summary>
    public bool IsCategory => CategoryTerms.Length > 0;

    /// <summary>The term of a value; finite for every value.</summary>
    public double Term(float value)
    {
        if (float.IsNaN(value))
        {
            var code = CodedNaN.CodeOf(value);
            return CodeTerms[code < CodeTerms.Length ? code : 0];
        }

        if (!IsCategory) return Slope * ((Math.Clamp(value, Low, High) - Mean) / Deviation);
        return value >= 0f && value < CategoryTerms.Length ? CategoryTerms[(int)value] : UnknownTerm;
    }

    /// <summary>What is wrong with the column; null when every value has a finite term.</summary>
    internal string? Fault()
    {
        if (CodeTerms.IsDefaultOrEmpty || CodeTerms.Length > CodedNaN.MaxCode + 1) return "A column has a term for missing and for at most 31 special codes.";
        if (CategoryTerms.IsDefault) return "A column without categories has an empty table of them.";
        if (!(Deviation > 0.0) || !double.IsFinite(Deviation) || !double.IsFinite(Mean)) return "A column's mean and deviation are finite and the deviation is above 0.";
        if (!float.IsFinite(Low) || !float.IsFinite(High) || Low > High) return "A column's bounds are finite and in order.";
        var areBounded = BoundedNumber.IsBounded(UnknownTerm) && CodeTerms.All(BoundedNumber.IsBounded) && CategoryTerms.All(BoundedNumber.IsBounded)
            && BoundedNumber.IsBounded(Slope) && BoundedNumber.IsBounded((Low - Mean) / Deviation) && BoundedNumber.IsBounded((High - Mean) / Deviation);
        return areBounded ? null : "A term is not a finite number of usual size.";
    }
}
