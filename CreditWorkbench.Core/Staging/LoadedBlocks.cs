using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Blocks of rows of a table that is held in memory as a whole.</summary>
/// <param name="table">The table.</param>
/// <param name="wanted">Columns whose cells are kept.</param>
internal sealed class LoadedBlocks(StagingTable table, bool[] wanted)
{
    private readonly List<RowBlock> _blocks = [];

    /// <summary>Adds a block.</summary>
    public void Add(RowBlock block) => _blocks.Add(block);

    /// <summary>The rows of all blocks as one table; the blocks give their room back.</summary>
    /// <param name="loader">That read them.</param>
    /// <param name="readers">Of each column, with the pools of texts.</param>
    /// <param name="threads">Threads at most.</param>
    public StagedTable Joined(TableLoader loader, CellReader[] readers, int threads)
    {
        var rows = _blocks.Sum(block => block.Rows);
        var columns = new double[]?[readers.Length];
        Parallel.For(0, readers.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, column =>
        {
            if (wanted[column] && (rows == 0 || loader.Has(column))) columns[column] = Joined(rows, block => block.Columns[column]);
        });
        var numbers = Numbers(rows);
        foreach (var block in _blocks) block.Release();
        return new StagedTable
        {
            Definition = table,
            Rows = rows,
            Columns = columns,
            Pools = [.. readers.Select(reader => reader.Pool)],
            RowNumbers = numbers,
            Files = loader.Files,
            RowsRead = loader.RowsRead,
        };
    }

    private double[] Joined(int rows, Func<RowBlock, double[]> cellsOf)
    {
        var cells = GC.AllocateUninitializedArray<double>(rows);
        var at = 0;
        foreach (var block in _blocks)
        {
            cellsOf(block).AsSpan(0, block.Rows).CopyTo(cells.AsSpan(at));
            at += block.Rows;
        }

        return cells;
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
