using System.Globalization;
using System.IO.Compression;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Staging;

/// <summary>A delivery that does not fit into the memory it is given ends in the same bytes.</summary>
public sealed class VolumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, "")]
    [InlineData(40_000, "")]
    [InlineData(700_000, "gz")]
    [InlineData(300_000, "quoted")]
    public async Task Write_LittleMemory_GivesTheSameFileReportAndFindings(long bytes, string packing)
    {
        LoanRiskFiles.Generate(_folder.Path, 45, seed: 8, withFaults: true);
        AddFaults(_folder.Path);
        Repack(Path.Combine(_folder.Path, "transactions.csv"), packing);
        var (wide, wideReport, wideFindings) = await WriteAsync(long.MaxValue, LoanRiskFiles.Definition);

        var (narrow, narrowReport, narrowFindings) = await WriteAsync(bytes, LoanRiskFiles.Definition);

        Assert.True(wideReport.Passed);
        Assert.Equal(wide, narrow);
        Assert.Equal(wideReport.Tables.Select(Said), narrowReport.Tables.Select(Said));
        Assert.Equal(Sorted(wideFindings), Sorted(narrowFindings));
        Assert.Contains(wideFindings, finding => finding.Code == "Q03" && finding.Table == "transactions");
        Assert.Contains(wideFindings, finding => finding.Code == "Q05" && finding.Table == "transactions");
        Assert.Contains(wideFindings, finding => finding is { Code: "Q13", Value: "9999999" });
        Assert.Empty(Directory.GetDirectories(_folder.Path));
    }

    [Theory]
    [InlineData("first")]
    [InlineData("last")]
    public async Task Write_TextKeysAndEqualTimes_GiveTheSameFile(string keep)
    {
        var definition = WithTextKeys(LoanRiskFiles.Definition, keep);
        LoanRiskFiles.Generate(_folder.Path, 30, seed: 5);
        MakeTextKeys(_folder.Path);
        var (wide, _, wideFindings) = await WriteAsync(long.MaxValue, definition);

        var (narrow, _, narrowFindings) = await WriteAsync(1, definition);

        Assert.Equal(wide, narrow);
        Assert.Equal(Sorted(wideFindings), Sorted(narrowFindings));
        Assert.Equal(keep == "first" ? 3L : 1L, Assert.Single(wideFindings, finding => finding is { Code: "Q03", Table: "transactions" }).Row);
    }

    [Fact]
    public async Task Write_GateNotPassed_LeavesTheLastFile()
    {
        LoanRiskFiles.Write(_folder.Path, bookings: LoanRiskFiles.Bookings + "1,7,2024-06-01,x,food,card\n");
        var target = Path.Combine(_folder.Path, "features.out");
        File.WriteAllText(target, "good");

        var report = (await StagingLine.WriteAsync(LoanRiskFiles.Definition, Request(1), target, null, null, TestContext.Current.CancellationToken)).Value;

        Assert.False(report.Passed);
        Assert.Equal("good", File.ReadAllText(target));
    }

    [Fact]
    public async Task Write_ALeftoverOfAKilledRun_IsRemoved()
    {
        LoanRiskFiles.Generate(_folder.Path, 20, seed: 5);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "features.out.spill"));
        File.WriteAllText(Path.Combine(_folder.Path, "features.out.spill", "transactions-rows-0"), "left behind");

        await WriteAsync(1, LoanRiskFiles.Definition);

        Assert.Empty(Directory.GetDirectories(_folder.Path));
    }

    private async Task<(byte[] File, StagingReport Report, List<StagingFinding> Findings)> WriteAsync(long bytes, ScorecardDefinition definition)
    {
        var (target, findings) = (Path.Combine(_folder.Path, "features.out"), new List<StagingFinding>());
        var outcome = await StagingLine.WriteAsync(definition, Request(bytes), target, findings.Add, null, TestContext.Current.CancellationToken);
        Assert.True(outcome.Succeeded, string.Join(Environment.NewLine, outcome.Problems));
        return (await File.ReadAllBytesAsync(target, TestContext.Current.CancellationToken), outcome.Value, findings);
    }

    private StagingRequest Request(long bytes) => new(_folder.Path, LoanRiskFiles.LoadDay) { Threads = 2, MemoryBytes = bytes };

    private static string Said(StagingTableReport table) => string.Join(
        "; ",
        [table.Table, $"{table.RowsRead} {table.RowsUsed}", .. table.Findings.OrderBy(code => code.Key, StringComparer.Ordinal).Select(code => $"{code}"), .. table.Missing.Select(column => $"{column.Key} {column.Value:R}")]);

    private static string[] Sorted(IEnumerable<StagingFinding> findings) => [.. findings.Select(finding => finding.ToString()).Order(StringComparer.Ordinal)];

    // Every rule on rows finds something, among rows of base rows and others.
    private static void AddFaults(string folder)
    {
        var path = Path.Combine(folder, "transactions.csv");
        var third = File.ReadLines(path).ElementAt(2);
        File.AppendAllText(path, $"{third}\n,7,2024-05-01 10:00:00,1,food,card\n900000001,999999,2024-05-01 10:00:00,1,food,card\n900000001,7,2024-05-01 10:00:00,1,food,card\n"
            + "900000002,7,2026-05-01 10:00:00,1,food,card\n900000003,7,2024-05-01 10:00:00,0,food,card\n900000004,7,2024-05-01,1,,card\n1.5,7,2024-05-01,1,food,card\n900000005,7,2024-05-01,1\n"
            + "900000006,7,2024-05-01,9999999,food,card\n900000007,999999,2024-05-01,-9999999,food,card\n");
    }

    private static void Repack(string path, string packing)
    {
        var text = File.ReadAllText(path);
        switch (packing)
        {
            case "gz":
                File.Delete(path);
                using (var gzip = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest)) gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
                break;
            case "quoted":
                File.WriteAllText(path, text.Replace(",food,", ",\"food\",", StringComparison.Ordinal));
                break;
        }
    }

    private static ScorecardDefinition WithTextKeys(ScorecardDefinition definition, string keep)
    {
        string[] keys = ["txn_id", "customer_id"];
        StagingTable Changed(StagingTable table) => table with { Columns = [.. table.Columns.Select(column => keys.Contains(column.Name) ? column with { Type = InputType.Text } : column)] };
        var staging = definition.Staging!;
        return definition with
        {
            Staging = staging with
            {
                Tables = [.. staging.Tables.Select(Changed)],
                Quarantine = [.. staging.Quarantine.Select(rule => rule.Rule == "key_duplicate" ? rule with { Keep = keep } : rule)],
            },
        };
    }

    private static void MakeTextKeys(string folder)
    {
        foreach (var (file, columns) in new[] { ("customers.csv", new[] { 0 }), ("credit_history.csv", [1]), ("loan_applications.csv", [1]), ("transactions.csv", [0, 1]) })
        {
            var lines = File.ReadAllLines(Path.Combine(folder, file)).Select(line => line.Split(',')).ToArray();
            foreach (var line in lines.Skip(1))
            {
                foreach (var column in columns) line[column] = $"k{int.Parse(line[column], CultureInfo.InvariantCulture) * 7919 % 10007:D5}";
            }

            if (file == "transactions.csv")
            {
                // Bookings of one second whose order their keys alone decide, and one key twice.
                for (var row = 1; row < lines.Length; row++) lines[row][2] = lines[row][2][..10];
                lines[3][0] = lines[1][0];
            }

            File.WriteAllLines(Path.Combine(folder, file), lines.Select(line => string.Join(',', line)));
        }
    }
}
