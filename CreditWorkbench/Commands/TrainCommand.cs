using System.CommandLine;
using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Reports;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>train (--scorecard ID [--input FILE] | --input FILE --target COL --bad VALUE)</c>: the whole training line on any file.</summary>
public static class TrainCommand
{
    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var options = new TrainOptions();
        var train = new Command("train", "Build, judge and register a model.");
        foreach (var option in options.All) train.Options.Add(option);
        train.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, cancellationToken));
        return train;
    }

    private static async Task<int> RunAsync(TrainOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!(await CommandActor.BuilderAsync(parsed.GetValue(options.By), parsed.GetValue(options.Data), cancellationToken)).TryGet(out var builder, out var refused)) return CommandLine.Refuse(refused);
        if (!(await options.FileAsync(parsed, cancellationToken)).TryGet(out var source, out var problems)) return CommandLine.Refuse(problems);
        try
        {
            var settings = options.Settings(parsed);
            if (!settings.TryGet(out var change, out problems)) return CommandLine.Refuse(problems);
            if (!(await source.File.OpenAsync(change, cancellationToken)).TryGet(out var opened, out problems)) return CommandLine.Refuse(problems);
            await NoteAsync(opened);
            return await TrainAsync(options, parsed, source, opened.Request with { Parent = source.Parent }, builder, cancellationToken);
        }
        finally
        {
            source.Dispose();
        }
    }

    private static async Task<int> TrainAsync(TrainOptions options, ParseResult parsed, TrainingSource source, TrainingRequest request, Actor builder, CancellationToken cancellationToken)
    {
        var progress = new ConsoleProgress();
        var line = new TrainingLine(TimeProvider.System);
        var board = new LeaderBoard(progress);
        var told = new DirectProgress<TrainingProgress>(step => board.Tell(step));
        var outcome = await Task.Run(() => line.Run(request, told, cancellationToken), cancellationToken);
        progress.Done();
        if (!outcome.TryGet(out var result, out var problems)) return CommandLine.Refuse(problems);
        var registered = await RegisterAsync(options, parsed, options.RegisterName(parsed, source), result, builder, cancellationToken);
        var json = TrainingResultJson.Write(result, registered.Succeeded ? registered.Value?.Reference : null);
        if (parsed.GetValue(options.Json) is { } file) await ResultFile.WriteTextAsync(file, json, cancellationToken);
        if (parsed.GetValue(options.Report) is { } folder) await ReportAsync(folder, json, result, cancellationToken);
        Summarise(result);
        if (!registered.TryGet(out var model, out problems)) return CommandLine.Refuse(problems);
        if (model is not null) Console.WriteLine($"Registered as {model.Reference} ({model.PackageHash.Short}).");
        return 0;
    }

    // The record is what reports and comparisons are drawn from later.
    private static async Task ReportAsync(string folder, string json, TrainingResult result, CancellationToken cancellationToken)
    {
        await ResultFile.WriteTextAsync(Path.Combine(folder, "report.json"), json, cancellationToken);
        var record = TrainingRecord.Of(result, TimeProvider.System.GetUtcNow(), CodeVersion.Text);
        await ResultFile.WriteTextAsync(Path.Combine(folder, "record.json"), TrainingRecordFile.WriteRecord(record), cancellationToken);
        // report.json is the result of the run; what page, document and figures show of the chosen candidate lies beside it.
        foreach (var format in CandidateReports.Formats.Where(format => format != "json"))
        {
            var report = await CandidateReports.WriteAsync(ReportSubject.Of(record), format, CultureInfo.GetCultureInfo(Texts.Language(CultureInfo.CurrentUICulture)));
            await ResultFile.WriteAsync(Path.Combine(folder, "report." + format), async stream => await stream.WriteAsync(report.Bytes, cancellationToken), cancellationToken);
        }
    }

    // A model is packaged when it is to be registered or kept beside its report.
    private static async Task<Outcome<RegisteredModel?>> RegisterAsync(TrainOptions options, ParseResult parsed, string? name, TrainingResult result, Actor builder, CancellationToken cancellationToken)
    {
        var folder = parsed.GetValue(options.Report);
        if (name is null && folder is null) return Outcome<RegisteredModel?>.Success(null);
        if (name is not null && result.Refusals.Count > 0) return Outcome<RegisteredModel?>.Refused(result.Refusals);
        if (!ModelPackager.Pack(result, CodeVersion.Text, null, cancellationToken).TryGet(out var package, out var problems))
            return name is null ? Outcome<RegisteredModel?>.Success(null) : Outcome<RegisteredModel?>.Refused(problems);
        if (folder is not null) await ResultFile.WriteAsync(Path.Combine(folder, "model.cwb"), async stream => await stream.WriteAsync(PackageEncoding.Write(package), cancellationToken), cancellationToken);
        if (name is null) return Outcome<RegisteredModel?>.Success(null);
        await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(options.Data), cancellationToken);
        if (!(await app.Services.GetRequiredService<RegistryDesk>().RegisterAsync(name, package, builder, cancellationToken)).TryGet(out var model, out problems)) return Outcome<RegisteredModel?>.Refused(problems);
        // The rows are at hand only now: what serving says to each of them is measured before the file is gone.
        var measured = await app.Services.GetRequiredService<GateDesk>().RunOnAsync(model, new ParityRun(result.Request.Dataset), builder, cancellationToken);
        return measured.Then(_ => Outcome<RegisteredModel?>.Success(model));
    }

    private static async Task NoteAsync(OpenedTrainingFile opened)
    {
        foreach (var warning in opened.Warnings) await Console.Error.WriteLineAsync($"Note: {warning}");
        if (opened.Rejected.Count == 0) return;
        await Console.Error.WriteLineAsync($"{opened.Rejected.Count} rows rejected, the first:");
        foreach (var problem in opened.Rejected.First.Take(5)) await Console.Error.WriteLineAsync($"  {problem}");
    }

    private static void Summarise(TrainingResult result)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (result.Tuning is { } tuning)
            Console.WriteLine(string.Create(invariant, $"Tuning tried {tuning.Board.Count} configurations in {tuning.Seconds:F1} s of {tuning.BudgetSeconds:F0}."));
        foreach (var candidate in result.Candidates)
            Console.WriteLine(string.Create(invariant, $"{candidate.Family,-12} cross-validated AUC {candidate.Auc.Mean:F4} (sd {candidate.Auc.Sd:F4})  {candidate.Seconds:F1} s"));
        Console.WriteLine(string.Create(invariant, $"{result.Winner.Family,-12} cross-validated AUC {result.Overall.Mean:F4} (sd {result.Overall.Sd:F4})  over all rows"));
        if (RowWeighting.Of(result.Request.Dataset) is { } weights)
            Console.WriteLine(string.Create(invariant, $"Rows weigh by {weights.Column}, {weights.Least:G3} to {weights.Most:G3} times the mean: as telling as {weights.EffectiveRows:F0} equal rows; these figures are weighted."));
        var test = result.Test.Report;
        Console.WriteLine(string.Create(invariant, $"{result.Winner.Family} on test rows: AUC {test.Auc:F4} [{test.AucLow:F4}, {test.AucHigh:F4}], KS {test.Ks:F3}, Brier {test.Brier:F4}, ECE {test.EceAfter:F4}"));
        if (result.Refit is { } refit)
        {
            Console.WriteLine(string.Create(invariant, $"{refit.Parent} on the same {refit.Rows} rows: AUC {refit.ParentAuc:F4}; challenger {refit.Difference:+0.0000;-0.0000} [{refit.Low:+0.0000;-0.0000}, {refit.High:+0.0000;-0.0000}]"));
            if (refit.SameData) Console.WriteLine($"Note: {refit.Parent} was built on these rows; its figure flatters it.");
        }

        foreach (var note in result.Notes) Console.WriteLine($"Note: {note}");
        foreach (var finding in result.Leakage) Console.WriteLine($"Leakage {finding.Severity}: {finding.Column} {finding.Kind}: {finding.Evidence}{(finding.Acknowledged ? " (acknowledged)" : "")}");
        foreach (var problem in result.NotJudged) Console.WriteLine($"Note: not judged: {problem}");
    }
}
