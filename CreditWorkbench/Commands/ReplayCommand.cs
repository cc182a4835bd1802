using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>replay SCORE_OR_PREDICTION_ID [--json FILE]</c>: scores the kept values again under the release that answered. Exit code 0 when the
/// bits are equal, 1 when they differ.</summary>
public static class ReplayCommand
{
    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var data = SharedOptions.Data();
        var id = new Argument<Guid>("id") { Description = "Identity of a score or of a prediction." };
        var json = new Option<string?>("--json") { Description = "Write the result to this file." };
        var replay = new Command("replay", "Score a past case again and compare.") { id, json, data };
        replay.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            if (!(await ReplayAsync(app.Services, parsed.GetValue(id), cancellationToken)).TryGet(out var result, out var problems)) return CommandLine.Refuse(problems);
            if (parsed.GetValue(json) is { } file) await ResultFile.WriteTextAsync(file, JsonSerializer.Serialize(ReplayView.Of(result), ApiJson.Options), cancellationToken);
            Console.WriteLine(Sentence(result));
            return result.Equal ? 0 : 1;
        });
        return replay;
    }

    private static async Task<Outcome<ReplayResult>> ReplayAsync(IServiceProvider services, Guid id, CancellationToken cancellationToken)
    {
        var ofScore = await services.GetRequiredService<ReplayDesk>().ReplayAsync(id, Actor.System, cancellationToken);
        if (ofScore.Succeeded || ofScore.Problems[0].Code != "score.notFound") return ofScore;
        var ofPrediction = await services.GetRequiredService<PredictionRecords>().ReplayAsync(id, Actor.System, cancellationToken);
        return ofPrediction.Succeeded || ofPrediction.Problems[0].Code != "prediction.notFound" ? ofPrediction : new Problem("replay.notFound", $"There is no score and no prediction {id}.") { Remedy = "Check the identity and the data folder." };
    }

    private static string Sentence(ReplayResult result) => result switch
    {
        { Equal: true } => string.Create(CultureInfo.InvariantCulture, $"Equal to the bit: score {result.Issued}."),
        { EngineChanged: true } => string.Create(CultureInfo.InvariantCulture, $"Engine changed: score {result.Issued} as issued, {result.Replayed} today; the margin differs by {result.MarginDifference:G17}."),
        _ => string.Create(CultureInfo.InvariantCulture, $"NOT equal: score {result.Issued} as issued, {result.Replayed} today; the margin differs by {result.MarginDifference:G17}."),
    };
}
