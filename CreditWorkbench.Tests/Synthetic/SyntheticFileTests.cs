using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Synthetic;

/// <summary>Generated rows of any scorecard as one file to train on.</summary>
public sealed class SyntheticFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("loan-risk.yaml", "application_id,customer_id,applied,")]
    [InlineData("consumer.yaml", "application_id,")]
    public async Task Write_AnyScorecard_IsOneFileWithOutcome(string file, string header)
    {
        var definition = Small(ScorecardFiles.Read(ScorecardFiles.Seed(file)));
        var path = Path.Combine(_folder.Path, "rows.csv");

        var written = await SyntheticFile.WriteAsync(definition, new SyntheticSwitches(1), path, 2, TestContext.Current.CancellationToken);

        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(written.Value, lines.Length - 1);
        Assert.StartsWith(header, lines[0], StringComparison.Ordinal);
        Assert.Contains(definition.Target.Column, lines[0].Split(','));
        Assert.All(definition.ModelFeatures.Where(feature => feature.From is { } from && definition.Input(from) is { }), feature => Assert.Contains(feature.From!, lines[0].Split(',')));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Write_NoGenerator_IsRefused()
    {
        var outcome = await SyntheticFile.WriteAsync(ScorecardFiles.Read(ScorecardFiles.Tiny), new SyntheticSwitches(1), Path.Combine(_folder.Path, "rows.csv"), 1, TestContext.Current.CancellationToken);

        Assert.Equal("synthetic.absent", outcome.Problems[0].Code);
    }

    private static ScorecardDefinition Small(ScorecardDefinition definition) => definition with { Synthetic = definition.Synthetic! with { Rows = 80 } };
}
