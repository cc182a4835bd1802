namespace CreditWorkbench.Core.Intake;

/// <summary>Rows of a file with one flat JSON object to a line; blank lines do not count.</summary>
internal sealed class JsonLineReader(LineReader lines, FileLayout layout, FileReadOptions options) : RowReader(layout)
{
    private readonly JsonRow _row = new(layout.Columns, options.MaxCellBytes);

    /// <inheritdoc/>
    public override async ValueTask<RowState> ReadAsync(CancellationToken cancellationToken)
    {
        Problem = null;
        while (await lines.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (lines.Line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0) continue;
            Row++;
            return _row.Parse(lines.Line) is { } problem ? Reject(problem) : RowState.Row;
        }

        return lines.Failure is { } failure ? Refuse(failure) : RowState.End;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Cell(int column) => _row[column];

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => lines.DisposeAsync();
}
