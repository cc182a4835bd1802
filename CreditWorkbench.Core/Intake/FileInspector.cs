using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Looks at a file that nobody has described yet.</summary>
public static class FileInspector
{
    /// <summary>Rows of the preview.</summary>
    public const int PreviewRows = 20;

    private const int LongestCell = 200;

    /// <summary>Reads a file to its end and proposes what its columns are.</summary>
    /// <param name="open">Opens the bytes at their start; called up to three times.</param>
    /// <param name="reading">How to open it; null to find out whether there is a header.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>The inspection; refused when the file cannot be read.</returns>
    public static async Task<Outcome<FileInspection>> InspectAsync(Func<Stream> open, FileReadOptions? reading, CancellationToken cancellationToken)
    {
        var options = reading ?? await HeaderAsync(open, cancellationToken);
        if (!(await TabularFile.OpenAsync(open(), options, cancellationToken)).TryGet(out var opened, out var problems)) return Outcome<FileInspection>.Refused(problems);
        FileProfile profile;
        await using (opened)
        {
            if (!(await FileProfile.ReadAsync(opened, SpecialCodeList.None, cancellationToken)).TryGet(out profile!, out problems)) return Outcome<FileInspection>.Refused(problems);
        }

        return new FileInspection(profile, options.HasHeader, ColumnDetection.Propose(profile), await PreviewAsync(open, options, cancellationToken));
    }

    /// <summary>A header holds names: a first record with a number in it, or with one name twice, is a row.</summary>
    private static async Task<FileReadOptions> HeaderAsync(Func<Stream> open, CancellationToken cancellationToken)
    {
        var opened = await TabularFile.OpenAsync(open(), FileReadOptions.Default, cancellationToken);
        if (!opened.TryGet(out var reader, out var problems))
            return FileReadOptions.Default with { HasHeader = problems.All(problem => problem.Code != "file.header.duplicate") };
        await using (reader)
        {
            var named = reader.Layout.Format != FileFormat.Delimited || reader.Columns.All(column => !NumberCell.TryInvariant(Encoding.UTF8.GetBytes(column.Name), out _) && column.Name != "?");
            return FileReadOptions.Default with { HasHeader = named };
        }
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> PreviewAsync(Func<Stream> open, FileReadOptions options, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<string>>();
        if (!(await TabularFile.OpenAsync(open(), options, cancellationToken)).TryGet(out var reader, out _)) return rows;
        await using (reader)
        {
            while (rows.Count < PreviewRows)
            {
                var state = await reader.ReadAsync(cancellationToken);
                if (state == RowState.Row) rows.Add([.. reader.Columns.Select((_, column) => Cell(reader.Text(column)))]);
                else if (state != RowState.Rejected) break;
            }
        }

        return rows;
    }

    private static string Cell(string text) => text.Length <= LongestCell ? text : text[..LongestCell] + "\u2026";
}
