using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Refusals and warnings of the inference of a dictionary.</summary>
internal static class InferenceProblems
{
    public static Problem NoBadValue(string target) =>
        new("target.bad.empty", "No value of the outcome is named as bad.") { Field = target, Remedy = "Name one or more values, such as --bad 1." };

    public static Problem BadAbsent(string target, IReadOnlyList<string> bad, IReadOnlyList<LevelCount> levels) =>
        new("target.bad.absent", $"No row has the outcome {string.Join(" or ", bad.Select(value => $"`{value}`"))}.")
        { Field = target, Remedy = $"The values are {string.Join(", ", levels.Take(8).Select(level => level.Value))}{(levels.Count > 8 ? " ..." : "")}." };

    public static Problem OnlyBad(string target, long rows) =>
        new("target.one-class", Text($"All {rows:N0} rows are bad: a model needs both outcomes.")) { Field = target, Remedy = "Check which values count as bad, or bring rows of both kinds." };

    public static Problem NoOutcome(string target) =>
        new("target.missing", "No row has an outcome.") { Field = target, Remedy = "Choose the column that holds the outcome." };

    public static Problem TooManyOutcomes(string target, int? count) =>
        new("target.values.many", Text($"The column has {(count is { } known ? Text($"{known:N0}") : "more than 10,000")} different values, so it is no outcome."))
        { Field = target, Remedy = "Choose the column that holds the outcome, or cut it into good and bad first." };

    public static Problem OutcomeMissing(string target, long rows) =>
        new("target.missing", Text($"{rows:N0} rows have no outcome and are left out.")) { Field = target, Remedy = "Fill the outcome, or leave the rows out of the file." };

    public static Problem NoInputs { get; } =
        new("dictionary.inputs.none", "No column is left to learn from.") { Remedy = "Bring columns that vary, and exclude fewer." };

    public static Problem LeftOut(string column, string code, string reason, string remedy) => new(code, reason) { Field = column, Remedy = remedy };

    public static Problem SpecialInside(string column, string code, double minimum, double maximum) =>
        new("special.inside", Text($"The code {code} lies among the ordinary values {minimum:R} to {maximum:R}."))
        { Field = column, Remedy = $"Declare codes outside the range, or none for this column: {column}:" };

    public static Problem SpecialNoNumber(string column, string code) =>
        new("special.number", $"`{code}` is not a number, but the column holds numbers.") { Field = column, Remedy = "Declare numbers as codes of a numeric column; empty cells and NA are missing without a declaration." };

    public static Problem TypingErrors(string column, long count) =>
        new("column.cells.wrong", Text($"{count:N0} values are not numbers, as the others are; their rows are left out.")) { Field = column, Remedy = "Mend the cells, or declare the values as special codes." };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
