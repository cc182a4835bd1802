using System.CommandLine;
using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>scorecards [validate FILE... | export ID --out F | import F | document ID --out F]</c>: the dictionaries.</summary>
public static class ScorecardsCommand
{
    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var data = SharedOptions.Data();
        var scorecards = new Command("scorecards", "List, check, export, import or print dictionaries.") { Validate(), Export(), Import(), Document() };
        scorecards.Options.Add(data);
        scorecards.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            foreach (var definition in await app.Services.GetRequiredService<IScorecardCatalog>().ListAsync(cancellationToken))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{definition.Id,-16} {definition.Version,-8} {definition.Inputs.Count,3} inputs {definition.ModelFeatures.Count,3} features  {definition.ScoringHash.Short}  {definition.Title.In("en")}"));
            return 0;
        });
        return scorecards;
    }

    private static Command Validate()
    {
        var files = new Argument<string[]>("files") { Description = "Dictionary files.", Arity = ArgumentArity.OneOrMore };
        var validate = new Command("validate", "Check files; reports every fault with file, line and reason.") { files };
        validate.SetAction(async (parsed, cancellationToken) =>
        {
            var faults = 0;
            foreach (var file in parsed.GetRequiredValue(files))
            {
                if (!File.Exists(file))
                {
                    faults += CommandLine.Refuse([NoFile(file)]);
                    continue;
                }

                var reading = ScorecardReader.Inspect(await File.ReadAllTextAsync(file, cancellationToken), file);
                foreach (var fault in reading.Problems.Concat(reading.Warnings)) await Console.Error.WriteLineAsync(fault.ToString());
                faults += reading.Problems.Count;
                if (reading.Problems.Count == 0) Console.WriteLine($"{file}: valid, {reading.Warnings.Count} warnings.");
            }

            return faults == 0 ? 0 : 1;
        });
        return validate;
    }

    private static Command Export()
    {
        var data = SharedOptions.Data();
        var id = new Argument<string>("id") { Description = "Scorecard." };
        var output = new Option<string>("--out") { Description = "File to write.", Required = true };
        var export = new Command("export", "Write a dictionary of the store to a file.") { id, output, data };
        export.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            if (await app.Services.GetRequiredService<IScorecardCatalog>().FindAsync(parsed.GetRequiredValue(id), cancellationToken) is not { } definition)
                return CommandLine.Refuse([new Problem("scorecard.notFound", $"There is no scorecard {parsed.GetRequiredValue(id)}.") { Remedy = "See 'scorecards'." }]);
            await ResultFile.WriteTextAsync(parsed.GetRequiredValue(output), definition.SourceText, cancellationToken);
            return 0;
        });
        return export;
    }

    private static Command Import()
    {
        var data = SharedOptions.Data();
        var file = new Argument<string>("file") { Description = "Dictionary file." };
        var import = new Command("import", "Check a file and make it the current dictionary of its scorecard.") { file, data };
        import.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path)) return CommandLine.Refuse([NoFile(path)]);
            var reading = ScorecardReader.Read(await File.ReadAllTextAsync(path, cancellationToken), path);
            if (!reading.TryGet(out var definition, out var problems)) return CommandLine.Refuse(problems);
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var audit = new AuditDraft(Actor.System, "scorecard.imported", definition.Id, new Dictionary<string, string?> { ["version"] = definition.Version, ["scoringHash"] = definition.ScoringHash.Hex });
            await app.Services.GetRequiredService<IModelStore>().SaveScorecardAsync(definition.Id, definition.SourceText, definition.ScoringHash, definition.PresentationHash, audit, cancellationToken);
            Console.WriteLine($"{definition.Id} {definition.Version} is current ({definition.ScoringHash.Short}).");
            return 0;
        });
        return import;
    }

    private static Command Document()
    {
        var data = SharedOptions.Data();
        var id = new Argument<string>("id") { Description = "Scorecard of the store, or a dictionary file." };
        var language = new Option<string>("--language") { Description = "Language of the texts.", DefaultValueFactory = _ => "en" };
        var output = new Option<string>("--out") { Description = "File to write: .html or .md.", Required = true };
        output.Validators.Add(result => { if (Path.GetExtension(result.GetValueOrDefault<string>() ?? "") is not (".html" or ".md")) result.AddError("--out ends in .html or .md."); });
        var document = new Command("document", "Write a dictionary as a document that people read.") { id, language, output, data };
        document.SetAction(async (parsed, cancellationToken) =>
        {
            var found = await Dictionaries.FindAsync(parsed.GetRequiredValue(id), parsed.GetValue(data), cancellationToken);
            if (!found.TryGet(out var definition, out var problems)) return CommandLine.Refuse(problems);
            var wanted = parsed.GetValue(language)!;
            if (!definition.Languages.Contains(wanted))
                return CommandLine.Refuse([new Problem("scorecard.language.absent", $"{definition.Id} has no texts in {wanted}.") { Field = "--language", Remedy = $"Choose one of {string.Join(", ", definition.Languages)}." }]);
            var (target, text) = (parsed.GetRequiredValue(output), ScorecardDocument.Of(definition, wanted));
            await ResultFile.WriteTextAsync(target, Path.GetExtension(target) == ".md" ? DocumentMarkdown.Write(text) : DocumentHtml.Write(text), cancellationToken);
            Console.WriteLine($"{definition.Id} {definition.Version} written to {target}.");
            return 0;
        });
        return document;
    }

    private static Problem NoFile(string file) => new("file.missing", $"{file} does not exist.") { Remedy = "Check the path." };
}
