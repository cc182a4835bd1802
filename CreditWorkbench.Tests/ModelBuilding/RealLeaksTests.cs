using System.Globalization;
using System.IO.Compression;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

/// <summary>What the leak checks say of public files. Nothing was tuned on them.</summary>
[Trait("Category", "RealData")]
public sealed class RealLeaksTests
{
    private static readonly string[] LendersModel = ["grade", "sub_grade", "grade.1"];

    [Theory]
    [InlineData("heloc", 2)]
    [InlineData("taiwan", 2)]
    [InlineData("gmsc", 4)]
    public async Task Columns_HonestFiles_GiveStrongColumnsAsWarningsAndNoError(string name, int strong)
    {
        var file = name switch { "heloc" => RealFile.Heloc, "taiwan" => RealFile.Taiwan, _ => RealFile.Gmsc };
        var request = await file.RequestAsync(new TrainingSettings());

        var findings = LeakageAudit.OfColumns(request.Dataset.Features, request.Dataset.BadMask(), new LeakageLimits(), 1, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(findings, finding => finding.Severity == LeakageSeverity.Error);
        Assert.Equal(strong, findings.Count(finding => finding.Kind == LeakageKinds.InformationValue));
    }

    [Fact]
    public async Task Columns_CopyOfTheOutcomeWithNoise_IsAnError()
    {
        var request = await RealFile.Heloc.RequestAsync(new TrainingSettings());
        var (features, bad, state) = (request.Dataset.Features, request.Dataset.BadMask(), 9L);
        float[] copy = [.. bad.Select(outcome => (float)(Metrics.Samples.Next(ref state) < 0.03 != outcome ? 1 : 0))];
        var planted = new Core.Features.FeatureMatrix([.. features.Columns, Core.Features.FeatureColumn.Number("c24")], features.Rows, [.. features.Values, .. copy]);

        var findings = LeakageAudit.OfColumns(planted, bad, new LeakageLimits(), 1, TestContext.Current.CancellationToken);

        Assert.Equal("c24", Assert.Single(findings, finding => finding.Severity == LeakageSeverity.Error).Column);
    }

    [Fact]
    public void Numbers_IdsOfLendingClub_AreAnIdentityUnderAnyName()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(RealData.File("lending-club-2018/lendingclub.csv.gz")), CompressionMode.Decompress));
        var ids = new List<double>();
        for (reader.ReadLine(); reader.ReadLine() is { } line;) ids.Add(double.Parse(line.AsSpan(0, line.IndexOf(',', StringComparison.Ordinal)), CultureInfo.InvariantCulture));

        Assert.Equal(LeakageKinds.Identifier, IdentityCheck.OfNumbers("c1", [.. ids])!.Kind);
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(true, 0.722)]
    [InlineData(false, 0.706)]
    public async Task LendingClub_SecondHalfOfTheYear_ReachesThePromiseAndTheLendersModelIsFlagged(bool withLendersModel, double promise)
    {
        var file = new TrainingFile(RealData.File("lending-club-2018/lendingclub.csv.gz"))
        {
            Inference = new InferenceOptions("lending-club", "loan_status", ["1"]) { Id = "id", Time = "issue_d", Excluded = withLendersModel ? [] : LendersModel },
        };
        var settings = new TrainingSettings { Threads = Environment.ProcessorCount, JudgesAll = false, Candidates = ["boosting"], Split = SplitPlan.Default with { OutOfTimeFrom = new DateOnly(2018, 7, 1) } };
        var opened = (await file.OpenAsync(_ => settings, TestContext.Current.CancellationToken)).Value;

        var result = new TrainingLine(TimeProvider.System).Run(opened.Request, null, TestContext.Current.CancellationToken).Value;

        Assert.True(result.OutOfTime!.Report.Auc >= promise, $"{result.OutOfTime.Report.Auc:0.0000}");
        Assert.Equal(
            withLendersModel ? ["grade", "grade.1", "sub_grade"] : (IEnumerable<string>)[],
            result.Leakage.Where(finding => finding.Kind == LeakageKinds.ForeignScore).Select(finding => finding.Column).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(result.Leakage, finding => finding.Severity == LeakageSeverity.Error);
    }
}
