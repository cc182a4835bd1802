using System.CommandLine;
using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>import-model [--format xgboost|lightgbm|onnx|json] --file F [--background FILE] --register NAME</c>: registers a model that was trained
/// elsewhere.</summary>
public static class ImportModelCommand
{
    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var options = new ImportModelOptions();
        var import = new Command("import-model", "Register a model that was trained elsewhere.");
        foreach (var option in options.All) import.Options.Add(option);
        import.SetAction(async (parsed, cancellationToken) =>
        {
            if (!(await CommandActor.BuilderAsync(parsed.GetValue(options.By), parsed.GetValue(options.Data), cancellationToken)).TryGet(out var builder, out var problems)) return CommandLine.Refuse(problems);
            if (!(await RequestAsync(options, parsed, cancellationToken)).TryGet(out var request, out problems)) return CommandLine.Refuse(problems);
            var packed = await Task.Run(() => ImportLine.PackAsync(request, cancellationToken), cancellationToken);
            if (!packed.TryGet(out var imported, out problems)) return CommandLine.Refuse(problems);
            foreach (var note in imported.Notes) await Console.Error.WriteLineAsync($"Note: {note}");
            if (!(await RegisterAsync(parsed.GetRequiredValue(options.Register), imported.Package, builder, parsed.GetValue(options.Data), cancellationToken)).TryGet(out var model, out problems)) return CommandLine.Refuse(problems);
            if (parsed.GetValue(options.Json) is { } file) await ResultFile.WriteTextAsync(file, imported.Package.ReportJson, cancellationToken);
            Console.WriteLine($"{request.Model.Origin}, {request.Model.Objective}: {request.Model.Trees} trees, {request.Model.Features.Count} features.");
            Console.WriteLine($"Registered as {model.Reference} ({model.PackageHash.Short}).");
            return 0;
        });
        return import;
    }

    private static async Task<Outcome<ImportRequest>> RequestAsync(ImportModelOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = parsed.GetRequiredValue(options.File);
        foreach (var (file, option) in new[] { (path, "--file"), (parsed.GetValue(options.Background), "--background"), (parsed.GetValue(options.Input), "--input") })
        {
            if (file is not null && !File.Exists(file)) return new Problem("file.missing", $"{file} does not exist.") { Field = option, Remedy = "Check the path." };
        }

        if (parsed.GetValue(options.Input) is null && (parsed.GetValue(options.Target) ?? parsed.GetValue(options.Bad)) is not null)
            return new Problem("import.labelled", "An outcome is named, but no labelled file.") { Field = "--input", Remedy = "Give --input FILE, or leave --target and --bad away." };
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        if (!ModelExchange.Read(parsed.GetValue(options.Format), bytes).TryGet(out var model, out var problems)) return Outcome<ImportRequest>.Refused(problems);
        if (!(await DictionaryAsync(options, parsed, cancellationToken)).TryGet(out var definition, out problems)) return Outcome<ImportRequest>.Refused(problems);
        IReadOnlyList<string>? bad = null;
        if (parsed.GetValue(options.Bad) is { } list && !OutcomeLabels.ParseList(list).TryGet(out bad, out problems)) return Outcome<ImportRequest>.Refused(problems);
        if (definition is null && parsed.GetValue(options.Input) is not null && (parsed.GetValue(options.Target) is null || bad is null))
            return new Problem("target.missing", "The labelled file's outcome is not named.") { Field = "--target", Remedy = "Give --target COL and --bad VALUE[,VALUE]." };
        return new ImportRequest(parsed.GetRequiredValue(options.Register), model, ContentHash.Of(bytes))
        {
            Definition = definition,
            Background = parsed.GetValue(options.Background),
            Labelled = parsed.GetValue(options.Input),
            Target = parsed.GetValue(options.Target),
            Bad = bad,
            Seed = parsed.GetValue(options.Seed),
            Threads = parsed.GetValue(options.Threads),
            CodeVersion = CodeVersion.Text,
        };
    }

    private static async Task<Outcome<ScorecardDefinition?>> DictionaryAsync(ImportModelOptions options, ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(options.Scorecard) is { } scorecard
            ? (await Dictionaries.FindAsync(scorecard, parsed.GetValue(options.Data), cancellationToken)).Then(Outcome<ScorecardDefinition?>.Success)
            : Outcome<ScorecardDefinition?>.Success(null);

    private static async Task<Outcome<RegisteredModel>> RegisterAsync(string name, ModelPackage package, Actor builder, string? data, CancellationToken cancellationToken)
    {
        await using var app = await WorkbenchHost.OpenAsync(data, cancellationToken);
        return await app.Services.GetRequiredService<RegistryDesk>().RegisterAsync(name, package, builder, cancellationToken);
    }
}
