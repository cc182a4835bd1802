namespace CreditWorkbench.Core.Staging;

/// <summary>The rows of one window: those of one group dated before the as-of date, oldest first.</summary>
/// <param name="dates">Day number per row; empty for an undated table.</param>
/// <param name="values">Value per row; empty where the aggregate reads none.</param>
/// <param name="where">1 where a row counts; empty when all do.</param>
/// <param name="of">1 where a row is in the denominator of a share; empty otherwise.</param>
/// <param name="length">Number of rows.</param>
/// <param name="asOf">Day number of the as-of instant.</param>
internal readonly ref struct RowRange(ReadOnlySpan<double> dates, ReadOnlySpan<double> values, ReadOnlySpan<byte> where, ReadOnlySpan<byte> of, int length, double asOf)
{
    public readonly ReadOnlySpan<double> Dates = dates;
    public readonly ReadOnlySpan<double> Values = values;
    public readonly ReadOnlySpan<byte> Where = where;
    public readonly ReadOnlySpan<byte> Of = of;

    /// <summary>Number of rows.</summary>
    public int Length { get; } = length;

    /// <summary>Day number of the as-of instant.</summary>
    public double AsOf { get; } = asOf;

    /// <summary>Whether a row counts.</summary>
    public bool Counts(int row) => Where.IsEmpty || Where[row] != 0;
}
