using System.CommandLine;
using System.Text;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>generate --scorecard ID --rows N --seed S --out FILE.csv</c>: synthetic rows with outcome; scorecards of several tables
/// write a folder.</summary>
public static class GenerateCommand
{
    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var scorecard = new Option<string>("--scorecard") { Description = "Scorecard whose dictionary describes the data.", Required = true };
        var rows = new Option<int?>("--rows") { Description = "Rows, of several tables customers (default: as the dictionary says)." };
        var output = new Option<string>("--out") { Description = "CSV file to write; the folder where the scorecard has several tables.", Required = true };
        var faults = new Option<bool>("--faults") { Description = "Write the faults that the dictionary states, to try the quarantine (several tables)." };
        var drift = new Option<double>("--drift") { Description = "Strength of the drift switch, 0 to 1." };
        var bias = new Option<double>("--bias") { Description = "Strength of the bias switch, 0 to 1." };
        foreach (var share in new[] { drift, bias })
            share.Validators.Add(result => { if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1)) result.AddError($"{share.Name} is between 0 and 1."); });
        rows.Validators.Add(result => { if (result.GetValueOrDefault<int?>() < 0) result.AddError("--rows is not negative."); });
        var (seed, data) = (SharedOptions.Seed(), SharedOptions.Data());
        var generate = new Command("generate", "Write synthetic rows with outcome.") { scorecard, rows, seed, output, drift, bias, faults, data };
        generate.SetAction(async (parsed, cancellationToken) =>
        {
            var found = await Dictionaries.FindAsync(parsed.GetRequiredValue(scorecard), parsed.GetValue(data), cancellationToken);
            var switches = new SyntheticSwitches(parsed.GetValue(seed), parsed.GetValue(drift), parsed.GetValue(bias));
            if (found.Succeeded && found.Value.Synthetic?.Tables.Count > 0)
                return await Task.Run(() => WriteTables(found.Value, parsed.GetValue(rows), switches, parsed.GetRequiredValue(output), parsed.GetValue(faults), cancellationToken), cancellationToken);
            if (!found.Then(SyntheticGenerator.Create).TryGet(out var generator, out var problems)) return CommandLine.Refuse(problems);
            var count = parsed.GetValue(rows) ?? generator.DefaultRows;
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

    private static int WriteTables(ScorecardDefinition definition, int? rows, SyntheticSwitches switches, string folder, bool withFaults, CancellationToken cancellationToken)
    {
        if (!TableGenerator.Create(definition).TryGet(out var generator, out var problems)) return CommandLine.Refuse(problems);
        var (count, progress) = (rows ?? generator.DefaultRows, new ConsoleProgress());
        var told = new DirectProgress<int>(written => progress.Report(("Writing customers", (double)written / Math.Max(1, count))));
        var written = SyntheticTables.Write(generator, count, switches, folder, withFaults, told, cancellationToken);
        progress.Done();
        foreach (var (table, number) in written) Console.WriteLine($"{number} rows of {table} written to {folder}.");
        return 0;
    }
}
