using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Reads the files of one table, block of rows by block of rows.</summary>
/// <param name="table">The table.</param>
/// <param name="readers">Gives the reader of each column: the same ones each time, or new ones where texts must not pile up.</param>
/// <param name="wanted">Columns whose cells are kept; the others are only checked.</param>
/// <param name="rules">What happens to rows that cannot be used.</param>
/// <param name="renamed">Header names that stand for columns.</param>
/// <param name="threads">Threads at most.</param>
internal sealed class TableLoader(StagingTable table, Func<CellReader[]> readers, bool[] wanted, StagingRules rules, IReadOnlyDictionary<string, string> renamed, int threads)
{
    private const int RowsOfBlock = 1 << 16;
    private readonly List<(string Name, long RowsBefore)> _files = [];
    private readonly bool[] _seen = new bool[table.Columns.Count];
    private Action<RowBlock> _take = null!;
    private Action<StagingFinding> _find = null!;

    /// <summary>Names of the files in reading order, each with the count of rows before it.</summary>
    public IReadOnlyList<(string Name, long RowsBefore)> Files => _files;

    /// <summary>Rows of the files read so far.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Whether some file has a column.</summary>
    public bool Has(int column) => _seen[column];

    /// <summary>Reads every file.</summary>
    /// <param name="paths">Files in order, at least one.</param>
    /// <param name="inWindows">Whether only a few blocks may be in memory at a time; else all blocks of a file are read at once.</param>
    /// <param name="take">Receives the blocks in file order.</param>
    /// <param name="find">Receives what could not be used.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <returns>Why a file cannot be read at all, or a rule refuses it; null when every row was read.</returns>
    public async Task<Problem?> ReadAsync(IReadOnlyList<string> paths, bool inWindows, Action<RowBlock> take, Action<StagingFinding> find, CancellationToken cancellation)
    {
        (_take, _find) = (take, find);
        foreach (var path in paths)
        {
            _files.Add((Path.GetFileName(path), RowsRead));
            var before = FileStamp.Of(path);
            var problem = await ReadAsync(path, inWindows, cancellation).ConfigureAwait(false);

            // Whatever a file that changes under the reader looks like, that it changed is what to say.
            if (FileStamp.Of(path) != before) return Changed(path);
            if (problem is not null) return problem with { Field = problem.Field ?? table.Name };
        }

        return null;
    }

    private async Task<Problem?> ReadAsync(string path, bool inWindows, CancellationToken cancellation)
    {
        var opened = await TabularFile.OpenAsync(path, FileReadOptions.Default, cancellation).ConfigureAwait(false);
        if (!opened.TryGet(out var rows, out var problems))
        {
            // A table of many rows may be empty on a quiet day; features over it find nothing.
            return table.Join == StagingJoin.Many && problems[0].Code == FileProblems.NoRows.Code ? null : Unreadable(path, problems[0], 0);
        }

        await using (rows.ConfigureAwait(false))
        {
            var columnOfCell = ColumnsOf(rows.Columns, out var missing);
            if (missing is not null) return MissingColumn(path, missing);
            BlockParser Parser() => new(readers(), columnOfCell, wanted, rules);
            if (!PlainFile.CanRead(rows.Layout)) return await ReadRowsAsync(path, rows, Parser, columnOfCell.Length, cancellation).ConfigureAwait(false);
            var delimiter = (byte)rows.Layout.Delimiter!.Value;
            if (!inWindows && PlainFile.Read(path, delimiter, Parser(), threads, cancellation) is { } blocks) return Take(blocks);
            if (inWindows && PlainFile.IsPlain(path, threads, cancellation)) return Take(PlainFile.Windows(path, delimiter, Parser, threads, cancellation)) is { } problem ? problem with { Field = problem.Field ?? table.Name } : null;
            return await ReadRowsAsync(path, rows, Parser, columnOfCell.Length, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<Problem?> ReadRowsAsync(string path, RowReader rows, Func<BlockParser> newParser, int cells, CancellationToken cancellation)
    {
        while (true)
        {
            var parser = newParser();
            var block = parser.NewBlock(RowsOfBlock / 16);
            var state = RowState.Row;
            while (block.Read < RowsOfBlock && (state = await rows.ReadAsync(cancellation).ConfigureAwait(false)) is RowState.Row or RowState.Rejected)
            {
                block.Begin();
                if (state == RowState.Rejected)
                {
                    block.Faults.Add((block.Read, -1, StagingRules.Unreadable, rows.Problem!.Message));
                    continue;
                }

                var usable = true;
                for (var cell = 0; cell < cells && usable; cell++) usable = parser.Cell(cell, rows.Cell(cell), block);
                if (usable) block.Keep();
            }

            if (Take(block) is { } rejected) return rejected;
            if (state == RowState.End) return null;
            if (state == RowState.Refused) return Unreadable(path, rows.Problem!, RowsRead - _files[^1].RowsBefore);
        }
    }

    private Problem? Take(IEnumerable<RowBlock?> blocks)
    {
        foreach (var block in blocks)
        {
            if (block is null) return Changed(_files[^1].Name);
            if (Take(block) is { } rejected) return rejected;
        }

        return null;
    }

    /// <summary>Hands the faults of a block over, then its rows; the refusal when a rule rejects the whole file.</summary>
    private Problem? Take(RowBlock block)
    {
        foreach (var (row, column, kind, value) in block.Faults)
        {
            var rule = rules.Always(kind);
            var (file, number) = StagedTable.PlaceOf(_files, RowsRead + row);
            var definition = column < 0 ? null : table.Columns[column];
            var finding = new StagingFinding(table.Name, file, number, rule.Code, rule.Verdict, definition?.Name, value, StagingRules.RemedyOf(kind, definition));
            _find(finding);
            if (rule.Verdict == QuarantineVerdict.RejectFile) return Rejected(finding);
        }

        if (RowsRead + block.Read > int.MaxValue)
            return new Problem("staging.rows.many", string.Create(CultureInfo.InvariantCulture, $"The table {table.Name} has more than {int.MaxValue:N0} rows.")) { Field = table.Name, Remedy = "Deliver a shorter span of time." };
        _take(block);
        RowsRead += block.Read;
        return null;
    }

    private Problem Changed(string path) => new("staging.file.changed", $"The file {Path.GetFileName(path)} changed while it was read.") { Field = table.Name, Remedy = "Load again when the delivery is complete." };

    // A packed file says how far it could be read: that is where the damage begins.
    private static Problem Unreadable(string path, Problem problem, long rowsBefore) => problem with
    {
        Message = $"{Path.GetFileName(path)}: {problem.Message}",
        Row = problem.Row ?? (rowsBefore > 0 ? rowsBefore + 1 : null),
    };

    private int[] ColumnsOf(IReadOnlyList<FileColumn> header, out string? missing)
    {
        var columnOfCell = new int[header.Count];
        var found = new bool[table.Columns.Count];
        for (var cell = 0; cell < header.Count; cell++)
        {
            var name = renamed.GetValueOrDefault(header[cell].Name, header[cell].Name);
            columnOfCell[cell] = IndexOf(name);
            if (columnOfCell[cell] >= 0) _seen[columnOfCell[cell]] = found[columnOfCell[cell]] = true;
        }

        missing = table.Columns.Where((column, i) => !found[i] && !column.Optional).Select(column => column.Name).FirstOrDefault();
        return columnOfCell;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name == name) return i;
        }

        return -1;
    }

    private Problem MissingColumn(string path, string column) => new("staging.column.missing", $"The file {Path.GetFileName(path)} has no column {column}.")
    {
        Field = $"{table.Name}.{column}",
        Remedy = "Add the column, or name the header that stands for it under read.rename.",
    };

    internal static Problem Rejected(StagingFinding finding) => new("staging.file.rejected", string.Create(
        CultureInfo.InvariantCulture, $"{finding.File}, row {finding.Row}: rule {finding.Code} refuses the whole file."))
    {
        Field = finding.Column is null ? finding.Table : $"{finding.Table}.{finding.Column}",
        Row = finding.Row,
        Remedy = finding.Remedy,
    };
}
