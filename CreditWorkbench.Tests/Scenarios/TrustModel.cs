using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>The trust scorecard, trained once for all scenarios on 1,500 generated rows as a file on disk.</summary>
public sealed class TrustModel : IAsyncLifetime
{
    public const int Rows = 1_500;

    private TrainingResult? _result;
    private ModelPackage? _package;

    public ScorecardDefinition Definition { get; } = ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml"));

    public TrainingResult Result => _result!;

    public ModelPackage Package => _package!;

    /// <summary>Applicants that the model has not seen.</summary>
    public IReadOnlyList<InputRecord> Applicants(int count, int seed = 77) =>
        [.. SyntheticGenerator.Create(Definition).Value.Rows(count, new SyntheticSwitches(seed)).Select(row => row.Record)];

    public async ValueTask InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        await WriteRowsAsync(Definition, folder.File("trust.csv"), Rows, seed: 1);
        var opened = await new TrainingFile(folder.File("trust.csv")) { Definition = Definition }.OpenAsync(Quick, CancellationToken.None);
        Assert.Equal(0, opened.Value.Rejected.Count);
        _result = new TrainingLine(TimeProvider.System).Run(opened.Value.Request, null, CancellationToken.None).Value;
        _package = ModelPackager.Pack(_result, "0.1.0", null, CancellationToken.None).Value;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Writes generated rows with outcome.</summary>
    public static async Task WriteRowsAsync(ScorecardDefinition definition, string path, int rows, int seed)
    {
        await using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
        await SyntheticCsv.WriteAsync(SyntheticGenerator.Create(definition).Value, rows, new SyntheticSwitches(seed), writer, null, CancellationToken.None);
    }

    // The dictionary's own forest, with a third of the trees and three refits: the line is the same, the wait is not.
    private static TrainingSettings Quick(ScorecardDefinition definition) => TrainingSettings.Of(definition) with
    {
        Parameters = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["forest"] = new Dictionary<string, string> { ["trees"] = "30", ["depth"] = "8", ["minSplit"] = "20", ["classWeight"] = "balanced" },
        },
        ConfidenceRefits = 3,
        Threads = 2,
    };
}
