using System.IO.Compression;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Staging;

/// <summary>Whatever a delivery holds: a row is kept out with file, row, code and remedy, or the delivery is refused.</summary>
public sealed class StagingBadInputTests : IDisposable
{
    private const string Good = "1,7,2024-06-01 10:00:00,50,food,card\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2,7,yesterday,5,food,card\n", "Q01", "ts", "yesterday")]
    [InlineData("2,7,2024-06-01,five,food,card\n", "Q01", "amount", "five")]
    [InlineData("2,7,2024-06-01,5,food\n", "Q01", null, "5 cells instead of 6")]
    [InlineData(",7,2024-06-01,5,food,card\n", "Q02", "txn_id", "")]
    [InlineData("1,7,2024-06-02,5,food,card\n", "Q03", "txn_id", "1")]
    [InlineData("2,7,2024-06-01,10000001,food,card\n", "Q04", "amount", "10000001")]
    [InlineData("2,8,2024-06-01,5,food,card\n", "Q05", "customer_id", "8")]
    [InlineData("2,7,2025-02-01,5,food,card\n", "Q11", "ts", "2025-02-01T00:00:00Z")]
    public async Task Run_BadBooking_IsQuarantinedWithPlaceAndReason(string bad, string code, string? column, string value)
    {
        LoanRiskFiles.Write(_folder.Path, bookings: LoanRiskFiles.Bookings + Good + bad);
        var findings = new List<StagingFinding>();

        var result = (await LoanRiskFiles.RunAsync(_folder.Path, findings)).Value;

        var finding = Assert.Single(findings);
        Assert.Equal(("transactions", "transactions.csv", 2L, code, column), (finding.Table, finding.File, finding.Row, finding.Code, finding.Column));
        Assert.Equal(value, finding.Value ?? "");
        Assert.NotEmpty(finding.Remedy);
        Assert.Equal(1, result.Features.Column("n_3m")!.Values[0]);
        Assert.Equal(1, result.Report.Tables.Single(table => table.Table == "transactions").RowsUsed);
    }

    [Fact]
    public async Task Run_BadValueOfASensitiveColumn_IsNotShown()
    {
        LoanRiskFiles.Write(_folder.Path, customers: LoanRiskFiles.OneCustomer + "8,3rd of May 1980,north,employed,2000,2020-01-01\n");
        var findings = new List<StagingFinding>();

        await LoanRiskFiles.RunAsync(_folder.Path, findings);

        Assert.Equal(("Q01", "birth_date", null), (findings.Single().Code, findings.Single().Column, findings.Single().Value));
    }

    [Fact]
    public async Task Run_TwoCustomersWithOneId_KeepsTheFirst()
    {
        LoanRiskFiles.Write(_folder.Path, customers: LoanRiskFiles.OneCustomer + "7,1990-01-01,south,student,1,2021-01-01\n");
        var findings = new List<StagingFinding>();

        var result = (await LoanRiskFiles.RunAsync(_folder.Path, findings)).Value;

        Assert.Equal(("customers", 2L, "Q03"), (findings.Single().Table, findings.Single().Row, findings.Single().Code));
        Assert.Equal(2000, result.Features.Column("monthly_income")!.Values[0]);
    }

    [Fact]
    public async Task Run_ConditionsOverJoinedTables_AreApplied()
    {
        LoanRiskFiles.Write(_folder.Path, customers: LoanRiskFiles.Customers + "7,2010-01-01,north,student,100,2020-01-01\n");
        var findings = new List<StagingFinding>();

        var result = (await LoanRiskFiles.RunAsync(_folder.Path, findings)).Value;

        Assert.Equal("Q08", Assert.Single(findings).Code);
        Assert.Equal(0, result.Features.Rows);
    }

    [Fact]
    public async Task Run_AWarning_KeepsTheRow()
    {
        LoanRiskFiles.Write(_folder.Path, bookings: LoanRiskFiles.Bookings + "1,7,2024-06-01 10:00:00,0,food,card\n");
        var findings = new List<StagingFinding>();

        var result = (await LoanRiskFiles.RunAsync(_folder.Path, findings)).Value;

        Assert.Equal((QuarantineVerdict.Warn, "Q09"), (findings.Single().Verdict, findings.Single().Code));
        Assert.Equal(1, result.Features.Column("n_3m")!.Values[0]);
    }

    [Fact]
    public async Task Run_TruncatedGzip_IsRefusedWithItsFile()
    {
        LoanRiskFiles.Generate(_folder.Path, 250, 1);
        var path = Path.Combine(_folder.Path, "transactions.csv");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(File.ReadAllBytes(path));
        File.Delete(path);
        File.WriteAllBytes(path + ".gz", packed.ToArray()[..^(int)(packed.Length / 2)]);

        var outcome = await LoanRiskFiles.RunAsync(_folder.Path);

        Assert.Equal(("file.broken", "transactions"), (Assert.Single(outcome.Problems).Code, outcome.Problems[0].Field));
        Assert.True(outcome.Problems[0].Row > 1, "The refusal does not say how far the file could be read.");
        Assert.Contains("transactions.csv.gz", outcome.Problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AQuoteThatNeverCloses_LosesNoRowSilently()
    {
        LoanRiskFiles.Write(_folder.Path, bookings: LoanRiskFiles.Bookings + Good + "2,7,2024-06-01,5,\"food,card\n" + "3,7,2024-06-02 10:00:00,5,food,card\n");
        var findings = new List<StagingFinding>();

        var report = (await LoanRiskFiles.RunAsync(_folder.Path, findings)).Value.Report.Tables.Single(table => table.Table == "transactions");

        Assert.Equal("Q01", findings[0].Code);
        Assert.Equal(2, findings[0].Row);
        Assert.Equal(report.RowsRead, report.RowsUsed + findings.Count(finding => finding.Verdict == QuarantineVerdict.Quarantine));
    }

    [Fact]
    public async Task Run_AFileReplacedMeanwhile_IsRefused()
    {
        LoanRiskFiles.Write(_folder.Path, bookings: LoanRiskFiles.Bookings + Good + "x,7,2024-06-01,5,food,card\n");
        var path = Path.Combine(_folder.Path, "transactions.csv");
        void Replace(StagingFinding finding)
        {
            File.WriteAllText(path + ".new", LoanRiskFiles.Bookings + Good);
            File.Move(path + ".new", path, overwrite: true);
        }

        var outcome = await StagingLine.RunAsync(LoanRiskFiles.Definition, new StagingRequest(_folder.Path, LoanRiskFiles.LoadDay), Replace, null, TestContext.Current.CancellationToken);

        Assert.Equal(("staging.file.changed", "transactions"), (outcome.Problems[0].Code, outcome.Problems[0].Field));
        Assert.Contains("transactions.csv", outcome.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_IncomeOfAnotherUnit_IsQuarantinedAsAnOutlier()
    {
        var customers = string.Concat(Enumerable.Range(8, 60).Select(id => $"{id},1980-01-01,north,employed,{1500 + 40 * id},2020-01-01\n"));
        LoanRiskFiles.Write(_folder.Path, customers: LoanRiskFiles.OneCustomer + customers + "99,1980-01-01,north,employed,9900000,2020-01-01\n");
        var findings = new List<StagingFinding>();

        var report = (await LoanRiskFiles.RunAsync(_folder.Path, findings)).Value.Report;

        Assert.Equal(("Q12", "customers.csv", 62L, "monthly_income", "9900000"), (findings.Single().Code, findings[0].File, findings[0].Row, findings[0].Column, findings[0].Value));
        Assert.Equal(1, report.Tables.Single(table => table.Table == "customers").Findings["Q12"]);
    }

    [Fact]
    public Task Run_AnEndlessCell_IsQuarantined() => EndlessCellAsync(300L << 20);

    [Fact]
    [Trait("Category", "Long")]
    public Task Run_TenGigabytesOfOneCell_AreQuarantined() => EndlessCellAsync(10L << 30);

    [Fact]
    public async Task Run_APackedFileOfOneEndlessCell_IsRefused()
    {
        LoanRiskFiles.Write(_folder.Path);
        var path = Path.Combine(_folder.Path, "transactions.csv");
        File.Delete(path);
        using (var gzip = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest))
        {
            gzip.Write(System.Text.Encoding.ASCII.GetBytes(LoanRiskFiles.Bookings + Good + "2,7,2024-06-01,5,"));
            var letters = new byte[1 << 20];
            Array.Fill(letters, (byte)'a');
            for (var i = 0; i < 64; i++) gzip.Write(letters);
        }

        var outcome = await LoanRiskFiles.RunAsync(_folder.Path);

        Assert.Equal(("file.ratio", "transactions"), (outcome.Problems[0].Code, outcome.Problems[0].Field));
        Assert.StartsWith("transactions.csv.gz: ", outcome.Problems[0].Message, StringComparison.Ordinal);
    }

    // A hole in the file stands for as many bytes as nobody would write for a test.
    private async Task EndlessCellAsync(long bytes)
    {
        LoanRiskFiles.Write(_folder.Path);
        var good = string.Concat(Enumerable.Range(1, 20_000).Select(i => $"{i},7,2024-06-01 10:00:00,50,food,card\n"));
        await using (var file = File.Create(Path.Combine(_folder.Path, "transactions.csv")))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(LoanRiskFiles.Bookings + good + "20001,7,2024-06-01,5,"));
            file.Seek(bytes, SeekOrigin.Current);
            file.Write("\n20002,7,2024-06-01 10:00:00,50,food,card\n"u8);
        }

        var findings = new List<StagingFinding>();
        var request = new StagingRequest(_folder.Path, LoanRiskFiles.LoadDay);

        var report = (await StagingLine.WriteAsync(LoanRiskFiles.Definition, request, null, findings.Add, null, TestContext.Current.CancellationToken)).Value;

        Assert.Equal(("Q01", "transactions.csv", 20_001L), (findings.Single().Code, findings[0].File, findings[0].Row));
        Assert.Contains("longer than 262,144 bytes", findings[0].Value, StringComparison.Ordinal);
        Assert.Equal(20_001, report.Tables.Single(table => table.Table == "transactions").RowsUsed);
    }

    [Fact]
    public async Task Run_AMissingFileOrColumn_IsRefused()
    {
        LoanRiskFiles.Write(_folder.Path, bookings: "txn_id,customer_id,ts,category,channel\n1,7,2024-06-01,food,card\n");
        var noColumn = await LoanRiskFiles.RunAsync(_folder.Path);
        File.Delete(Path.Combine(_folder.Path, "customers.csv"));

        var noFile = await LoanRiskFiles.RunAsync(_folder.Path);

        Assert.Equal(("staging.column.missing", "transactions.amount"), (noColumn.Problems[0].Code, noColumn.Problems[0].Field));
        Assert.Equal(("staging.file.absent", "customers"), (noFile.Problems[0].Code, noFile.Problems[0].Field));
    }

    [Fact]
    public async Task Run_ManyBadRows_FailsTheGateAndNamesTheCodes()
    {
        var bad = string.Concat(Enumerable.Range(2, 19).Select(i => $"{i},7,2024-06-01,{(i < 4 ? "x" : "5")},food,card\n"));
        LoanRiskFiles.Write(_folder.Path, bookings: LoanRiskFiles.Bookings + Good + bad);

        var report = (await LoanRiskFiles.RunAsync(_folder.Path)).Value.Report;

        Assert.False(report.Passed);
        Assert.Contains("Q01 (2)", Assert.Single(report.Gate), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ARuleThatRejectsTheFile_RefusesIt()
    {
        var rules = LoanRiskFiles.Definition.Staging!.Quarantine.Select(rule => rule.Code == "Q03" ? rule with { Verdict = QuarantineVerdict.RejectFile } : rule).ToArray();
        var strict = LoanRiskFiles.Definition with { Staging = LoanRiskFiles.Definition.Staging with { Quarantine = rules } };
        LoanRiskFiles.Write(_folder.Path, bookings: LoanRiskFiles.Bookings + Good + Good);

        var outcome = await LoanRiskFiles.RunAsync(_folder.Path, definition: strict);

        Assert.Equal("staging.file.rejected", outcome.Problems[0].Code);
        Assert.Equal(2, outcome.Problems[0].Row);
    }
}
