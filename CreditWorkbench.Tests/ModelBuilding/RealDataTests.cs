using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

/// <summary>The training line on public files under default settings. Floors are what was measured, rounded down, or what the
/// product promises.</summary>
[Trait("Category", "RealData")]
public sealed class RealDataTests
{
    private static readonly TrainingSettings Defaults = new() { Threads = Environment.ProcessorCount, JudgesAll = false };

    public static TheoryData<string, double> Promises => new()
    {
        { "heloc", 0.795 },
        { "gmsc", 0.862 },
        { "taiwan", 0.779 },
        { "polish", 0.951 },
        { "hmda", 0.813 },
        { "credit-risk", 0.938 },
        { "pakdd2009", 0.677 },
        { "german", 0.776 },
    };

    [Fact]
    public async Task Heloc_SeedOne_ReachesItsFloorWithoutAFalseLeak()
    {
        var result = Run(await RealFile.Heloc.RequestAsync(Defaults));

        TestContext.Current.TestOutputHelper?.WriteLine(Summary("heloc", result));
        Assert.True(result.Winner.Auc.Mean >= 0.785, Summary("heloc", result));
        Assert.DoesNotContain(result.Leakage, finding => finding.Severity == LeakageSeverity.Error);
        Assert.InRange(result.Test.Report.EceAfter, 0.0, 0.05);
    }

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Promises))]
    public async Task ThreeSeeds_OnAverage_ReachThePromise(string name, double promise)
    {
        var file = name switch
        {
            "heloc" => RealFile.Heloc,
            "gmsc" => RealFile.Gmsc,
            "taiwan" => RealFile.Taiwan,
            "polish" => RealFile.Polish,
            "hmda" => RealFile.Hmda,
            "credit-risk" => RealFile.CreditRisk,
            "pakdd2009" => RealFile.Pakdd,
            _ => RealFile.German,
        };
        var request = await file.RequestAsync(Defaults);

        var results = new[] { 1, 2, 3 }.Select(seed => Run(request with { Settings = Defaults with { Seed = seed } })).ToList();

        var summary = string.Join('\n', results.Select(result => Summary(name, result)));
        TestContext.Current.TestOutputHelper?.WriteLine(summary);
        Assert.True(results.Average(result => result.Overall.Mean) >= promise, summary);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Heloc_ShuffledOutcomes_StayWithinThreeStandardErrorsOfAHalf()
    {
        var request = await RealFile.Heloc.RequestAsync(Defaults);
        var outcomes = request.Dataset.Outcomes.ToArray();
        new Random(20_251_120).Shuffle(outcomes);
        var shuffled = new Core.Datasets.LabelledDataset(request.Dataset.Features, outcomes, 2) { Records = request.Dataset.Records };

        var result = Run(request with { Dataset = shuffled });

        double n = result.Split.Train.Length, bads = result.Split.Train.Count(row => outcomes[row] == 1);
        var error = Math.Sqrt((n + 1) / (12 * bads * (n - bads)));
        Assert.InRange(result.Winner.Auc.Mean, 0.5 - 3 * error, 0.5 + 3 * error);
    }

    private static TrainingResult Run(TrainingRequest request) => new TrainingLine(TimeProvider.System).Run(request, null, TestContext.Current.CancellationToken).Value;

    private static string Summary(string name, TrainingResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{name} seed {result.Request.Settings.Seed}: all rows {result.Overall.Mean:0.0000}; {string.Join(", ", result.Candidates.Select(c => $"{c.Family} {c.Auc.Mean:0.0000} +- {c.Auc.Sd:0.0000} ({c.Seconds:0.0} s)"))}; test {result.Test.Report.Auc:0.0000}, ECE {result.Test.Report.EceBefore:0.0000} -> {result.Test.Report.EceAfter:0.0000}, leaks {string.Join(" ", result.Leakage.Select(f => $"{f.Column}:{f.Kind}:{f.Severity}"))}, {result.Seconds:0.0} s");
}
