using System.CommandLine;
using System.Text;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>generate --scorecard ID --rows N --seed S --out FILE.csv</c>: synthetic rows with outcome.</summary>
public static class GenerateCommand
{
    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var scorecard = new Option<string>("--scorecard") { Description = "Scorecard whose dictionary describes the data.", Required = true };
        var rows = new Option<int?>("--rows") { Description = "Rows (default: as the dictionary says)." };
        var output = new Option<string>("--out") { Description = "CSV file to write.", Required = true };
        var drift = new Option<double>("--drift") { Description = "Strength of the drift switch, 0 to 1." };
        var bias = new Option<double>("--bias") { Description = "Strength of the bias switch, 0 to 1." };
        foreach (var share in new[] { drift, bias })
            share.Validators.Add(result => { if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1)) result.AddError($"{share.Name} is between 0 and 1."); });
        rows.Validators.Add(result => { if (result.GetValueOrDefault<int?>() < 0) result.AddError("--rows is not negative."); });
        var (seed, data) = (SharedOptions.Seed(), SharedOptions.Data());
        var generate = new Command("generate", "Write synthetic rows with outcome.") { scorecard, rows, seed, output, drift, bias, data };
        generate.SetAction(async (parsed, cancellationToken) =>
        {
            var found = await Dictionaries.FindAsync(parsed.GetRequiredValue(scorecard), parsed.GetValue(data), cancellationToken);
            if (!found.Then(SyntheticGenerator.Create).TryGet(out var generator, out var problems)) return CommandLine.Refuse(problems);
            var count = parsed.GetValue(rows) ?? generator.DefaultRows;
            var switches = new SyntheticSwitches(parsed.GetValue(seed), parsed.GetValue(drift), parsed.GetValue(bias));
            var progress = new ConsoleProgress();
            await ResultFile.WriteAsync(parsed.GetRequiredValue(output), async stream =>
            {
                await using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16);
                await SyntheticCsv.WriteAsync(generator, count, switches, writer, new DirectProgress<int>(written => progress.Report(("Writing rows", (double)written / Math.Max(1, count)))), cancellationToken);
            }, cancellationToken);
            progress.Done();
            Console.WriteLine($"{count} rows written to {parsed.GetRequiredValue(output)}.");
            return 0;
        });
        return generate;
    }
}
