using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Predictors;

/// <summary>How one column enters a <see cref="NeuralNetwork"/>: a number as one standardised input, a category as one input per
/// category; then one indicator for missing and one per special code.</summary>
/// <param name="Mean">Mean of the regular training values after they were brought into the bounds; 0 for categories.</param>
/// <param name="Deviation">Their standard deviation, above 0; 1 for categories.</param>
/// <param name="Low">Least value; anything below counts as this.</param>
/// <param name="High">Greatest value; anything above counts as this.</param>
/// <param name="Categories">Number of categories; 0 for numbers.</param>
/// <param name="SpecialCodes">Number of special codes.</param>
public sealed record NetworkColumn(double Mean, double Deviation, float Low, float High, int Categories, int SpecialCodes)
{
    /// <summary>Most categories of a column.</summary>
    public const int MaxCategories = 1_000_000;

    /// <summary>Number of inputs of the network that the column takes.</summary>
    public int Inputs => (Categories > 0 ? Categories : 1) + 1 + SpecialCodes;

    /// <summary>Position, among the column's inputs, of the one that is not 0, and its value. A category that was never seen has
    /// none: its value is 0.</summary>
    /// <remarks>A number, a category, missing and a code exclude each other, so a column feeds one input at a time.</remarks>
    public (int Input, double Value) InputOf(float value)
    {
        var regular = Categories > 0 ? Categories : 1;
        if (float.IsNaN(value))
        {
            var code = CodedNaN.CodeOf(value);
            return (regular + (code <= SpecialCodes ? code : 0), 1.0);
        }

        if (Categories == 0) return (0, (Math.Clamp(value, Low, High) - Mean) / Deviation);
        return value >= 0f && value < Categories ? ((int)value, 1.0) : (0, 0.0);
    }

    /// <summary>What is wrong with the column; null when every value has a finite input.</summary>
    internal string? Fault()
    {
        if (Categories is < 0 or > MaxCategories || SpecialCodes is < 0 or > CodedNaN.MaxCode) return "It has too many categories or codes.";
        if (!(Deviation > 0.0) || !double.IsFinite(Deviation) || !double.IsFinite(Mean)) return "Its mean and deviation are finite and the deviation is above 0.";
        if (!float.IsFinite(Low) || !float.IsFinite(High) || Low > High) return "Its bounds are finite and in order.";
        return BoundedNumber.IsBounded((Low - Mean) / Deviation) && BoundedNumber.IsBounded((High - Mean) / Deviation) ? null : "A standardised value is not finite.";
    }
}
