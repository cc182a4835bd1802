using System.CommandLine;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>promote NAME@V --stage S --note T</c>, <c>retire NAME@V --note T</c> and <c>rollback SCORECARD --note T</c>.</summary>
public static class StageCommands
{
    /// <summary>A change of stage.</summary>
    public static Command Promote()
    {
        var stage = new Option<ModelStage>("--stage") { Description = "dev, staging, production or archived.", Required = true };
        var (reference, note) = (ModelsCommand.Reference(), ModelsCommand.Note());
        return Acting("promote", "Move a model to a stage; names every gate that stands in the way.", [reference], [stage, note], (parsed, desk, actor, cancellationToken) =>
            desk.ChangeStageAsync(parsed.GetRequiredValue(reference), parsed.GetRequiredValue(stage), parsed.GetRequiredValue(note), actor, cancellationToken));
    }

    /// <summary>Retirement.</summary>
    public static Command Retire()
    {
        var (reference, note) = (ModelsCommand.Reference(), new Option<string>("--note") { Description = "Why.", DefaultValueFactory = _ => "retired" });
        return Acting("retire", "Archive a model; it stays for replay.", [reference], [note], (parsed, desk, actor, cancellationToken) =>
            desk.ChangeStageAsync(parsed.GetRequiredValue(reference), ModelStage.Archived, parsed.GetRequiredValue(note), actor, cancellationToken));
    }

    /// <summary>The way back.</summary>
    public static Command Rollback()
    {
        var (scorecard, note) = (new Argument<string>("scorecard") { Description = "Scorecard." }, ModelsCommand.Note());
        return Acting("rollback", "Bring the release back that the last promotion replaced.", [scorecard], [note], (parsed, desk, actor, cancellationToken) =>
            desk.RollBackAsync(parsed.GetRequiredValue(scorecard), parsed.GetRequiredValue(note), actor, cancellationToken));
    }

    private static Command Acting(
        string name, string description, IReadOnlyList<Argument> arguments, IReadOnlyList<Option> options, Func<ParseResult, RegistryDesk, Actor, CancellationToken, Task<Outcome<RegisteredModel>>> act)
    {
        var (data, json, by) = (SharedOptions.Data(), SharedOptions.Json(), CommandActor.Option());
        var command = new Command(name, description);
        foreach (var argument in arguments) command.Arguments.Add(argument);
        foreach (var option in options.Concat([by, data, json])) command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            if (!(await CommandActor.OfAsync(parsed.GetValue(by), app.Services)).TryGet(out var actor, out var problems)) return CommandLine.Refuse(problems);
            if (!(await act(parsed, app.Services.GetRequiredService<RegistryDesk>(), actor, cancellationToken)).TryGet(out var model, out problems)) return CommandLine.Refuse(problems);
            Console.WriteLine($"{model.Reference} is in {model.Stage}.");
            var gates = await app.Services.GetRequiredService<GateDesk>().HistoryAsync(model, Actor.System, cancellationToken);
            foreach (var gate in GateDesk.Latest(gates.Value).Where(gate => gate.Note is not null)) Console.WriteLine($"{gate.Gate}: {gate.State} on the note \"{gate.Note}\".");
            if (parsed.GetValue(json) is { } file) await ResultFile.WriteTextAsync(file, ModelJson.Text(ModelJson.Of(model, GateDesk.Latest(gates.Value))), cancellationToken);
            return 0;
        });
        return command;
    }
}
