using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Forward-only reader of the rows of a file, whatever its format. Open one with <see cref="TabularFile"/>.</summary>
/// <remarks>No string is made per cell: <see cref="Cell"/> gives UTF-8 bytes that live until the next read.</remarks>
public abstract class RowReader(FileLayout layout) : IAsyncDisposable
{
    private readonly Dictionary<string, int> _positions = layout.Columns.Select((column, index) => (column.Name, index))
        .ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);

    /// <summary>What was detected about the file.</summary>
    public FileLayout Layout { get; } = layout;

    /// <summary>Columns in file order.</summary>
    public IReadOnlyList<FileColumn> Columns => Layout.Columns;

    /// <summary>One-based number of the current data row; blank lines and comments do not count. 0 before the first read.</summary>
    public long Row { get; protected set; }

    /// <summary>Why the current row was rejected or the file refused; null on a good row.</summary>
    public Problem? Problem { get; protected set; }

    /// <summary>Steps to the next data row.</summary>
    public abstract ValueTask<RowState> ReadAsync(CancellationToken cancellationToken);

    /// <summary>A cell of the current row in UTF-8, unquoted and unescaped; empty where the row has no value. Valid until the
    /// next read.</summary>
    /// <param name="column">Zero-based position in <see cref="Columns"/>.</param>
    public abstract ReadOnlySpan<byte> Cell(int column);

    /// <summary>A cell as a string.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Cell(column));

    /// <summary>Position of a column; -1 when the file has none of that name.</summary>
    public int IndexOf(string column) => _positions.GetValueOrDefault(column, -1);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Records why the row cannot be used.</summary>
    protected RowState Reject(Problem problem)
    {
        Problem = problem with { Row = Row };
        return RowState.Rejected;
    }

    /// <summary>Records why the file cannot be read further.</summary>
    protected RowState Refuse(Problem problem)
    {
        Problem = problem;
        return RowState.Refused;
    }
}
