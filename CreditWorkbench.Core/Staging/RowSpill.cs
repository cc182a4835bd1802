using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Rows of one large table in files: those of one group of base rows lie in one file, in the order of the delivery; those of no
/// base row lie in a file of their own.</summary>
/// <remarks>A row is its number, its group and its cells: numbers as doubles, free texts as length and bytes.</remarks>
internal sealed class RowSpill : IDisposable
{
    private readonly StagingTable _table;
    private readonly bool[] _wanted;
    private readonly bool[] _isText;
    private readonly bool _hasText;
    private readonly BaseGroups _groups;
    private readonly RepeatedKeys _keys;
    private readonly SpillWriter[] _files;
    private readonly int _on;
    private readonly int _key;
    private readonly int _reported;

    /// <param name="folder">For the files.</param>
    /// <param name="table">The table.</param>
    /// <param name="wanted">Columns whose cells are kept.</param>
    /// <param name="groups">Groups of base rows.</param>
    /// <param name="parts">Number of files for rows with a base row.</param>
    /// <param name="lastWins">Whether of equal keys the last row is kept.</param>
    public RowSpill(SpillFolder folder, StagingTable table, bool[] wanted, BaseGroups groups, int parts, bool lastWins)
    {
        (_table, _wanted, _groups) = (table, wanted, groups);
        (_on, _key, _reported) = (IndexOf(table.On!), IndexOf(table.Key), table.Columns.ToList().FindIndex(column => column.LatestBeforeAsOf is not null));
        _isText = [.. table.Columns.Select((column, i) => column.Type is InputType.Category or InputType.Text && (column.Values.Count == 0 || i == _on || i == _key))];
        _hasText = _isText.Zip(wanted).Any(column => column is (true, true));
        _keys = new RepeatedKeys(folder, table.Name, parts, lastWins && _reported < 0);
        _files = [.. Enumerable.Range(0, parts + 1).Select(part => new SpillWriter(folder.File($"{table.Name}-rows-{part}")))];
        BytesOf = new long[groups.Count];
    }

    /// <summary>Memory in bytes that the rows of each group take while they are worked on, roughly; by the number of its first base row.</summary>
    public long[] BytesOf { get; }

    /// <summary>Memory that a row takes while it is worked on, in bytes, roughly: cells as they are, in order and once more for what is
    /// worked out of them.</summary>
    public int BytesPerRow => 64 + 24 * _wanted.Count(wanted => wanted);

    /// <summary>Adds the rows of a block, which gives its room back.</summary>
    /// <param name="block">Rows with their pools.</param>
    /// <param name="rowsBefore">Rows of the files before the block.</param>
    public void Add(RowBlock block, long rowsBefore)
    {
        for (var row = 0; row < block.Rows; row++)
        {
            var (number, group) = ((int)rowsBefore + block.RowNumbers[row], GroupOf(block, row));
            var file = _files[group < 0 ? _files.Length - 1 : group % (_files.Length - 1)];
            var before = file.Length;
            AddKey(block, row, number);
            file.Add(number);
            file.Add(group);
            for (var column = 0; column < _wanted.Length; column++)
            {
                if (_wanted[column]) AddCell(file, block, column, block.Columns[column][row]);
            }

            // Texts are held once more than they are written.
            if (group >= 0) BytesOf[group] += BytesPerRow + (_hasText ? 2 * (file.Length - before) : 0);
        }

        block.Release();
    }

    /// <summary>Ends writing and finds the rows whose key occurs elsewhere.</summary>
    public RowMarks Finish()
    {
        foreach (var file in _files) file.Flush();
        return _keys.Found();
    }

    /// <summary>Reads rows of a part.</summary>
    /// <param name="part">Number of the file; one past the last for rows without a base row.</param>
    /// <param name="first">First group to take.</param>
    /// <param name="end">Group behind the last one.</param>
    /// <param name="rowsAtOnce">Rows of one table at most.</param>
    /// <param name="readers">Readers whose pools receive the texts.</param>
    /// <param name="loader">That read the files.</param>
    /// <returns>Tables of at most that many rows, in the order of the delivery; one without rows where there are none.</returns>
    public IEnumerable<StagedTable> Read(int part, int first, int end, int rowsAtOnce, Func<CellReader[]> readers, TableLoader loader)
    {
        using var file = File.OpenHandle(_files[part].Path);
        var reader = new SpillReader(file, 0, _files[part].Length, 1 << 20);
        do
        {
            var (own, rows) = (readers(), 0);
            var block = new RowBlock(own, _wanted, 1 << 12);
            for (; !reader.AtEnd && rows < rowsAtOnce; rows = block.Rows) ReadRow(reader, block, first, end);
            var table = Table(block, own, loader);
            block.Release();
            yield return table;
        }
        while (!reader.AtEnd);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
        _keys.Dispose();
    }

    private int GroupOf(RowBlock block, int row)
    {
        var key = block.Columns[_on][row];
        return _isText[_on] && !double.IsNaN(key) ? _groups.Of(block.Readers[_on].Pool.TextOf((int)key)) : _groups.Of(key);
    }

    private void AddKey(RowBlock block, int row, int number)
    {
        var key = block.Columns[_key][row];
        if (double.IsNaN(key)) return;
        if (_reported < 0 && !_isText[_key])
        {
            _keys.Add(key, number);
            return;
        }

        var text = _isText[_key] ? block.Readers[_key].Pool.TextOf((int)key) : BitConverter.GetBytes(key);
        if (_reported < 0)
        {
            _keys.Add(text, number);
            return;
        }

        // Where an account reports several times, key and date of the report together are the key; all missing dates are one.
        var day = block.Columns[_reported][row];
        _keys.Add([.. BitConverter.GetBytes(double.IsNaN(day) ? double.NaN : day), .. text], number);
    }

    private void AddCell(SpillWriter file, RowBlock block, int column, double cell)
    {
        if (!_isText[column])
        {
            file.Add(cell);
            return;
        }

        if (double.IsNaN(cell))
        {
            file.Add(-1);
            file.Add(cell);
            return;
        }

        var text = block.Readers[column].Pool.TextOf((int)cell);
        file.Add(text.Length);
        file.Add(text);
    }

    private void ReadRow(SpillReader reader, RowBlock block, int first, int end)
    {
        var (number, group) = (reader.Next<int>(), reader.Next<int>());
        var isWanted = group < 0 || (group >= first && group < end);
        for (var column = 0; column < _wanted.Length; column++)
        {
            if (!_wanted[column]) continue;
            if (!_isText[column]) block.Current[column] = reader.Next<double>();
            else if (reader.Next<int>() is var length and >= 0)
            {
                var text = reader.Next(length);
                if (isWanted) block.Current[column] = block.Readers[column].Pool.IndexOf(text);
            }
            else block.Current[column] = reader.Next<double>();
        }

        if (isWanted) block.Keep(number);
    }

    private StagedTable Table(RowBlock block, CellReader[] readers, TableLoader loader)
    {
        var columns = new double[]?[_wanted.Length];
        for (var column = 0; column < columns.Length; column++)
        {
            // A column that no file has is no column, as for a table in memory.
            if (_wanted[column] && (loader.RowsRead == 0 || loader.Has(column))) columns[column] = block.Columns[column][..block.Rows];
        }

        return new StagedTable
        {
            Definition = _table,
            Rows = block.Rows,
            Columns = columns,
            Pools = [.. readers.Select(reader => reader.Pool)],
            RowNumbers = block.RowNumbers[..block.Rows],
            Files = loader.Files,
            RowsRead = loader.RowsRead,
        };
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _table.Columns.Count; i++)
        {
            if (_table.Columns[i].Name == name) return i;
        }

        throw new ArgumentException($"The table {_table.Name} has no column {name}.", nameof(name));
    }
}
