using System.Text;
using CreditWorkbench.Core.Intake;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

/// <summary>Counts as the description of the public data sets states them.</summary>
public sealed class RealFilesTests
{
    [Theory]
    [InlineData("heloc/heloc.csv", 10_459, 24, "RiskPerformance", "Bad", 5_459)]
    [InlineData("gmsc/cs-training.csv.zip", 150_000, 12, "SeriousDlqin2yrs", "1", 10_026)]
    [InlineData("taiwan-credit-card/credit_raw.csv", 30_000, 25, "default payment next month", "1", 6_636)]
    [InlineData("credit-risk/credit_risk_dataset.csv.gz", 32_581, 12, "loan_status", "1", 7_108)]
    [InlineData("lending-club-2018/lendingclub.csv.gz", 31_766, 45, "loan_status", "1", 8_082)]
    [InlineData("polish-1year/1year.arff.gz", 7_027, 65, "bankruptcy", "1", 271)]
    [InlineData("south-german/SouthGermanCredit.asc", 1_000, 21, "kredit", "0", 300)]
    [InlineData("hmda/hmda_train_preprocessed.zip", 160_338, 23, "high_priced", "1", 15_505)]
    public async Task Read_FileWithHeader_HasTheStatedCounts(string path, int rows, int columns, string target, string bad, int positives)
    {
        var table = await Tables.ReadFileAsync(RealData.File(path));

        Assert.Equal((rows, columns), (table.Rows.Count, table.Names.Length));
        Assert.Empty(table.Rejected);
        var at = Array.IndexOf(table.Names, target);
        Assert.Equal(positives, table.Rows.Count(row => row[at] == bad));
    }

    [Theory]
    [InlineData("german/german.data", ' ', 1_000, 21, 20, "2", 300)]
    [InlineData("australian/australian.dat", ' ', 690, 15, 14, "1", 307)]
    [InlineData("japanese/crx.data", ',', 690, 16, 15, "+", 307)]
    [InlineData("heloc/heloc_dataset_v1.txt", ' ', 10_459, 24, 0, "1", 5_459)]
    public async Task Read_FileWithoutHeader_HasTheStatedCounts(string path, char delimiter, int rows, int columns, int target, string bad, int positives)
    {
        var table = await Tables.ReadFileAsync(RealData.File(path), new FileReadOptions { HasHeader = false });

        Assert.Equal((delimiter, rows, columns), (table.Layout.Delimiter!.Value, table.Rows.Count, table.Names.Length));
        Assert.Empty(table.Rejected);
        Assert.Equal(positives, table.Rows.Count(row => row[target] == bad));
    }

    [Fact]
    public async Task Read_Pakdd_RejectsTheTwelveShiftedRows()
    {
        var table = await Tables.ReadFileAsync(RealData.File("pakdd2009/creditscoring2.csv.gz"));

        Assert.Equal(('\t', 27), (table.Layout.Delimiter!.Value, table.Names.Length));
        Assert.Equal(39_988, table.Rows.Count);
        Assert.Equal(12, table.Rejected.Count(problem => problem.Code == "row.shifted"));
        Assert.Equal([895L, 2725L], table.Rejected.Take(2).Select(problem => problem.Row!.Value));
        Assert.Equal(7_917, table.Rows.Count(row => row[26] == "1"));
    }

    [Fact]
    public async Task Read_Berka_SplitsAtSemicolons()
    {
        var loans = await Tables.ReadFileAsync(RealData.File("berka/loan.asc"));
        var transactions = await Tables.ReadFileAsync(RealData.File("berka/transactions.csv.gz"));

        Assert.Equal((682, 7), (loans.Rows.Count, loans.Names.Length));
        Assert.Equal(76, loans.Rows.Count(row => row[6] is "B" or "D"));
        Assert.Equal(30_200, transactions.Rows.Count);
        Assert.Empty(transactions.Rejected);
    }

    [Fact]
    public async Task Open_HelocWithoutHeaderReadAsIfItHadOne_SaysWhatToDo()
    {
        var opened = await TabularFile.OpenAsync(RealData.File("heloc/heloc_dataset_v1.txt"), FileReadOptions.Default, TestContext.Current.CancellationToken);

        Assert.All(opened.Problems, problem => Assert.Equal("file.header.duplicate", problem.Code));
        Assert.Contains("--no-header", opened.Problems[0].Remedy, StringComparison.Ordinal);
    }
}
