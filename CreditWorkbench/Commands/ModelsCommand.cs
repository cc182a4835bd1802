using System.CommandLine;
using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>models</c>, <c>promote NAME@V --stage S --note T</c> and <c>retire NAME@V</c>: the registry.</summary>
public static class ModelsCommand
{
    /// <summary>The listing.</summary>
    public static Command Build()
    {
        var data = SharedOptions.Data();
        var models = new Command("models", "List registered models.") { data };
        models.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            foreach (var model in await app.Services.GetRequiredService<IModelStore>().ListAsync(null, cancellationToken))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Reference,-28} {model.ScorecardId,-16} {model.Family,-10} {model.Stage,-10} {model.PackageHash.Short}  {model.CreatedAt:yyyy-MM-dd HH:mm}"));
            return 0;
        });
        return models;
    }

    /// <summary>A change of stage.</summary>
    public static Command BuildPromote()
    {
        var stage = new Option<ModelStage>("--stage") { Description = "dev, staging, production or archived.", Required = true };
        var note = new Option<string>("--note") { Description = "Why.", Required = true };
        return Change("promote", "Move a model to a stage.", [stage, note], parsed => (parsed.GetRequiredValue(stage), parsed.GetRequiredValue(note)));
    }

    /// <summary>Retirement.</summary>
    public static Command BuildRetire() => Change("retire", "Archive a model; it stays for replay.", [], _ => (ModelStage.Archived, "retired"));

    private static Command Change(string name, string description, IReadOnlyList<Option> options, Func<ParseResult, (ModelStage Stage, string Note)> read)
    {
        var data = SharedOptions.Data();
        var reference = new Argument<string>("model") { Description = "NAME@VERSION." };
        var command = new Command(name, description) { reference, data };
        foreach (var option in options) command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var (stage, note) = read(parsed);
            var outcome = await app.Services.GetRequiredService<RegistryDesk>().ChangeStageAsync(parsed.GetRequiredValue(reference), stage, note, Actor.System, cancellationToken);
            if (!outcome.TryGet(out var model, out var problems)) return CommandLine.Refuse(problems);
            Console.WriteLine($"{model.Reference} is in {model.Stage}.");
            return 0;
        });
        return command;
    }
}
