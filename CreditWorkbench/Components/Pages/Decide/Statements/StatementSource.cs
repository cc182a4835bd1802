using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Web.Components.Pages.Decide.Statements;

/// <summary>An uploaded statement, held until it is taken over or left.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Bytes">As it came.</param>
public sealed record StatementSource(string Name, byte[] Bytes)
{
    private static readonly FileReadOptions Limits = new() { MaxBytes = 200 << 20, MaxColumns = 200, MaxCellBytes = 16 << 10 };

    /// <summary>Opens the rows.</summary>
    /// <param name="delimiter">Chosen by a person; null finds it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<Outcome<RowReader>> OpenAsync(char? delimiter, CancellationToken cancellationToken) =>
        TabularFile.OpenAsync(new MemoryStream(Bytes, writable: false), Limits with { Delimiter = delimiter }, cancellationToken);

    /// <summary>Reads the bookings as a mapping says, away from the page's own thread.</summary>
    public Task<Outcome<StatementReading>> ReadAsync(ScorecardDefinition definition, StatementMapping mapping, StatementUpload upload, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                if (!(await OpenAsync(mapping.Delimiter, cancellationToken)).TryGet(out var rows, out var problems)) return Outcome<StatementReading>.Refused(problems);
                await using (rows) return await MappedStatementReader.ReadAsync(definition, rows, mapping, upload, cancellationToken);
            },
            cancellationToken);
}
