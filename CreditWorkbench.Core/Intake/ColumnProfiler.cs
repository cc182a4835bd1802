using System.Text;
using System.Text.RegularExpressions;

namespace CreditWorkbench.Core.Intake;

/// <summary>Looks at every cell of one column and says what the column is.</summary>
internal sealed partial class ColumnProfiler(FileColumn column, IReadOnlyList<string> specialCodes)
{
    private const int MostLevels = 10_000;
    private const int MostCategories = 255;
    private const int CharsInFrame = 256;
    // Where nearly every value is a number, the others are typing errors and not levels.
    private const double NumericShare = 0.99;

    private static readonly DateFormat[] SeparatedDates = [DateFormat.YearFirst, DateFormat.DayFirst, DateFormat.MonthFirst];

    private readonly (double? Number, string Text, long[] Rows)[] _specials = [.. specialCodes.Select(code =>
        (NumberCell.TryInvariant(Encoding.UTF8.GetBytes(code), out var number) ? number : (double?)null, code, new long[1]))];
    private readonly Dictionary<string, long> _written = new(StringComparer.Ordinal);
    private readonly NumberTally[] _tallies = new NumberTally[3];
    private readonly long[] _dates = new long[5];
    private HashSet<ulong>? _distinct = [];
    private Dictionary<string, long> _levels = [];
    private bool _levelsComplete = true;
    private bool _plain = true;
    private long _missing;
    private long _regular;

    /// <summary>Takes a cell.</summary>
    public void Add(ReadOnlySpan<byte> cell)
    {
        cell = CellText.Unwrap(cell);
        if (CellText.IsMissing(cell))
        {
            _missing++;
            return;
        }

        var isNumber = NumberCell.TryInvariant(cell, out var number);
        if (TakeSpecial(cell, isNumber, number)) return;
        _regular++;
        TakeNumber(cell, isNumber, number);
        TakeLevel(cell);
        TakeDate(cell);
    }

    /// <summary>The findings.</summary>
    /// <param name="rows">Good rows of the file.</param>
    public ColumnProfile Finish(long rows)
    {
        _levels = Levels();
        var (format, ambiguous) = Format();
        var tally = _tallies[(int)format];
        var dates = Dates(tally);
        var kind = Kind(tally, ambiguous, dates);
        var numeric = kind is ColumnKind.Flag or ColumnKind.Integer or ColumnKind.Number || (kind is ColumnKind.Constant or ColumnKind.Identifier && tally.Count > 0);
        LevelCount[] levels = [.. _levels.Select(level => new LevelCount(level.Key, level.Value)).OrderByDescending(level => level.Rows).ThenBy(level => level.Value, StringComparer.Ordinal)];
        return new ColumnProfile(
            column.Name, kind, rows, _missing, tally.Count, numeric ? tally.Minimum : null, numeric ? tally.Maximum : null, format, ReadsWithComma(format), kind == ColumnKind.Date ? dates : null,
            levels, _levelsComplete, [.. _specials.Where(special => special.Rows[0] > 0).Select(special => new LevelCount(special.Text, special.Rows[0]))]);
    }

    private bool TakeSpecial(ReadOnlySpan<byte> cell, bool isNumber, double number)
    {
        foreach (var special in _specials)
        {
            if (isNumber ? special.Number != number : special.Number is not null || special.Text != Encoding.UTF8.GetString(cell)) continue;
            special.Rows[0]++;
            return true;
        }

        return false;
    }

    private void TakeNumber(ReadOnlySpan<byte> cell, bool isNumber, double number)
    {
        if (isNumber) _tallies[0].Add(number);

        var plain = cell.IndexOfAny((byte)',', (byte)'.') < 0;
        _plain &= plain || !isNumber;
        for (var format = NumberFormat.DecimalComma; format <= NumberFormat.ThousandsComma; format++)
        {
            if (plain ? isNumber : NumberCell.TryRead(cell, format, out number)) _tallies[(int)format].Add(number);
        }
    }

    private void TakeLevel(ReadOnlySpan<byte> cell)
    {
        if (_distinct is { } distinct && !distinct.Add(Hash(cell))) _distinct = null;
        if (!_levelsComplete) return;
        var lookup = _written.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> frame = stackalloc char[CharsInFrame];
        var text = cell.Length <= CharsInFrame ? frame[..Encoding.UTF8.GetChars(cell, frame)] : Encoding.UTF8.GetString(cell).AsSpan();
        if (lookup.TryGetValue(text, out var count)) lookup[text] = count + 1;
        else if (_written.Count < MostLevels) lookup[text] = 1;
        else _levelsComplete = false;
    }

    // Cells are counted as they are written, because that is quick; 1 and 1.0 become one level at the end.
    private Dictionary<string, long> Levels()
    {
        var levels = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (text, count) in _written)
        {
            var level = OutcomeLabels.Spelling(Encoding.UTF8.GetBytes(text));
            levels[level] = levels.GetValueOrDefault(level) + count;
        }

        return levels;
    }

    private void TakeDate(ReadOnlySpan<byte> cell)
    {
        foreach (var format in SeparatedDates)
        {
            // A format that failed once is out; most columns fail at the first row.
            if (_dates[(int)format] == _regular - 1 && DateCell.TryRead(cell, format, out _)) _dates[(int)format]++;
        }

        if (_dates[(int)DateFormat.Compact] == _regular - 1 && DateCell.TryRead(cell, DateFormat.Compact, out var date) && date.Year is >= 1900 and <= 2100) _dates[(int)DateFormat.Compact]++;
        if (_dates[(int)DateFormat.ShortCompact] == _regular - 1 && DateCell.TryRead(cell, DateFormat.ShortCompact, out _)) _dates[(int)DateFormat.ShortCompact]++;
    }

    /// <summary>The format that reads most cells; ambiguous when two read them all, to different numbers.</summary>
    private (NumberFormat Format, bool Ambiguous) Format()
    {
        if (_regular == 0 || _tallies[0].Count >= _regular * NumericShare) return (NumberFormat.Invariant, false);
        var comma = _tallies[1].Count >= _regular * NumericShare;
        var thousands = _tallies[2].Count >= _regular * NumericShare;
        if (comma && thousands && _tallies[1].Count == _tallies[2].Count) return (NumberFormat.Invariant, true);
        if (comma && _tallies[1].Count >= _tallies[2].Count) return (NumberFormat.DecimalComma, false);
        return (thousands ? NumberFormat.ThousandsComma : NumberFormat.Invariant, false);
    }

    private bool ReadsWithComma(NumberFormat format) =>
        format == NumberFormat.DecimalComma || (format == NumberFormat.Invariant && _plain);

    private DateFormat? Dates(in NumberTally tally)
    {
        if (_regular == 0) return null;
        if (_dates[(int)DateFormat.YearFirst] == _regular) return DateFormat.YearFirst;
        var (dayFirst, monthFirst) = (_dates[(int)DateFormat.DayFirst] == _regular, _dates[(int)DateFormat.MonthFirst] == _regular);
        if (dayFirst != monthFirst) return dayFirst ? DateFormat.DayFirst : DateFormat.MonthFirst;
        if (tally.Count != _regular) return null;
        var named = DateName().IsMatch(column.Name);
        if (_dates[(int)DateFormat.Compact] == _regular && (named || _levels.Count > 10)) return DateFormat.Compact;
        return _dates[(int)DateFormat.ShortCompact] == _regular && named ? DateFormat.ShortCompact : null;
    }

    private ColumnKind Kind(in NumberTally tally, bool ambiguous, DateFormat? dates)
    {
        if (_regular == 0) return ColumnKind.Empty;
        if (_levelsComplete && _levels.Count == 1) return ColumnKind.Constant;
        if (column.Levels is not null && column.Levels.Any(level => !NumberCell.TryInvariant(Encoding.UTF8.GetBytes(level), out _))) return ColumnKind.Category;
        if (dates is not null) return ColumnKind.Date;
        if (ambiguous) return ColumnKind.AmbiguousNumber;
        var allNumbers = tally.Count == _regular;
        if (allNumbers || (tally.Count >= _regular * NumericShare && (!_levelsComplete || _levels.Count > 32))) return Numeric(tally);
        if (_distinct is not null && _regular > 20) return ColumnKind.Identifier;
        var few = _levelsComplete && (_levels.Count <= 10 || (_levels.Count <= MostCategories && _levels.Count * 5 <= _regular) || _levels.Count * 10 <= _regular);
        return few ? ColumnKind.Category : ColumnKind.Text;
    }

    private ColumnKind Numeric(in NumberTally tally)
    {
        if (tally.Whole < tally.Count) return ColumnKind.Number;
        if (_levelsComplete && _levels.Count == 2 && tally is { Minimum: 0, Maximum: 1 } && _specials.All(special => special.Rows[0] == 0)) return ColumnKind.Flag;
        var dense = tally.Maximum - tally.Minimum == tally.Count - 1;
        var keyed = _distinct is not null && tally.Count > 20 && (dense || KeyName().IsMatch(column.Name));
        return keyed ? ColumnKind.Identifier : ColumnKind.Integer;
    }

    // FNV-1a; a collision can only make a key look repeated, once in about 10^19 pairs.
    private static ulong Hash(ReadOnlySpan<byte> cell)
    {
        var hash = 0xCBF2_9CE4_8422_2325;
        foreach (var letter in cell) hash = (hash ^ letter) * 0x0000_0100_0000_01B3;
        return hash;
    }

    [GeneratedRegex("date|dat$|_d$|_dt$|tanggal|time", RegexOptions.IgnoreCase)]
    private static partial Regex DateName();

    [GeneratedRegex("(^|[_ .-])(id|key|uuid|guid|no|nr|number|index)$|^(id|row|index)([_ .-]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex KeyName();
}
