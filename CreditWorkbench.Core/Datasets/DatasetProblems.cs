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

    public static Problem WeightMissing(string column, long row) =>
        new("weight.missing", "The weight is missing.") { Field = column, Row = row, Remedy = "Fill it, or leave the row out." };

    public static Problem WeightNotNumber(string column, long row, string value) =>
        new("weight.number", $"\"{value}\" is no finite number.") { Field = column, Row = row, Remedy = "Write weights as numbers above 0, or choose another column." };

    public static Problem WeightZero(string column, long row) =>
        new("weight.zero", "The weight is 0: the row does not count.") { Field = column, Row = row, Remedy = "Give a weight above 0 if the row should count." };

    public static Problem WeightOutside(string column, long row, double weight) =>
        new("weight.range", string.Create(CultureInfo.InvariantCulture, $"The weight {weight} does not lie from {WeightCell.Least} to {WeightCell.Most}.")) { Field = column, Row = row, Remedy = "Write weights as numbers above 0; only their ratios count." };

    public static Problem WeightIsLearnt(string column) =>
        new("weight.feature", "Models learn from this column, so it cannot say how much a row counts.") { Field = column, Remedy = "Choose another column, or take it out of the dictionary." };

    public static Problem TimeUnreadable(string column, long row, string value) =>
        new("input.date", $"\"{value}\" is not a date.") { Field = column, Row = row, Remedy = "Write dates as 2026-11-20." };
}
