using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>Why rows cannot be split.</summary>
internal static class SplitProblems
{
    public static Problem Shares { get; } =
        new("split.shares", "The shares of a split are not negative and sum to 1.") { Remedy = "Name shares such as 0.75, 0.125 and 0.125." };

    public static Problem NoTimes { get; } =
        new("split.time.missing", "A split by date needs a time column.") { Remedy = "Name the column with --time." };

    public static Problem NoTimeOf(long fileRow) =>
        new("split.time.cell", "The row has no date, so it belongs to neither side of the split.") { Row = fileRow, Remedy = "Fill the date or leave the row out." };

    public static Problem NothingFrom(DateOnly date) =>
        new("split.time.none", string.Create(CultureInfo.InvariantCulture, $"No row is dated {date:yyyy-MM-dd} or later.")) { Remedy = "Name an earlier date." };

    public static Problem NothingBefore(DateOnly date) =>
        new("split.time.all", string.Create(CultureInfo.InvariantCulture, $"Every row is dated {date:yyyy-MM-dd} or later.")) { Remedy = "Name a later date." };

    public static Problem TooFew(string part, int outcome, int count) =>
        new("split.class.few", string.Create(CultureInfo.InvariantCulture, $"The {part} part would have no row of class {outcome}, of which there are {count}."))
        { Remedy = "Bring more rows of that class, or larger groups apart." };

    public static Problem TooFewForFolds(int folds, int outcome, int count) =>
        new("folds.class.few", string.Create(CultureInfo.InvariantCulture, $"{count} rows or groups of class {outcome} cannot fill {folds} folds."))
        { Remedy = "Use fewer folds or bring more rows." };
}
