using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

/// <summary>A file read to its end, for assertions.</summary>
internal sealed record ReadTable(FileLayout Layout, IReadOnlyList<string[]> Rows, IReadOnlyList<Problem> Rejected, Problem? Refusal)
{
    public string[] Names => [.. Layout.Columns.Select(column => column.Name)];
}

/// <summary>Reads texts and bytes as files.</summary>
internal static class Tables
{
    public static Task<Outcome<RowReader>> OpenAsync(byte[] bytes, FileReadOptions? options = null) =>
        TabularFile.OpenAsync(new MemoryStream(bytes), options ?? FileReadOptions.Default, TestContext.Current.CancellationToken);

    public static async Task<ReadTable> ReadAsync(string text, FileReadOptions? options = null) => await ReadAsync(Encoding.UTF8.GetBytes(text), options);

    public static async Task<ReadTable> ReadAsync(byte[] bytes, FileReadOptions? options = null) => await ReadAsync((await OpenAsync(bytes, options)).Value);

    public static async Task<ReadTable> ReadFileAsync(string path, FileReadOptions? options = null) =>
        await ReadAsync((await TabularFile.OpenAsync(path, options ?? FileReadOptions.Default, TestContext.Current.CancellationToken)).Value);

    public static async Task<Problem> RefusalAsync(string text, FileReadOptions? options = null) => await RefusalAsync(Encoding.UTF8.GetBytes(text), options);

    public static async Task<Problem> RefusalAsync(byte[] bytes, FileReadOptions? options = null)
    {
        var opened = await OpenAsync(bytes, options);

        return Assert.Single(opened.Problems);
    }

    private static async Task<ReadTable> ReadAsync(RowReader opened)
    {
        await using var reader = opened;
        var (rows, rejected) = (new List<string[]>(), new List<Problem>());
        while (true)
        {
            switch (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                case RowState.Row:
                    rows.Add([.. Enumerable.Range(0, reader.Columns.Count).Select(reader.Text)]);
                    break;
                case RowState.Rejected:
                    rejected.Add(reader.Problem!);
                    break;
                case RowState.Refused:
                    return new ReadTable(reader.Layout, rows, rejected, reader.Problem);
                default:
                    return new ReadTable(reader.Layout, rows, rejected, null);
            }
        }
    }
}
