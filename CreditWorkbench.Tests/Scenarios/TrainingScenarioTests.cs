using System.Globalization;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Commands;
using CreditWorkbench.Tests.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>Bring your own: a public file that nobody here wrote becomes a dictionary, a model, a package and a scored file.</summary>
public sealed class TrainingScenarioTests(HelocModel heloc) : IClassFixture<HelocModel>, IDisposable
{
    private const int AllRows = 10_459;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Heloc_ScoredWithFullExplanation_AddsUpOnEveryRow()
    {
        var sheet = await ScoreAsync(await heloc.LineAsync(), RealData.File(HelocModel.Path), AttributionMethod.Interventional);

        Assert.Equal(AllRows, AddsUp(sheet));
    }

    [Fact]
    public async Task Heloc_ScoredByThePathMethod_AddsUpOnASample()
    {
        var sheet = await ScoreAsync(await heloc.LineAsync(), Heloc(500), AttributionMethod.PathDependent);

        Assert.Equal(500, AddsUp(sheet));
    }

    [Fact]
    public async Task Heloc_SpecialCodes_GetADirectionOfTheirOwn()
    {
        var line = await heloc.LineAsync();

        Assert.All(line.Release.Definition.Inputs, input => Assert.Equal(["-7", "-8", "-9"], input.Specials.Select(special => special.Value).Order(StringComparer.Ordinal)));
        Assert.All(line.Release.Program.Columns, column => Assert.Equal(3, column.SpecialCodes.Count));
    }

    [Fact]
    public async Task Heloc_PackageWrittenAndRead_ScoresBitForBit()
    {
        var (file, line) = (Heloc(500), await heloc.LineAsync());

        var again = new ServingLine(Releases.Of(PackageEncoding.Read(PackageEncoding.Write(line.Release.Package)).Value));

        Assert.Equal((await ScoreAsync(line, file, AttributionMethod.Interventional)).Column("margin"), (await ScoreAsync(again, file, AttributionMethod.Interventional)).Column("margin"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Heloc_OutcomesShuffled_LearnsNothing(int seed)
    {
        var request = await HelocModel.OpenAsync(Shuffled(Heloc(3_000), seed));

        var auc = new TrainingLine(TimeProvider.System).Run(request, null, Cancellation).Value.Winner.Auc.Mean;

        // Standard error of an AUC without signal: sqrt((n + 1) / (12 x goods x bads)), over the cross-validated rows.
        var (n, bads) = (0.75 * request.Dataset.Rows, 0.75 * request.Dataset.Positives);
        var error = Math.Sqrt((n + 1) / (12 * bads * (n - bads)));
        Assert.InRange(auc, 0.5 - 3 * error, 0.5 + 3 * error);
    }

    private async Task<Sheet> ScoreAsync(ServingLine line, string file, AttributionMethod method)
    {
        var output = _folder.File($"{Guid.CreateVersion7():N}.csv");
        await using (var rows = (await TabularFile.OpenAsync(file, FileReadOptions.Default, Cancellation)).Value)
        await using (var stream = File.Create(output))
        {
            var run = ScoreRun.Create(new ScoreSheet(line, null, SheetExplanation.Full, method, roadmap: false), line.Release.Definition, rows, null, 2).Value;
            var written = await run.WriteAsync(stream, maxErrors: 0, Cancellation);
            Assert.True(written.Succeeded, string.Join(' ', written.Problems));
        }

        return Sheet.Read(output);
    }

    // Rows whose contributions end in the margin, and whose points end in the issued score.
    private static int AddsUp(Sheet sheet)
    {
        int[] phi = [.. sheet.Header.Index().Where(column => column.Item.StartsWith("phi_", StringComparison.Ordinal)).Select(column => column.Index)];
        int[] points = [.. sheet.Header.Index().Where(column => column.Item.StartsWith("points_", StringComparison.Ordinal)).Select(column => column.Index)];
        Assert.Equal((23, 23), (phi.Length, points.Length));
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            var margin = sheet.Number(row, "margin");
            Assert.Equal(margin, sheet.Number(row, "base") + Sum(sheet.Rows[row], phi), 1e-9 * Math.Max(1e-3, Math.Abs(margin)));
            Assert.Equal(sheet.Number(row, "score"), sheet.Number(row, "base_points") + Sum(sheet.Rows[row], points) + sheet.Number(row, "rounding") + sheet.Number(row, "clip"), 1e-6);
        }

        return sheet.Rows.Count;
    }

    private static double Sum(string[] cells, int[] columns) => columns.Sum(column => double.Parse(cells[column], CultureInfo.InvariantCulture));

    private string Heloc(int rows)
    {
        var lines = File.ReadLines(RealData.File(HelocModel.Path)).Take(rows + 1);
        return _folder.Write($"heloc-{rows}.csv", string.Join('\n', lines) + "\n");
    }

    private string Shuffled(string file, int seed)
    {
        var lines = File.ReadAllLines(file);
        string[] outcomes = [.. lines.Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)])];
        new Random(seed).Shuffle(outcomes);
        for (var row = 0; row < outcomes.Length; row++) lines[row + 1] = outcomes[row] + lines[row + 1][lines[row + 1].IndexOf(',', StringComparison.Ordinal)..];
        return _folder.Write($"shuffled-{seed}.csv", string.Join('\n', lines) + "\n");
    }
}
