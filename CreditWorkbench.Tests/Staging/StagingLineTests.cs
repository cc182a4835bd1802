using System.Globalization;
using System.IO.Compression;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Tests.Scenarios;
using Xunit;

namespace CreditWorkbench.Tests.Staging;

/// <summary>The whole line on generated deliveries.</summary>
public sealed class StagingLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Features_GeneratedDelivery_EqualANaiveCalculation()
    {
        LoanRiskFiles.Generate(_folder.Path, 120, seed: 4);
        var naive = new NaiveLoanRisk(_folder.Path);

        var features = (await LoanRiskFiles.RunAsync(_folder.Path)).Value.Features;

        var ids = features.Column("application_id")!.Values.ToArray();
        Assert.NotEmpty(ids);
        foreach (var name in NaiveLoanRisk.Names)
        {
            for (var row = 0; row < features.Rows; row++)
            {
                var (expected, actual) = (naive.Of((long)ids[row], name), features.Column(name)!.Values[row]);
                Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{name} of {ids[row]}: {actual} instead of {expected}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Features_MoreRowsAtOrAfterTheAsOfDate_StayTheSameBytes(int seed)
    {
        LoanRiskFiles.Generate(_folder.Path, 60, seed);
        var before = await FileAsync(_folder.Path, 2);
        var random = new Random(seed);
        using (var bookings = File.AppendText(Path.Combine(_folder.Path, "transactions.csv")))
        {
            foreach (var (customer, applied) in Latest(_folder.Path))
                bookings.WriteLine($"{900_000_000 + customer},{customer},{applied.AddDays(random.Next(0, 30)):yyyy-MM-dd} {random.Next(24):D2}:00:00,{random.Next(-5000, 5000)},food,card");
        }

        var after = await FileAsync(_folder.Path, 2);

        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Features_OneRowBeforeTheAsOfDate_ChangesTheBytes()
    {
        LoanRiskFiles.Generate(_folder.Path, 60, 1);
        var before = await FileAsync(_folder.Path, 2);
        var (customer, applied) = Latest(_folder.Path).First();
        File.AppendAllText(Path.Combine(_folder.Path, "transactions.csv"), $"900000000,{customer},{applied.AddDays(-1):yyyy-MM-dd} 10:00:00,12.5,food,card\n");

        Assert.NotEqual(before, await FileAsync(_folder.Path, 2));
    }

    [Fact]
    public async Task Features_AnyNumberOfThreads_AreTheSameBytes()
    {
        LoanRiskFiles.Generate(_folder.Path, 300, 2);

        Assert.Equal(await FileAsync(_folder.Path, 1), await FileAsync(_folder.Path, 3));
    }

    [Theory]
    [InlineData("gz")]
    [InlineData("ndjson")]
    [InlineData("parts")]
    [InlineData("quoted")]
    [InlineData("crlf")]
    [InlineData("zip")]
    [InlineData("utf16")]
    [InlineData("bom")]
    [InlineData("semicolon")]
    public async Task Features_OtherPackingOrFormat_AreTheSameBytes(string kind)
    {
        LoanRiskFiles.Generate(_folder.Path, 80, 3);
        var plain = await FileAsync(_folder.Path, 2);
        Repack(Path.Combine(_folder.Path, "transactions.csv"), kind);

        Assert.Equal(plain, await FileAsync(_folder.Path, 2));
    }

    [Fact]
    public async Task Features_ReadBackByTheProgram_AreTheFloatsOfTheLine()
    {
        LoanRiskFiles.Generate(_folder.Path, 150, 6);
        var result = (await LoanRiskFiles.RunAsync(_folder.Path)).Value.Features;
        var file = Path.Combine(_folder.Path, "features.out");
        FeatureFile.Write(result, file, 2, TestContext.Current.CancellationToken);
        var lines = File.ReadAllLines(file).Select(line => line.Split(',')).ToArray();
        var binder = RecordBinder.Create(LoanRiskFiles.Definition, lines[0], RecordReading.Training).Value;
        var program = FeatureProgram.Compile(LoanRiskFiles.Definition, FittedTransforms.None);
        var records = lines.Skip(1).Select((cells, row) => binder.Bind(row + 1, cells).Value).ToArray();

        var matrix = program.Run(records);

        for (var row = 0; row < records.Length; row++)
        {
            var one = program.Evaluate(records[row]).Model;
            for (var column = 0; column < matrix.Columns.Count; column++)
            {
                Assert.Equal(BitConverter.SingleToInt32Bits(one[column]), BitConverter.SingleToInt32Bits(matrix.Column(column)[row]));
                if (matrix.Columns[column].IsCategory || result.Column(matrix.Columns[column].Name) is not { } staged) continue;
                Assert.Equal(BitConverter.SingleToInt32Bits(CodedNaN.ToFloat(staged.Values[row])), BitConverter.SingleToInt32Bits(one[column]));
            }
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("windows-1252")]
    public async Task Features_TextsOfAnyEncoding_AreTheSameText(string encoding)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        LoanRiskFiles.Write(_folder.Path);
        File.WriteAllText(Path.Combine(_folder.Path, "customers.csv"), LoanRiskFiles.Customers + "7,1980-01-01,Südküste,employed,2000,2020-01-01\n", System.Text.Encoding.GetEncoding(encoding));

        var features = (await LoanRiskFiles.RunAsync(_folder.Path)).Value.Features;

        Assert.Equal("Südküste", features.Text(0, features.Columns.ToList().FindIndex(column => column.Name == "region")));
    }

    [Fact]
    public void ModelFeatures_OfLoanRisk_AreEngineeredOrUsableAndNeverIdsDatesOrTheOutcome()
    {
        var definition = LoanRiskFiles.Definition;
        string[] never = ["application_id", "customer_id", "account_id", "txn_id", "applied", "birth_date", "since_date", "defaulted", "region", "gender", "age"];

        var learnt = definition.ModelFeatures.Select(feature => feature.Name).ToHashSet();

        Assert.DoesNotContain(never, learnt.Contains);
        Assert.All(definition.Staging!.Output!.Columns.Except(never), column => Assert.Contains(column, learnt));
        Assert.All(definition.ModelFeatures, feature => Assert.False(feature.From is { } from && definition.Input(from) is { Type: Core.Scorecards.InputType.Date or Core.Scorecards.InputType.DateTime }));
        Assert.Equal(learnt, FeatureProgram.Compile(definition, FittedTransforms.None).Columns.Select(column => column.Name.Split('~', '=')[0]).ToHashSet());
    }

    private static async Task<byte[]> FileAsync(string folder, int threads)
    {
        var result = await LoanRiskFiles.RunAsync(folder, threads: threads);
        var file = Path.Combine(folder, "features.out");
        FeatureFile.Write(result.Value.Features, file, threads, TestContext.Current.CancellationToken);
        return await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<(long Customer, DateOnly Applied)> Latest(string folder) =>
        File.ReadLines(Path.Combine(folder, "loan_applications.csv")).Skip(1).Select(line => line.Split(','))
            .Select(cells => (Customer: long.Parse(cells[1], CultureInfo.InvariantCulture), Applied: DateOnly.Parse(cells[2], CultureInfo.InvariantCulture)))
            .GroupBy(each => each.Customer).Select(group => (group.Key, group.Max(each => each.Applied)));

    private static void Repack(string path, string kind)
    {
        var lines = File.ReadAllLines(path);
        File.Delete(path);
        switch (kind)
        {
            case "gz":
                using (var packed = new StreamWriter(new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest))) packed.Write(string.Join('\n', lines) + "\n");
                break;
            case "ndjson":
                var header = lines[0].Split(',');
                File.WriteAllLines(Path.ChangeExtension(path, ".ndjson"), lines.Skip(1).Select(line => line.Split(',')).Select(cells =>
                    "{" + string.Join(',', header.Zip(cells, (name, cell) => $"\"{name}\":{(name is "ts" or "category" or "channel" ? $"\"{cell}\"" : cell)}")) + "}"));
                break;
            case "parts":
                File.WriteAllLines(path.Replace(".csv", "-1.csv", StringComparison.Ordinal), lines.Take(1000));
                File.WriteAllLines(path.Replace(".csv", "-2.csv", StringComparison.Ordinal), lines.Skip(1000).Prepend(lines[0]));
                break;
            case "quoted":
                File.WriteAllLines(path, lines.Select(line => string.Join(',', line.Split(',').Select(cell => $"\"{cell}\""))));
                break;
            case "zip":
                using (var archive = new ZipArchive(File.Create(path + ".zip"), ZipArchiveMode.Create))
                using (var entry = new StreamWriter(archive.CreateEntry("transactions.csv").Open())) entry.Write(string.Join('\n', lines));
                break;
            case "utf16":
                File.WriteAllLines(path, lines, System.Text.Encoding.Unicode);
                break;
            case "bom":
                File.WriteAllLines(path, lines, new System.Text.UTF8Encoding(true));
                break;
            case "semicolon":
                File.WriteAllLines(path, lines.Select(line => line.Replace(',', ';')));
                break;
            default:
                File.WriteAllText(path, string.Join("\r\n", lines) + "\r\n");
                break;
        }
    }
}
