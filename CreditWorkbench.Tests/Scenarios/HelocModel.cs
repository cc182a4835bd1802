using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Registry;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>A model of the public HELOC file by an inferred dictionary, trained once for all tests that ask for it.</summary>
public sealed class HelocModel
{
    /// <summary>The file in the folder of real data.</summary>
    public const string Path = "heloc/heloc.csv";

    private Task<ServingLine>? _line;

    /// <summary>The packaged model, ready to score; skips the calling test where the file is absent.</summary>
    public Task<ServingLine> LineAsync() => _line ??= PackagedLineAsync(RealData.File(Path));

    /// <summary>A file of HELOC rows on its way into training.</summary>
    public static async Task<TrainingRequest> OpenAsync(string file)
    {
        var inference = new InferenceOptions("heloc", "RiskPerformance", ["Bad"]) { Specials = SpecialCodeList.Parse("-7,-8,-9").Value };
        var opened = await new TrainingFile(file) { Inference = inference }.OpenAsync(Quick, CancellationToken.None);
        Assert.True(opened.Succeeded, string.Join(' ', opened.Problems));
        return opened.Value.Request;
    }

    private static async Task<ServingLine> PackagedLineAsync(string file)
    {
        var result = new TrainingLine(TimeProvider.System).Run(await OpenAsync(file), null, CancellationToken.None).Value;
        var package = ModelPackager.Pack(result, "0.1.0", null, CancellationToken.None);
        Assert.True(package.Succeeded, string.Join(' ', package.Problems));
        return new ServingLine(Releases.Of(package.Value));
    }

    // Few and shallow trees: what is tested does not depend on how well they rank.
    private static TrainingSettings Quick(ScorecardDefinition definition) => TrainingSettings.Of(definition) with
    {
        Candidates = ["boosting"],
        Choose = "best",
        Parameters = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["boosting"] = new Dictionary<string, string> { ["trees"] = "40", ["depth"] = "4" } },
        ConfidenceRefits = 0,
        AcknowledgesAll = true,
        Threads = 2,
    };
}
