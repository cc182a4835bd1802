using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.ModelBuilding;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>evaluate --model M --input FILE --target COL --bad VALUE</c>: figures of a model on a file.</summary>
public static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var (model, input, target, bad) = (SharedOptions.Model(), SharedOptions.Input(), SharedOptions.Target(), SharedOptions.Bad());
        var weight = SharedOptions.Weight();
        var (threads, json, data) = (SharedOptions.Threads(), SharedOptions.Json(), SharedOptions.Data());
        var evaluate = new Command("evaluate", "Measure a model on a labelled file.") { model, input, target, bad, weight, threads, json, data };
        evaluate.SetAction(async (parsed, cancellationToken) =>
        {
            var opened = await ModelReferences.OpenAsync(parsed.GetRequiredValue(model), parsed.GetValue(data), cancellationToken);
            if (!opened.TryGet(out var line, out var problems)) return CommandLine.Refuse(problems);
            if (!(await TabularFile.OpenAsync(parsed.GetRequiredValue(input), FileReadOptions.Default, cancellationToken)).TryGet(out var reader, out problems)) return CommandLine.Refuse(problems);
            await using var rows = reader;
            IReadOnlyList<string>? values = null;
            if (parsed.GetValue(bad) is { } list && !OutcomeLabels.ParseList(list).TryGet(out values, out problems)) return CommandLine.Refuse(problems);
            var outcome = await ModelCheck.RunAsync(line.Release, rows, parsed.GetValue(target), values, parsed.GetValue(weight), parsed.GetValue(threads), cancellationToken);
            if (!outcome.TryGet(out var result, out problems)) return CommandLine.Refuse(problems);
            var report = result.Evaluation.Report;
            if (parsed.GetValue(json) is { } file)
            {
                var text = JsonSerializer.Serialize(
                    new
                    {
                        model = line.Release.Model.Reference,
                        rows = result.Rows,
                        positives = result.Positives,
                        rejectedRows = result.Rejected.Count,
                        weights = parsed.GetValue(weight) is { } by ? new { column = by, weightedFigures = RowWeighting.WeightedFigures.Except(["cv"]) } : null,
                        test = report,
                        evaluation = TrainingResultJson.Evaluation(result.Evaluation),
                        curves = TrainingResultJson.Curves(result.Evaluation.Curves),
                        fairness = result.Fairness,
                    }, Indented);
                await ResultFile.WriteTextAsync(file, text, cancellationToken);
            }

            if (result.Rejected.Count > 0) await Console.Error.WriteLineAsync($"{result.Rejected.Count} rows rejected, the first: {result.Rejected.First[0]}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Rows} rows, {result.Positives} bad: AUC {report.Auc:F4} [{report.AucLow:F4}, {report.AucHigh:F4}], Gini {report.Gini:F4}, KS {report.Ks:F3}, Brier {report.Brier:F4}, ECE {report.EceAfter:F4}"));
            return 0;
        });
        return evaluate;
    }
}
