using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Turns the cells of one row into a booking.</summary>
/// <param name="definition">The dictionary's section.</param>
/// <param name="amounts">How numbers are written.</param>
/// <param name="dateForm">How dates are written; null tries every form that banks use.</param>
internal sealed class BookingReader(StatementDefinition definition, StatementAmounts amounts, string? dateForm = null)
{
    // Days come before months, as banks in Indonesia and Europe write them.
    private static readonly string[] DateForms =
        ["yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yy", "d MMM yyyy", "d-MMM-yyyy", "d MMMM yyyy"];

    private static readonly DateOnly Example = new(2026, 11, 20);
    private static readonly CultureInfo[] Months = [CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("id-ID")];
    private readonly string[] _dateForms = dateForm is null ? DateForms : [dateForm, .. Short(dateForm)];
    private readonly StatementColumn? _direction = definition.Columns.FirstOrDefault(column => column.Name == "direction");

    /// <summary>The booking; null when the row has problems, which are added.</summary>
    public Booking? Read(StatementCells cells, List<Problem> problems)
    {
        var before = problems.Count;
        if (!TryReadDate(cells.Date, out var date)) problems.Add(NoDate(cells));
        var (text, isIncoming) = Directed(cells);
        if (!amounts.TryRead(text, out var amount)) problems.Add(Of("field.notNumber", cells, "amount", $"\"{cells.Amount}\" is not a number.", "Use digits, and one sign between whole and decimals."));
        if (cells.Direction.Length > 0 && isIncoming is null) problems.Add(Of("statement.direction", cells, "direction", $"\"{cells.Direction}\" names no direction.", Words()));
        double? balance = null;
        if (cells.Balance.Length > 0)
        {
            if (amounts.TryRead(cells.Balance, out var known)) balance = known;
            else problems.Add(Of("field.notNumber", cells, "balance", $"\"{cells.Balance}\" is not a number.", "Leave it empty where it is not known."));
        }

        if (problems.Count > before) return null;
        return new Booking(cells.Row, date, Math.Abs(amount), isIncoming ?? amount >= 0, cells.Counterparty, cells.Category, balance);
    }

    // Where a form was chosen, only that one counts: the remedy names it.
    private FieldProblem NoDate(StatementCells cells)
    {
        if (dateForm is null) return Of("field.date", cells, "date", $"\"{cells.Date}\" is not a date.", "Write it as 2026-11-20 or 20/11/2026.");
        var form = $"{dateForm} ({Example.ToString(dateForm, CultureInfo.InvariantCulture)})";
        return Of("statement.dateForm", cells, "date", $"\"{cells.Date}\" is not a date of the form {form}.", "Choose another form, or correct the row.") with { Suggestion = form };
    }

    private bool TryReadDate(string text, out DateOnly date)
    {
        // A time of day after the date does not matter.
        var day = text.Length > 10 && text[10] is 'T' or ' ' && char.IsAsciiDigit(text[^1]) && text.Contains(':', StringComparison.Ordinal) ? text[..10] : text;
        foreach (var culture in Months)
        {
            if (DateOnly.TryParseExact(day, _dateForms, culture, DateTimeStyles.AllowWhiteSpaces, out date)) return true;
        }

        date = default;
        return false;
    }

    // Where signs part a date, a bank may leave leading zeros out.
    private static string[] Short(string form) =>
        form.Any(sign => !char.IsLetter(sign)) && !form.Contains("MMM", StringComparison.Ordinal)
            ? [form.Replace("dd", "d", StringComparison.Ordinal).Replace("MM", "M", StringComparison.Ordinal)]
            : form.Contains("MMM", StringComparison.Ordinal) ? [form.Replace("dd", "d", StringComparison.Ordinal)] : [];

    // Some banks write the direction behind the amount: 150,000.00 DB.
    private (string Amount, bool? IsIncoming) Directed(StatementCells cells)
    {
        if (_direction is null || cells.Direction.Length > 0) return (cells.Amount, DirectionOf(cells.Direction));
        var gap = cells.Amount.LastIndexOf(' ');
        return gap > 0 && DirectionOf(cells.Amount[(gap + 1)..]) is { } behind ? (cells.Amount[..gap], behind) : (cells.Amount, null);
    }

    private bool? DirectionOf(string word)
    {
        if (_direction is null) return null;
        var plain = word.Trim().TrimEnd('.');
        if (_direction.InWords.Prepend("in").Contains(plain, StringComparer.OrdinalIgnoreCase)) return true;
        return _direction.OutWords.Prepend("out").Contains(plain, StringComparer.OrdinalIgnoreCase) ? false : null;
    }

    private string Words() => _direction is null ? "Leave it empty." : $"In: {string.Join(", ", _direction.InWords)}. Out: {string.Join(", ", _direction.OutWords)}.";

    private static FieldProblem Of(string code, StatementCells cells, string field, string message, string remedy) =>
        new(code, message) { Row = cells.Row, Field = field, Given = GivenIn(cells, field), Remedy = remedy };

    private static string GivenIn(StatementCells cells, string field) => field switch
    {
        "date" => cells.Date,
        "amount" => cells.Amount,
        "direction" => cells.Direction,
        _ => cells.Balance,
    };
}

/// <summary>How a statement writes numbers: the sign between whole and decimals, found from all of them.</summary>
internal sealed class StatementAmounts
{
    private static readonly CultureInfo Point = CultureInfo.InvariantCulture;
    private static readonly CultureInfo Comma = WithComma();
    private readonly CultureInfo? _culture;

    private StatementAmounts(CultureInfo? culture) => _culture = culture;

    /// <summary>Finds the style of a file from the numbers that leave no doubt.</summary>
    public static StatementAmounts Of(IEnumerable<string> texts)
    {
        var (points, commas) = (0, 0);
        foreach (var text in texts)
        {
            var sign = DecimalSign(text);
            if (sign == '.') points++;
            else if (sign == ',') commas++;
        }

        return new StatementAmounts(points == 0 && commas == 0 ? null : points >= commas ? Point : Comma);
    }

    /// <summary>The stated style.</summary>
    public static StatementAmounts Of(bool decimalComma) => new(decimalComma ? Comma : Point);

    /// <summary>Reads an amount. Where the file leaves it open, one sign before three digits groups thousands.</summary>
    public bool TryRead(string text, out double amount) =>
        NumberText.TryReadTyped(text, _culture ?? (text.Contains('.', StringComparison.Ordinal) ? Comma : Point), out amount);

    private static char DecimalSign(string text)
    {
        var last = text.LastIndexOfAny(['.', ',']);
        if (last < 0) return ' ';
        var other = text[last] == '.' ? ',' : '.';
        if (text.Contains(other, StringComparison.Ordinal)) return text[last];
        if (text.IndexOf(text[last], StringComparison.Ordinal) != last) return other;
        var digits = text.AsSpan(last + 1).TrimEnd().Length;
        return digits is 1 or 2 ? text[last] : ' ';
    }

    private static CultureInfo WithComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return CultureInfo.ReadOnly(culture);
    }
}
