using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Every refusal of a file or of a row of a file, in one place, so that codes and wording stay in step.</summary>
internal static class FileProblems
{
    public static Problem Absent(string path) =>
        new("file.absent", $"There is no file {Path.GetFileName(path)}.") { Remedy = "Check the path." };

    public static Problem Empty { get; } =
        new("file.empty", "The file is empty.") { Remedy = "Choose a CSV file with a header row and at least one data row." };

    public static Problem NoRows { get; } =
        new("file.rows.none", "The file has a header row and no data row.") { Remedy = "Choose a file with at least one data row; without a header row use --no-header." };

    public static Problem NothingReadable(long rejected) =>
        new("file.rows.unreadable", Text($"None of the {rejected:N0} rows can be read.")) { Remedy = "See the first rows below; check the delimiter." };

    public static Problem Binary { get; } =
        new("file.binary", "The file holds NUL bytes: it is not text.") { Remedy = "Export the table as CSV, NDJSON or ARFF; gz and zip are read." };

    public static Problem Workbook { get; } =
        new("file.workbook", "The file is a spreadsheet workbook.") { Remedy = "Save the sheet as CSV and choose that file." };

    public static Problem ZipEntries(IReadOnlyCollection<string> names) => names.Count == 0
        ? new("file.zip.entries", "The zip holds no data file.") { Remedy = "Pack exactly one data file." }
        : new("file.zip.entries", $"The zip holds {names.Count} data files: {string.Join(", ", names.Take(5))}.") { Remedy = "Pack exactly one data file." };

    public static Problem ZipEncrypted(string name) =>
        new("file.zip.encrypted", $"{name} in the zip is encrypted.") { Remedy = "Pack it without a password." };

    public static Problem ZipNeedsSeek { get; } =
        new("file.zip.stream", "A zip cannot be read from a stream that does not seek.") { Remedy = "Send gz or plain text, or save the zip to a file first." };

    public static Problem Broken(string reason) =>
        new("file.broken", $"The packed file is damaged: {reason}") { Remedy = "Fetch or pack the file again." };

    public static Problem TooLarge(long limit) =>
        new("file.too-large", Text($"The file unpacks to more than {limit:N0} bytes.")) { Remedy = "Split the file." };

    public static Problem Ratio(double limit) =>
        new("file.ratio", Text($"The file unpacks to more than {limit:N0} times its size.")) { Remedy = "Send it unpacked, or split it." };

    public static Problem OneColumn(char? delimiter) => delimiter is { } given
        ? new("file.delimiter", $"The delimiter {Name(given)} splits no row: only one column was found.") { Remedy = "Leave the delimiter to be detected, or name another." }
        : new("file.delimiter", "Only one column was found: no comma, semicolon, tab, pipe or run of spaces splits the rows.") { Remedy = "Save the table with one of these delimiters." };

    public static Problem TooManyColumns(int limit) =>
        new("file.columns.many", Text($"The file has more than {limit:N0} columns.")) { Remedy = "Check the delimiter, or leave columns out." };

    public static Problem DuplicateHeader(string name, int first, int second) =>
        new("file.header.duplicate", Text($"The header names `{name}` twice, at positions {first} and {second}."))
        {
            Field = name,
            Remedy = "Rename one of them; if the file has no header row use --no-header.",
        };

    public static Problem Cells(int expected, int found) =>
        new("row.cells", Text($"Expected {expected} cells, found {found}.")) { Remedy = "Quote cells that hold the delimiter, or mend the row." };

    public static Problem Shifted(int expected, string extra) =>
        new("row.shifted", Text($"Expected {expected} cells and an empty end, found `{Shorten(extra)}` there: the row is shifted.")) { Remedy = "Mend the row." };

    public static Problem QuoteOpen { get; } =
        new("row.quote.open", "A quote opens and never closes.") { Remedy = "Close the quote, or double quotes inside a quoted cell." };

    public static Problem QuoteStray { get; } =
        new("row.quote.stray", "Text follows a closing quote.") { Remedy = "Double quotes inside a quoted cell." };

    public static Problem CellTooLong(string column, int limit) =>
        new("cell.too-long", Text($"The cell is longer than {limit:N0} bytes.")) { Field = column, Remedy = "Shorten it, or close an open quote before it." };

    public static Problem RowTooLong(int limit) =>
        new("row.too-long", Text($"A cell is longer than {limit:N0} bytes.")) { Remedy = "Shorten it, or close an open quote before it." };

    public static Problem Nul { get; } =
        new("row.nul", "The row holds a NUL byte.") { Remedy = "Mend the row." };

    public static Problem Encoding { get; } =
        new("row.encoding", "The row is not valid UTF-8, which the rest of the file is.") { Remedy = "Save the file in one encoding." };

    public static Problem Arff(long line, string reason) =>
        new("file.arff", Text($"Line {line}: {reason}")) { Remedy = "Mend the line, or export the table as CSV." };

    public static Problem ArffSparse { get; } =
        new("file.arff.sparse", "The file is a sparse ARFF: its rows stand in braces.") { Remedy = "Export it as a dense ARFF or as CSV." };

    public static Problem Unlisted(string column, string value) =>
        new("cell.value.unlisted", $"`{Shorten(value)}` is not among the values that the file declares.") { Field = column, Remedy = "Declare the value or mend the cell." };

    public static Problem Npy(string reason) =>
        new("file.npy", reason) { Remedy = "Save a two-dimensional float32 array in C order." };

    public static Problem Json(string reason) =>
        new("file.json", reason) { Remedy = "Send one flat object to a line, or one array of flat objects." };

    public static Problem JsonRow(string reason) =>
        new("row.json", reason) { Remedy = "Write the row as one flat object." };

    public static Problem JsonNested(string column) =>
        new("row.json.nested", "The value is an object or an array.") { Field = column, Remedy = "Flatten it into values of their own." };

    public static Problem JsonUnknown(string column) =>
        new("row.column.unknown", "No row at the start of the file has this name.") { Field = column, Remedy = "Name every column in the first rows, with null where there is no value." };

    public static Problem JsonTwice(string column) =>
        new("row.column.twice", "The object names this twice.") { Field = column, Remedy = "Leave one of them out." };

    /// <summary>A cell as it may be quoted in a message.</summary>
    public static string Shorten(string text) => text.Length <= 40 ? text : text[..37] + "...";

    private static string Name(char delimiter) => delimiter switch
    {
        '\t' => "tab",
        ' ' => "space",
        _ => $"'{delimiter}'",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
