using System.Globalization;
using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Exchange;

/// <summary>The numbers that stand for special codes where a vector holds plain numbers only.</summary>
/// <remarks>A code that is written as a number is that number, as it stands in the applicant's file. Any other code of a number is the
/// lowest float that is still free, from -3.4028235e38 up. The k-th code of a category is -k: no index is below 0. A missing value is a
/// NaN.</remarks>
public static class CodeNumbers
{
    /// <summary>The number of each code of a column, in their order; all differ.</summary>
    public static float[] Of(FeatureColumn column)
    {
        if (column.IsCategory) return [.. Enumerable.Range(1, column.SpecialCodes.Count).Select(code => (float)-code)];
        var numbers = new float[column.SpecialCodes.Count];
        var taken = new HashSet<float>();
        var free = -float.MaxValue;
        for (var code = 0; code < numbers.Length; code++)
        {
            var isNumber = float.TryParse(column.SpecialCodes[code], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[code]) && float.IsFinite(numbers[code]);
            if (isNumber && taken.Add(numbers[code])) continue;
            while (!taken.Add(free)) free = MathF.BitIncrement(free);
            numbers[code] = free;
        }

        return numbers;
    }

    /// <summary>A cell of a vector as a plain number: NaN when it is missing, the code's number when it is a code.</summary>
    /// <param name="cell">A cell of the model's vector.</param>
    /// <param name="numbers">The column's numbers.</param>
    public static float Plain(float cell, float[] numbers)
    {
        if (!float.IsNaN(cell)) return cell;
        var code = CodedNaN.CodeOf(cell);
        return code > 0 && code <= numbers.Length ? numbers[code - 1] : float.NaN;
    }
}
