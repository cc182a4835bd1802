using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Reads the files of one table into columns.</summary>
/// <param name="table">The table.</param>
/// <param name="readers">Reader of each column.</param>
/// <param name="wanted">Columns whose cells are kept; the others are only checked.</param>
/// <param name="rules">What happens to rows that cannot be used.</param>
/// <param name="renamed">Header names that stand for columns.</param>
/// <param name="threads">Threads at most.</param>
internal sealed class TableLoader(StagingTable table, CellReader[] readers, bool[] wanted, StagingRules rules, IReadOnlyDictionary<string, string> renamed, int threads)
{
    private const int RowsOfFirstBlock = 4096;
    private readonly List<RowBlock> _blocks = [];
    private readonly List<(string Name, long RowsBefore)> _files = [];
    private readonly bool[] _seen = new bool[readers.Length];

    /// <summary>Reads every file.</summary>
    /// <param name="paths">Files in order, at least one.</param>
    /// <param name="find">Receives what could not be used.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <returns>The usable rows; or why a file cannot be read at all.</returns>
    public async Task<Outcome<StagedTable>> LoadAsync(IReadOnlyList<string> paths, Action<StagingFinding> find, CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            _files.Add((Path.GetFileName(path), _blocks.Sum(block => (long)block.Read)));
            var before = FileStamp.Of(path);
            if (await ReadAsync(path, cancellation).ConfigureAwait(false) is { } problem) return problem with { Field = problem.Field ?? table.Name };
            if (FileStamp.Of(path) != before)
                return new Problem("staging.file.changed", $"The file {Path.GetFileName(path)} changed while it was read.") { Field = table.Name, Remedy = "Load again when the delivery is complete." };
        }

        return Report(find) is { } refused ? refused : Join();
    }

    private async Task<Problem?> ReadAsync(string path, CancellationToken cancellation)
    {
        var opened = await TabularFile.OpenAsync(path, FileReadOptions.Default, cancellation).ConfigureAwait(false);
        if (!opened.TryGet(out var rows, out var problems))
        {
            // A table of many rows may be empty on a quiet day; features over it find nothing.
            return table.Join == StagingJoin.Many && problems[0].Code == FileProblems.NoRows.Code ? null : Unreadable(path, problems[0]);
        }

        await using (rows.ConfigureAwait(false))
        {
            var columnOfCell = ColumnsOf(rows.Columns, out var missing);
            if (missing is not null) return MissingColumn(path, missing);
            var parser = new BlockParser(readers, columnOfCell, rules);
            if (PlainFile.CanRead(rows.Layout) && PlainFile.Read(path, (byte)rows.Layout.Delimiter!.Value, parser, wanted, threads, cancellation) is { } blocks)
            {
                _blocks.AddRange(blocks);
                return null;
            }

            return await ReadRowsAsync(path, rows, parser, columnOfCell.Length, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<Problem?> ReadRowsAsync(string path, RowReader rows, BlockParser parser, int cells, CancellationToken cancellation)
    {
        var block = new RowBlock(wanted, RowsOfFirstBlock);
        _blocks.Add(block);
        while (true)
        {
            switch (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                case RowState.End:
                    return null;
                case RowState.Refused:
                    return Unreadable(path, rows.Problem!);
                case RowState.Rejected:
                    block.Begin();
                    block.Faults.Add((block.Read, -1, StagingRules.Unreadable, rows.Problem!.Message));
                    break;
                default:
                    block.Begin();
                    Array.Fill(block.Current, double.NaN);
                    var usable = true;
                    for (var cell = 0; cell < cells && usable; cell++) usable = parser.Cell(cell, rows.Cell(cell), block);
                    if (usable) block.Keep();
                    break;
            }
        }
    }

    private static Problem Unreadable(string path, Problem problem) => problem with { Message = $"{Path.GetFileName(path)}: {problem.Message}" };

    private int[] ColumnsOf(IReadOnlyList<FileColumn> header, out string? missing)
    {
        var columnOfCell = new int[header.Count];
        var found = new bool[readers.Length];
        for (var cell = 0; cell < header.Count; cell++)
        {
            var name = renamed.GetValueOrDefault(header[cell].Name, header[cell].Name);
            columnOfCell[cell] = Array.FindIndex(readers, reader => reader.Column.Name == name);
            if (columnOfCell[cell] >= 0) _seen[columnOfCell[cell]] = found[columnOfCell[cell]] = true;
        }

        missing = readers.Where((reader, column) => !found[column] && !reader.Column.Optional).Select(reader => reader.Column.Name).FirstOrDefault();
        return columnOfCell;
    }

    private Problem MissingColumn(string path, string column) => new("staging.column.missing", $"The file {Path.GetFileName(path)} has no column {column}.")
    {
        Field = $"{table.Name}.{column}",
        Remedy = "Add the column, or name the header that stands for it under read.rename.",
    };

    /// <summary>Hands over the faults of all blocks, file by file; the refusal when a rule rejects the whole file.</summary>
    private Problem? Report(Action<StagingFinding> find)
    {
        var before = 0L;
        foreach (var block in _blocks)
        {
            foreach (var (row, column, kind, value) in block.Faults)
            {
                var rule = rules.Always(kind);
                var (file, number) = StagedTable.PlaceOf(_files, before + row);
                var definition = column < 0 ? null : table.Columns[column];
                var finding = new StagingFinding(table.Name, file, number, rule.Code, rule.Verdict, definition?.Name, value, StagingRules.RemedyOf(kind, definition));
                find(finding);
                if (rule.Verdict == QuarantineVerdict.RejectFile) return Rejected(finding);
            }

            before += block.Read;
        }

        return null;
    }

    internal static Problem Rejected(StagingFinding finding) => new("staging.file.rejected", string.Create(
        CultureInfo.InvariantCulture, $"{finding.File}, row {finding.Row}: rule {finding.Code} refuses the whole file."))
    {
        Field = finding.Column is null ? finding.Table : $"{finding.Table}.{finding.Column}",
        Row = finding.Row,
        Remedy = finding.Remedy,
    };

    private StagedTable Join()
    {
        var rows = _blocks.Sum(block => block.Rows);
        var columns = new double[]?[readers.Length];
        Parallel.For(0, readers.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, column =>
        {
            if (!wanted[column] || (rows > 0 && !_seen[column])) return;
            var cells = GC.AllocateUninitializedArray<double>(rows);
            var at = 0;
            foreach (var block in _blocks)
            {
                block.Columns[column].AsSpan(0, block.Rows).CopyTo(cells.AsSpan(at));
                at += block.Rows;
            }

            columns[column] = cells;
        });
        return new StagedTable
        {
            Definition = table,
            Rows = rows,
            Columns = columns,
            Pools = [.. readers.Select(reader => reader.Pool)],
            RowNumbers = Numbers(rows),
            Files = _files,
            RowsRead = _blocks.Sum(block => (long)block.Read),
        };
    }

    private int[] Numbers(int rows)
    {
        var numbers = GC.AllocateUninitializedArray<int>(rows);
        var (at, before) = (0, 0);
        foreach (var block in _blocks)
        {
            for (var row = 0; row < block.Rows; row++) numbers[at++] = before + block.RowNumbers[row];
            before += block.Read;
        }

        return numbers;
    }
}
