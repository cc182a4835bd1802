using System.Data.Common;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>Adds many predictions with few statements; those that are there already stay as they are.</summary>
internal static class PredictionRows
{
    // SQLite looks every parameter up by name among all of a statement's, one after the other: 800 of them cost twenty times as much a row as 20.
    // Another server is spared round trips instead.
    private const int RowsPerRoundTrip = 40;
    private static readonly string[] Columns =
    [
        nameof(PredictionRow.Id), nameof(PredictionRow.At), nameof(PredictionRow.ClientId), nameof(PredictionRow.ScorecardId), nameof(PredictionRow.ReleaseHash), nameof(PredictionRow.Model),
        nameof(PredictionRow.NumericContract), nameof(PredictionRow.InputHash), nameof(PredictionRow.Kind), nameof(PredictionRow.Issued), nameof(PredictionRow.Grade), nameof(PredictionRow.Decision),
        nameof(PredictionRow.MarginBits), nameof(PredictionRow.Pd), nameof(PredictionRow.Warnings), nameof(PredictionRow.FromCache), nameof(PredictionRow.ReferenceToken),
        nameof(PredictionRow.Snapshot), nameof(PredictionRow.BlockId), nameof(PredictionRow.Place),
    ];

    /// <summary>Adds rows within the context's transaction.</summary>
    public static async Task AddAsync(WorkbenchContext context, IReadOnlyList<PredictionRow> rows, CancellationToken cancellationToken)
    {
        foreach (var chunks in rows.Chunk(context.Database.IsSqlite() ? 1 : RowsPerRoundTrip).GroupBy(chunk => chunk.Length))
        {
            await using var command = Command(context, chunks.Key);
            foreach (var chunk in chunks)
            {
                for (var i = 0; i < chunk.Length; i++) Fill(command, i * Columns.Length, chunk[i], context.Database.IsSqlite());
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private static DbCommand Command(WorkbenchContext context, int rows)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        var values = Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range(row * Columns.Length, Columns.Length).Select(i => $"@p{i}"))})");
        command.CommandText = $"INSERT INTO \"Predictions\" ({string.Join(", ", Columns.Select(column => $"\"{column}\""))}) VALUES {string.Join(", ", values)} ON CONFLICT (\"Id\") DO NOTHING";
        for (var i = 0; i < rows * Columns.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static void Fill(DbCommand command, int first, PredictionRow row, bool isSqlite)
    {
        object[] values =
        [
            row.Id, isSqlite ? row.At.UtcTicks : row.At, row.ClientId, row.ScorecardId, row.ReleaseHash, row.Model, row.NumericContract, row.InputHash, row.Kind, row.Issued, row.Grade,
            row.Decision.ToString(), row.MarginBits, row.Pd ?? (object)DBNull.Value, row.Warnings, row.FromCache, row.ReferenceToken ?? (object)DBNull.Value, row.Snapshot, row.BlockId, row.Place,
        ];
        for (var i = 0; i < values.Length; i++) command.Parameters[first + i].Value = values[i];
    }
}
