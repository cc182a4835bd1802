using System.Buffers;

namespace CreditWorkbench.Core.Staging;

/// <summary>Rows that one thread read: cells column by column, and what could not be used.</summary>
internal sealed class RowBlock
{
    private readonly bool[] _wanted;
    private int _capacity;

    /// <param name="readers">Readers of the cells, whose pools hold the texts.</param>
    /// <param name="wanted">Columns whose cells are kept.</param>
    /// <param name="capacity">Rows to make room for.</param>
    public RowBlock(CellReader[] readers, bool[] wanted, int capacity)
    {
        (Readers, _wanted, _capacity) = (readers, wanted, Math.Max(64, capacity));
        Columns = [.. wanted.Select(want => want ? ArrayPool<double>.Shared.Rent(_capacity) : [])];
        RowNumbers = ArrayPool<int>.Shared.Rent(_capacity);
        Current = new double[wanted.Length];
        Array.Fill(Current, double.NaN);
    }

    /// <summary>Readers of the cells.</summary>
    public CellReader[] Readers { get; }

    /// <summary>Cells of each wanted column; the first <see cref="Rows"/> count.</summary>
    public double[][] Columns { get; }

    /// <summary>Row of the block, one-based, that each kept row was.</summary>
    public int[] RowNumbers { get; private set; }

    /// <summary>Cells of the row that is being read.</summary>
    public double[] Current { get; }

    /// <summary>Rows kept.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows read.</summary>
    public int Read { get; private set; }

    /// <summary>Rows that could not be used, with row of the block, column (-1 for the row), kind and cell.</summary>
    public List<(int Row, int Column, string Kind, string Value)> Faults { get; } = [];

    /// <summary>Counts a row of the file.</summary>
    public void Begin() => Read++;

    /// <summary>Keeps the current row under the number that it has in the block.</summary>
    public void Keep() => Keep(Read);

    /// <summary>Keeps the current row under a number.</summary>
    public void Keep(int number)
    {
        if (Rows == _capacity) Grow();
        for (var column = 0; column < _wanted.Length; column++)
        {
            if (_wanted[column]) Columns[column][Rows] = Current[column];
        }

        RowNumbers[Rows++] = number;
    }

    /// <summary>Gives the room back; the block has no rows any more.</summary>
    public void Release()
    {
        for (var column = 0; column < _wanted.Length; column++)
        {
            if (!_wanted[column]) continue;
            ArrayPool<double>.Shared.Return(Columns[column]);
            Columns[column] = [];
        }

        ArrayPool<int>.Shared.Return(RowNumbers);
        (RowNumbers, Rows, _capacity) = ([], 0, 0);
    }

    private void Grow()
    {
        _capacity = Math.Max(64, _capacity * 2);
        for (var column = 0; column < _wanted.Length; column++)
        {
            if (_wanted[column]) Columns[column] = Grown(Columns[column]);
        }

        RowNumbers = Grown(RowNumbers);
    }

    private T[] Grown<T>(T[] cells)
    {
        var larger = ArrayPool<T>.Shared.Rent(_capacity);
        cells.AsSpan(0, Rows).CopyTo(larger);
        ArrayPool<T>.Shared.Return(cells);
        return larger;
    }
}
