using System.Buffers.Text;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Writes cells as the feature file has them.</summary>
internal static class FeatureCell
{
    /// <summary>Longest cell that is no text, in bytes.</summary>
    public const int LongestNumber = 40;

    /// <summary>Writes a cell as text.</summary>
    public static void Write(TextWriter writer, StagingColumn column, TextPool? pool, double value)
    {
        Span<byte> bytes = stackalloc byte[LongestNumber];
        if (column.Type is InputType.Category or InputType.Text && !double.IsNaN(value)) writer.Write(System.Text.Encoding.UTF8.GetString(pool!.TextOf((int)value)));
        else writer.Write(System.Text.Encoding.UTF8.GetString(bytes[..Write(bytes, column, value)]));
    }

    /// <summary>Writes a cell that is no text.</summary>
    /// <param name="into">At least <see cref="LongestNumber"/> bytes.</param>
    /// <param name="column">Type and special codes.</param>
    /// <param name="value">The cell.</param>
    /// <returns>Bytes written; 0 for a missing value.</returns>
    public static int Write(Span<byte> into, StagingColumn column, double value)
    {
        if (double.IsNaN(value))
        {
            var code = CodedNaN.CodeOf(value);
            return code == 0 || code > column.Specials.Count ? 0 : System.Text.Encoding.UTF8.GetBytes(column.Specials[code - 1].Value, into);
        }

        if (column.Type is InputType.Date) return System.Text.Encoding.UTF8.GetBytes(DateText.WriteDate(value), into);
        if (column.Type is InputType.DateTime) return System.Text.Encoding.UTF8.GetBytes(DateText.WriteInstant(value), into);
        int written;
        if (value == Math.Floor(value) && Math.Abs(value) < 1e15) Utf8Formatter.TryFormat((long)value, into, out written);
        else written = ShortestNumber.Write(into, value);
        return written;
    }
}
