using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Refusals of columns that were named and do not exist.</summary>
internal static class ColumnProblems
{
    public static Problem ColumnUnknown(string column, IReadOnlyList<FileColumn> columns) =>
        new("column.unknown", "The file has no such column.") { Field = column, Remedy = Spelling.Nearest(column, columns.Select(one => one.Name)) is { } near ? $"Did you mean {near}?" : $"Its columns are {string.Join(", ", columns.Take(12).Select(one => one.Name))}{(columns.Count > 12 ? " ..." : ".")}" };
}
