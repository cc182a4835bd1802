using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Why a file makes no data set, or a row no part of it.</summary>
internal static class DatasetProblems
{
    public static Problem NothingUsable(long rejected) =>
        new("dataset.rows.none", string.Create(CultureInfo.InvariantCulture, $"None of the {rejected} rows can be used.")) { Remedy = "See the first rows below." };

    public static Problem ClassAbsent(string target, int outcome, int classes, int rows) =>
        new("target.one-class", classes == 2
            ? string.Create(CultureInfo.InvariantCulture, $"All {rows} rows are {(outcome == 1 ? "good" : "bad")}: a model needs both outcomes.")
            : string.Create(CultureInfo.InvariantCulture, $"No row is of class {outcome}."))
        { Field = target, Remedy = "Check which values count as bad, or bring rows of both kinds." };

    public static Problem OutcomeMissing(string target, long row) =>
        new("target.missing", "The outcome is missing.") { Field = target, Row = row, Remedy = "Fill it or leave the row out." };

    public static Problem OutcomeUnlabelled(string target, long row, string value) =>
        new("target.unlabelled", $"The outcome `{value}` is neither good nor bad.") { Field = target, Row = row, Remedy = "Name it among the values of the target, or leave the row out." };

    public static Problem TimeUnreadable(string column, long row, string value) =>
        new("input.date", $"\"{value}\" is not a date.") { Field = column, Row = row, Remedy = "Write dates as 2026-11-20." };
}
