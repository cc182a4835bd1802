using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Reads the rows of one file into records: the header is matched once, then each cell is read in place. Not safe to
/// share between threads.</summary>
public sealed class RecordBinder
{
    private const int CharsInFrame = 256;
    private readonly ScorecardDefinition _definition;
    private readonly RecordReading _reading;
    private readonly FieldReader[] _readers;
    private readonly int[] _inputOfColumn;
    private readonly bool[] _demanded;
    private readonly NumberFormat _format;
    private readonly List<Problem> _problems = [];
    private InputValue[] _values;
    private long _row;

    private RecordBinder(ScorecardDefinition definition, RecordReading reading, int[] inputOfColumn, IReadOnlyList<string> unknown)
    {
        (_definition, _reading, _inputOfColumn, UnknownColumns) = (definition, reading, inputOfColumn, unknown);
        _readers = [.. definition.Inputs.Select(input => new FieldReader(input))];
        _demanded = [.. definition.Inputs.Select(input => IsDemanded(input, reading) && RecordValidator.IsOpen(input, reading))];
        _values = new InputValue[_readers.Length];
        _format = definition.Read.DecimalComma ? NumberFormat.DecimalComma : NumberFormat.Invariant;
    }

    /// <summary>Columns of the file that are no inputs and are left out; keys and outcome included.</summary>
    public IReadOnlyList<string> UnknownColumns { get; }

    /// <summary>Notes on accepted values of the current row (unlisted codes of open categories).</summary>
    public IReadOnlyList<Problem> Notes { get; private set; } = [];

    /// <summary>Matches a header with the inputs: by name, or by the dictionary's renamed columns.</summary>
    /// <param name="definition">The dictionary.</param>
    /// <param name="header">Column names in file order.</param>
    /// <param name="reading">What is demanded.</param>
    /// <returns>A binder, or <c>column.missing</c> and <c>column.duplicate</c> for every column concerned.</returns>
    public static Outcome<RecordBinder> Create(ScorecardDefinition definition, IReadOnlyList<string> header, RecordReading reading)
    {
        var inputOfColumn = new int[header.Count];
        var columnOfInput = new int[definition.Inputs.Count];
        Array.Fill(columnOfInput, -1);
        var (unknown, problems) = (new List<string>(), new List<Problem>());
        for (var column = 0; column < header.Count; column++)
        {
            var input = inputOfColumn[column] = IndexOf(definition, header[column]);
            if (input < 0) unknown.Add(header[column]);
            else if (columnOfInput[input] >= 0) problems.Add(new Problem("column.duplicate", $"The columns {header[columnOfInput[input]]} and {header[column]} both give {definition.Inputs[input].Name}.") { Field = header[column], Remedy = "Remove one of them." });
            else columnOfInput[input] = column;
        }

        for (var input = 0; input < columnOfInput.Length; input++)
        {
            if (columnOfInput[input] < 0 && IsDemanded(definition.Inputs[input], reading)) problems.Add(Absent(definition.Inputs[input].Name, unknown));
        }

        return problems.Count > 0 ? problems : new RecordBinder(definition, reading, inputOfColumn, unknown);
    }

    /// <summary>Starts a row.</summary>
    /// <param name="row">One-based number of the data row, for problems.</param>
    public void Begin(long row)
    {
        (_row, Notes) = (row, []);
        _values = new InputValue[_readers.Length];
        _problems.Clear();
    }

    /// <summary>Reads a cell.</summary>
    /// <param name="column">Position in the header.</param>
    /// <param name="utf8">The cell, unquoted; blank or a missing token is missing.</param>
    public void Cell(int column, ReadOnlySpan<byte> utf8)
    {
        var input = _inputOfColumn[column];
        if (input < 0 || CellText.IsMissing(utf8)) return;
        utf8 = CellText.Unwrap(utf8);
        if (_definition.Inputs[input].IsNumeric && NumberCell.TryRead(utf8, _format, out var number))
        {
            if (RecordValidator.IsOpen(_definition.Inputs[input], _reading) && !IsMissingToken(utf8)) Keep(input, _readers[input].TryAcceptNumber(number, null, _reading, out _values[input], out var finding), finding);
            return;
        }

        if (_definition.Inputs[input].Type == InputType.Date && DateCell.TryUnambiguous(utf8, out var date))
        {
            Cell(column, DateText.WriteDate(date.DayNumber));
            return;
        }

        Span<char> frame = stackalloc char[CharsInFrame];
        var text = utf8.Length <= CharsInFrame ? frame : new char[utf8.Length];
        Cell(column, text[..Encoding.UTF8.GetChars(utf8, text)]);
    }

    /// <summary>Reads a cell.</summary>
    /// <param name="column">Position in the header.</param>
    /// <param name="text">The cell, unquoted; blank or a missing token is missing.</param>
    public void Cell(int column, ReadOnlySpan<char> text)
    {
        var input = _inputOfColumn[column];
        if (input < 0 || !RecordValidator.IsOpen(_definition.Inputs[input], _reading) || IsMissingToken(text)) return;
        if (_definition.Inputs[input].IsNumeric && _definition.Read.StrippedSymbols.Count > 0) text = Stripped(text);
        Keep(input, _readers[input].TryReadText(text, _reading, out _values[input], out var finding), finding);
    }

    /// <summary>Ends the row.</summary>
    /// <returns>The record, or every problem of the row.</returns>
    public Outcome<InputRecord> End()
    {
        for (var input = 0; input < _values.Length; input++)
        {
            if (_demanded[input] && _values[input].Kind == InputValueKind.Missing && !_problems.Exists(problem => problem.Field == _definition.Inputs[input].Name))
            {
                _problems.Add(_readers[input].Required() with { Row = _row });
            }
        }

        return _problems.Count > 0 ? new List<Problem>(_problems) : new InputRecord(_definition, _values);
    }

    /// <summary>Reads a whole row of texts.</summary>
    public Outcome<InputRecord> Bind(long row, IReadOnlyList<string> cells)
    {
        Begin(row);
        for (var column = 0; column < Math.Min(cells.Count, _inputOfColumn.Length); column++) Cell(column, cells[column].AsSpan());
        return End();
    }

    /// <summary>Reads the current row of a file whose header this binder matched.</summary>
    public Outcome<InputRecord> Bind(RowReader row)
    {
        Begin(row.Row);
        for (var column = 0; column < _inputOfColumn.Length; column++) Cell(column, row.Cell(column));
        return End();
    }

    private static bool IsDemanded(InputDefinition input, RecordReading reading) => input.Required && reading.DemandsRequired && !reading.KeptElsewhere.Contains(input.Name);

    private static int IndexOf(ScorecardDefinition definition, string column)
    {
        var name = definition.Read.RenamedColumns.GetValueOrDefault(column, column);
        for (var i = 0; i < definition.Inputs.Count; i++)
        {
            if (definition.Inputs[i].Name == name) return i;
        }

        return -1;
    }

    private static Problem Absent(string input, List<string> unknown)
    {
        var near = Spelling.Nearest(input, unknown);
        return new Problem("column.missing", $"The file has no column {input}.")
        {
            Field = input,
            Remedy = near is null ? "Add the column; its header is the input's name." : $"Rename the column {near}.",
        };
    }

    private void Keep(int input, bool accepted, FieldProblem? finding)
    {
        if (finding is null) return;
        var located = finding with { Row = _row };
        if (accepted) Notes = [.. Notes, located];
        else _problems.Add(located);
    }

    private bool IsMissingToken(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        foreach (var token in _definition.Read.MissingTokens)
        {
            if (text.SequenceEqual(token)) return true;
        }

        return false;
    }

    private bool IsMissingToken(ReadOnlySpan<byte> utf8)
    {
        if (_definition.Read.MissingTokens.Count == 0 || utf8.Length > CharsInFrame) return false;
        Span<char> text = stackalloc char[CharsInFrame];
        return IsMissingToken(text[..Encoding.UTF8.GetChars(utf8, text)]);
    }

    private string Stripped(ReadOnlySpan<char> text)
    {
        var stripped = text.ToString();
        foreach (var symbol in _definition.Read.StrippedSymbols) stripped = stripped.Replace(symbol, "", StringComparison.Ordinal);
        return stripped;
    }
}
