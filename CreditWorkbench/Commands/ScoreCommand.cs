using System.CommandLine;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>score --model M --input FILE --out FILE</c>: scores any number of rows, with reasons, contributions and roadmaps.</summary>
public static class ScoreCommand
{
    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var (model, input, data, threads) = (SharedOptions.Model(), SharedOptions.Input(), SharedOptions.Data(), SharedOptions.Threads());
        var output = new Option<string>("--out") { Description = "CSV file to write.", Required = true };
        var id = new Option<string?>("--id") { Description = "Column to carry over as the first one." };
        var explain = new Option<string>("--explain") { Description = "none, top4 or full.", DefaultValueFactory = _ => "none" };
        var method = new Option<string>("--method") { Description = "interventional or path.", DefaultValueFactory = _ => "interventional" };
        var roadmap = new Option<bool>("--roadmap") { Description = "Add a roadmap per row." };
        var maxErrors = new Option<long>("--max-errors") { Description = "Fail when more rows are refused.", DefaultValueFactory = _ => long.MaxValue };
        explain.AcceptOnlyFromAmong("none", "top4", "full");
        method.AcceptOnlyFromAmong("interventional", "path");
        var score = new Command("score", "Score a file.") { model, input, output, id, explain, method, roadmap, maxErrors, threads, data };
        score.SetAction(async (parsed, cancellationToken) =>
        {
            var opened = await ModelReferences.OpenAsync(parsed.GetRequiredValue(model), parsed.GetValue(data), cancellationToken);
            if (!opened.TryGet(out var line, out var problems)) return CommandLine.Refuse(problems);
            var file = await TabularFile.OpenAsync(parsed.GetRequiredValue(input), FileReadOptions.Default, cancellationToken);
            if (!file.TryGet(out var reader, out problems)) return CommandLine.Refuse(problems);
            await using var rows = reader;
            var sheet = ScoreSheet.Open(line, parsed.GetValue(id), Enum.Parse<SheetExplanation>(parsed.GetRequiredValue(explain), ignoreCase: true),
                parsed.GetValue(method) == "path" ? AttributionMethod.PathDependent : AttributionMethod.Interventional, parsed.GetValue(roadmap));
            if (!sheet.TryGet(out var columns, out problems)) return CommandLine.Refuse(problems);
            var run = ScoreRun.Create(columns, line.Release.Definition, rows, parsed.GetValue(id), parsed.GetValue(threads));
            if (!run.TryGet(out var ready, out problems)) return CommandLine.Refuse(problems);
            return await WriteAsync(ready, parsed.GetRequiredValue(output), parsed.GetValue(maxErrors), cancellationToken);
        });
        return score;
    }

    private static async Task<int> WriteAsync(ScoreRun run, string path, long maxErrors, CancellationToken cancellationToken)
    {
        var written = await ResultFile.WriteAsync(path, stream => run.WriteAsync(stream, maxErrors, cancellationToken), cancellationToken);
        if (!written.TryGet(out var result, out var problems)) return CommandLine.Refuse(problems);
        if (result.Rejected > 0) await Console.Error.WriteLineAsync($"{result.Rejected} rows rejected; the column error says why.");
        Console.WriteLine($"{result.Rows - result.Rejected} of {result.Rows} rows scored.");
        return 0;
    }
}
