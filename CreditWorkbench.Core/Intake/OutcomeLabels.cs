using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Reads the class of a row from its outcome cell. Values are the same when they are the same text, or the same number:
/// <c>1</c>, <c>1.0</c>, <c>b'1'</c> and a quoted <c>'1'</c> are one value.</summary>
public sealed class OutcomeLabels
{
    private readonly (byte[] Text, double? Number, int Class)[] _values;
    private readonly bool _othersAreGood;

    private OutcomeLabels(IEnumerable<(string Value, int Class)> values, int classCount, bool othersAreGood)
    {
        _values = [.. values.Select(value => (Normal(Encoding.UTF8.GetBytes(value.Value)).ToArray(), NumberOf(Encoding.UTF8.GetBytes(value.Value)), value.Class))];
        (ClassCount, _othersAreGood) = (classCount, othersAreGood);
    }

    /// <summary>Number of classes: 2 for a binary outcome.</summary>
    public int ClassCount { get; }

    /// <summary>The labels of a dictionary's target. Binary: 0 good, 1 bad; ordinal: index of the class, best first.</summary>
    public static OutcomeLabels Of(TargetDefinition target) => target.IsOrdinal
        ? new OutcomeLabels(target.Classes.Select((one, index) => (one.Value, index)), target.Classes.Count, othersAreGood: false)
        : new OutcomeLabels([.. target.Bad.Select(value => (value, 1)), .. target.Good.Select(value => (value, 0))], 2, othersAreGood: target.Good.Count == 0);

    /// <summary>Labels where the listed values are bad and every other one is good.</summary>
    public static OutcomeLabels Bad(IReadOnlyList<string> values) => new(values.Select(value => (value, 1)), 2, othersAreGood: true);

    /// <summary>Parses a list such as <c>1</c> or <c>B,D</c>.</summary>
    public static Outcome<IReadOnlyList<string>> ParseList(string list)
    {
        string[] values = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return values.Length == 0
            ? new Problem("target.bad.empty", "No value of the outcome is named as bad.") { Field = "--bad", Remedy = "Name one or more values, such as --bad 1." }
            : Outcome<IReadOnlyList<string>>.Success(values);
    }

    /// <summary>The class of a cell; null when the cell is missing or its value has no label.</summary>
    public int? ClassOf(ReadOnlySpan<byte> cell)
    {
        var normal = Normal(cell);
        var number = NumberOf(cell);
        foreach (var value in _values)
        {
            if (normal.SequenceEqual(value.Text) || (number is not null && number == value.Number)) return value.Class;
        }

        return _othersAreGood && !CellText.IsMissing(normal) ? 0 : null;
    }

    /// <summary>The one spelling of a cell that values are compared and counted by.</summary>
    public static string Spelling(ReadOnlySpan<byte> cell) =>
        NumberOf(cell) is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(Normal(cell));

    private static ReadOnlySpan<byte> Normal(ReadOnlySpan<byte> cell)
    {
        cell = CellText.Unwrap(cell);
        return cell.Length >= 2 && cell[0] is (byte)'\'' or (byte)'"' && cell[^1] == cell[0] ? cell[1..^1] : cell;
    }

    private static double? NumberOf(ReadOnlySpan<byte> cell) => NumberCell.TryInvariant(Normal(cell), out var number) ? number : null;
}
