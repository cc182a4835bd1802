using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>etl --source DIR (--scorecard ID | --definition FILE.yaml) [--out FILE]</c>: tables to checked rows to features. With <c>--out</c> straight into
/// a file; a scorecard without it goes through the store and becomes the next version of its features.</summary>
public static class EtlCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var source = new Option<string>("--source") { Description = "Folder with the tables' files.", Required = true };
        var definition = new Option<string?>("--definition") { Description = "Dictionary file with a section staging." };
        var scorecard = new Option<string?>("--scorecard") { Description = "Scorecard of the store with a section staging." };
        var asOf = new Option<DateOnly?>("--as-of") { Description = "As-of date of every row (default: each row's own)." };
        var loaded = new Option<DateOnly?>("--load-date") { Description = "Day of loading: rows dated later are kept out (default: today, UTC)." };
        var output = new Option<string?>("--out") { Description = "Feature file to write (CSV). Without it a --scorecard's features go into the store." };
        var quarantine = new Option<string?>("--quarantine") { Description = "File for findings (default: beside --out)." };
        var columns = new Option<string>("--columns") { Description = "fixed: only the columns that the dictionary fixes; all: the model's further columns too.", DefaultValueFactory = _ => "all" };
        columns.AcceptOnlyFromAmong("all", "fixed");
        var memory = new Option<int>("--memory") { Description = "MiB that tables of many rows may take; a larger delivery goes through files beside --out.", DefaultValueFactory = _ => (int)(StagingRequest.DefaultMemoryBytes >> 20) };
        memory.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--memory is at least 1."); });
        var (json, threads, data) = (SharedOptions.Json(), SharedOptions.Threads(), SharedOptions.Data());
        var etl = new Command("etl", "Read tables, keep bad rows out, work features out.") { source, definition, scorecard, asOf, loaded, output, quarantine, columns, memory, json, threads, data };
        etl.Validators.Add(result => { if (result.GetValue(definition) is null == result.GetValue(scorecard) is null) result.AddError("Name either --definition or --scorecard."); });
        etl.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(definition) is { } file && !File.Exists(file)) return CommandLine.Refuse([new Problem("file.absent", $"There is no file {file}.") { Field = "--definition" }]);
            if (parsed.GetValue(scorecard) is { } id && parsed.GetValue(output) is null)
                return await StoredEtl.RunAsync(parsed.GetValue(data), id, parsed.GetRequiredValue(source), parsed.GetValue(asOf), parsed.GetValue(loaded), parsed.GetValue(json), cancellationToken);
            var found = await Dictionaries.FindAsync(parsed.GetValue(definition) ?? parsed.GetRequiredValue(scorecard!)!, parsed.GetValue(data), cancellationToken);
            if (!found.TryGet(out var dictionary, out var problems)) return CommandLine.Refuse(problems);
            var request = new StagingRequest(parsed.GetRequiredValue(source), parsed.GetValue(loaded) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime))
            {
                AsOf = parsed.GetValue(asOf),
                OnlyFixedColumns = parsed.GetValue(columns) == "fixed",
                Threads = parsed.GetValue(threads),
                MemoryBytes = (long)parsed.GetValue(memory) << 20,
            };
            var target = parsed.GetValue(output);
            return await RunAsync(dictionary, request, target, parsed.GetValue(quarantine) ?? (target is null ? null : QuarantineBeside(target)), parsed.GetValue(json), cancellationToken);
        });
        return etl;
    }

    private static async Task<int> RunAsync(ScorecardDefinition dictionary, StagingRequest request, string? target, string? quarantine, string? json, CancellationToken cancellationToken)
    {
        var progress = new ConsoleProgress();
        if (target is not null) Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        using var findings = new FindingsFile(quarantine);
        var outcome = await StagingLine.WriteAsync(dictionary, request, target, findings.Add, new DirectProgress<double>(share => progress.Report(("Staging", share))), cancellationToken);
        progress.Done();
        findings.Finish();
        if (!outcome.TryGet(out var report, out var problems)) return CommandLine.Refuse(problems);
        if (json is not null) await ResultFile.WriteTextAsync(json, JsonSerializer.Serialize(report, Json), cancellationToken);
        foreach (var table in report.Tables)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Table,-20} {table.RowsRead,10} rows read {table.RowsUsed,10} used  {string.Join(", ", table.Findings.Select(code => $"{code.Key} {code.Value}"))}"));
        if (quarantine is not null && findings.Count > 0) Console.WriteLine($"{findings.Count} findings in {quarantine}.");
        if (!report.Passed)
            return CommandLine.Refuse([.. report.Gate.Select(objection => new Problem("staging.gate", objection) { Remedy = "Correct the delivery; the last good features stay in use." })]);
        Console.WriteLine($"{report.Rows} rows of {report.Columns} columns{(target is null ? "" : $" written to {target}")}.");
        return 0;
    }

    private static string QuarantineBeside(string target) => Path.Combine(Path.GetDirectoryName(target) ?? "", Path.GetFileNameWithoutExtension(target) + ".quarantine.csv");
}
