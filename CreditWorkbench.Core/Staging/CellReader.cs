using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>How a cell read.</summary>
internal enum CellState : byte
{
    /// <summary>A value, or a missing one.</summary>
    Read,
    /// <summary>Not of the column's type.</summary>
    Unreadable,
    /// <summary>Outside the range, or no listed value.</summary>
    OutOfRange,
}

/// <summary>Reads the cells of one column as doubles: numbers as they are, dates as day numbers, texts by their number in the
/// column's pool, missing values and special codes as <see cref="CodedNaN"/>. Safe to share between threads.</summary>
internal sealed class CellReader
{
    private readonly InputType _type;
    private readonly double _minimum;
    private readonly double _maximum;
    private readonly (double Value, byte[] Text)[] _specials;
    private readonly byte[][] _missing;
    private readonly int _listed;
    private readonly bool _open;
    private readonly DateFormat? _dates;

    /// <param name="column">The column.</param>
    /// <param name="pool">Texts of categories and text columns; listed values stand in front.</param>
    /// <param name="missing">Further tokens for "no value".</param>
    public CellReader(StagingColumn column, TextPool pool, IReadOnlyList<string> missing)
    {
        (Column, Pool, _type) = (column, pool, column.Type);
        (_minimum, _maximum) = (column.Minimum ?? double.NegativeInfinity, column.Maximum ?? double.PositiveInfinity);
        _specials = [.. column.Specials.Select(special => (NumberCell.TryInvariant(System.Text.Encoding.UTF8.GetBytes(special.Value), out var number) ? number : double.NaN, System.Text.Encoding.UTF8.GetBytes(special.Value)))];
        _missing = [.. missing.Select(System.Text.Encoding.UTF8.GetBytes)];
        (_listed, _open, _dates) = (column.Values.Count, column.Open, FormatOf(column.Dates));
        foreach (var value in column.Values) pool.IndexOf(value);
    }

    /// <summary>The column.</summary>
    public StagingColumn Column { get; }

    /// <summary>Texts of the column.</summary>
    public TextPool Pool { get; }

    /// <summary>Whether some cell may not fit the column; free texts always do.</summary>
    public bool CanRefuse => _type is not (InputType.Category or InputType.Text) || (_listed > 0 && !_open);

    /// <summary>Reads a cell.</summary>
    public CellState Read(ReadOnlySpan<byte> cell, out double value)
    {
        // What begins with a digit is no usual word for a missing value.
        if (cell.IsEmpty || (cell.Length <= 4 && !char.IsAsciiDigit((char)cell[0]) && CellText.IsMissing(cell)) || (_missing.Length > 0 && IsMissingToken(cell)))
        {
            value = CodedNaN.OfDouble(0);
            return CellState.Read;
        }

        switch (_type)
        {
            case InputType.Number:
            case InputType.Integer:
            case InputType.Flag:
                return Number(cell, out value);
            case InputType.Date:
            case InputType.DateTime:
                return InstantCell.TryRead(cell, _dates, _type == InputType.DateTime, out value) ? CellState.Read : CellState.Unreadable;
            default:
                return Text(cell, out value);
        }
    }

    private static DateFormat? FormatOf(DateOrder? order) => order switch
    {
        DateOrder.Compact => DateFormat.Compact,
        DateOrder.ShortCompact => DateFormat.ShortCompact,
        DateOrder.DayFirst => DateFormat.DayFirst,
        DateOrder.MonthFirst => DateFormat.MonthFirst,
        _ => null,
    };

    private CellState Number(ReadOnlySpan<byte> cell, out double value)
    {
        if (!NumberCell.TryInvariant(cell, out value)) return CellState.Unreadable;
        for (var i = 0; i < _specials.Length; i++)
        {
            if (value != _specials[i].Value) continue;
            value = CodedNaN.OfDouble(i + 1);
            return CellState.Read;
        }

        if (_type != InputType.Number && value != Math.Floor(value)) return CellState.Unreadable;
        if (_type == InputType.Flag && value is not (0 or 1)) return CellState.OutOfRange;
        return value >= _minimum && value <= _maximum ? CellState.Read : CellState.OutOfRange;
    }

    private CellState Text(ReadOnlySpan<byte> cell, out double value)
    {
        cell = cell.Trim(" \t"u8);
        for (var i = 0; i < _specials.Length; i++)
        {
            if (!cell.SequenceEqual(_specials[i].Text)) continue;
            value = CodedNaN.OfDouble(i + 1);
            return CellState.Read;
        }

        // Listed values stand in front; others are not kept, however many a file brings.
        value = _listed == 0 ? Pool.IndexOf(cell) : Pool.Find(cell);
        if (_listed == 0 || (value >= 0 && value < _listed)) return CellState.Read;
        value = _listed - 1;
        return _open ? CellState.Read : CellState.OutOfRange;
    }

    private bool IsMissingToken(ReadOnlySpan<byte> cell)
    {
        foreach (var token in _missing)
        {
            if (cell.SequenceEqual(token)) return true;
        }

        return false;
    }
}
