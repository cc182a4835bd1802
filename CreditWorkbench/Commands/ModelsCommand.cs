using System.CommandLine;
using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>models [gates | review | waive | history | export | upload | sign | keys]</c>: the registry.</summary>
public static class ModelsCommand
{
    /// <summary>The verb; alone it lists.</summary>
    public static Command Build()
    {
        var (data, json) = (SharedOptions.Data(), SharedOptions.Json());
        var models = new Command("models", "List registered models, show their evidence, carry packages in and out.")
        {
            Gates(), Review(), Waive(), History(), PackageCommands.Export(), PackageCommands.Upload(), PackageCommands.Sign(), PackageCommands.Keys(),
        };
        models.Options.Add(data);
        models.Options.Add(json);
        models.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var gates = (await app.Services.GetRequiredService<IGovernanceStore>().LatestGatesAsync(cancellationToken)).ToLookup(gate => gate.ModelId);
            var listed = await app.Services.GetRequiredService<IModelStore>().ListAsync(null, cancellationToken);
            foreach (var model in listed)
            {
                var passed = gates[model.Id].Count(gate => gate.Holds);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{model.Reference,-28} {model.ScorecardId,-16} {model.Family,-10} {model.Stage,-10} {passed}/{GateDesk.All.Count} gates  {model.PackageHash.Short}  {model.CreatedAt:yyyy-MM-dd HH:mm}{(model.SignedBy is null ? "  unsigned" : "")}"));
            }

            if (parsed.GetValue(json) is { } file) await ResultFile.WriteTextAsync(file, ModelJson.Text(listed.Select(model => ModelJson.Of(model, gates[model.Id]))), cancellationToken);
            return 0;
        });
        return models;
    }

    private static Command Gates()
    {
        var (data, json, reference, measure) = (SharedOptions.Data(), SharedOptions.Json(), Reference(), new Option<bool>("--measure") { Description = "Measure again instead of showing what was found." });
        var gates = new Command("gates", "Show the evidence of a model.") { reference, measure, data, json };
        gates.SetAction((parsed, cancellationToken) => WithModelAsync(parsed, data, reference, async (services, model) =>
        {
            var desk = services.GetRequiredService<GateDesk>();
            var outcome = parsed.GetValue(measure) ? await desk.RunAsync(model, Actor.System, cancellationToken) : (await desk.HistoryAsync(model, Actor.System, cancellationToken)).Then(found => Outcome<IReadOnlyList<GateResult>>.Success(GateDesk.Latest(found)));
            if (!outcome.TryGet(out var found, out var problems)) return CommandLine.Refuse(problems);
            foreach (var gate in GateDesk.All)
            {
                var result = found.FirstOrDefault(one => one.Gate == gate);
                Console.WriteLine($"{gate,-12} {result?.State.ToString() ?? "open",-14} {result?.Detail}{(result?.Note is { } note ? $" ({note})" : "")}");
            }

            if (parsed.GetValue(json) is { } file) await ResultFile.WriteTextAsync(file, ModelJson.Text(ModelJson.Of(model, found)), cancellationToken);
            return 0;
        }, cancellationToken));
        return gates;
    }

    private static Command Review()
    {
        var (data, reference, note, by) = (SharedOptions.Data(), Reference(), Note(), CommandActor.Option());
        var review = new Command("review", "Say that the fairness figures of a model were reviewed.") { reference, note, by, data };
        review.SetAction((parsed, cancellationToken) => WithModelAsync(parsed, data, reference, async (services, model) =>
            await SignAsync(await CommandActor.OfAsync(parsed.GetValue(by), services), actor => services.GetRequiredService<GateDesk>().ReviewFairnessAsync(model, parsed.GetRequiredValue(note), actor, cancellationToken)), cancellationToken));
        return review;
    }

    private static Command Waive()
    {
        var (data, reference, note, by) = (SharedOptions.Data(), Reference(), Note(), CommandActor.Option());
        var gate = new Argument<EvidenceGate>("gate") { Description = "Gate that could not be measured." };
        var waive = new Command("waive", "Take responsibility for a gate that could not be measured.") { reference, gate, note, by, data };
        waive.SetAction((parsed, cancellationToken) => WithModelAsync(parsed, data, reference, async (services, model) =>
            await SignAsync(await CommandActor.OfAsync(parsed.GetValue(by), services), actor => services.GetRequiredService<GateDesk>().WaiveAsync(model, parsed.GetRequiredValue(gate), parsed.GetRequiredValue(note), actor, cancellationToken)), cancellationToken));
        return waive;
    }

    private static Command History()
    {
        var (data, json, scorecard) = (SharedOptions.Data(), SharedOptions.Json(), new Argument<string>("scorecard") { Description = "Scorecard." });
        var at = new Option<DateTimeOffset?>("--at") { Description = "Only the release that decided at this instant (ISO 8601)." };
        var history = new Command("history", "Which release decided when.") { scorecard, at, data, json };
        history.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var desk = app.Services.GetRequiredService<RegistryDesk>();
            var outcome = parsed.GetValue(at) is { } instant
                ? (await desk.DecidedAtAsync(parsed.GetRequiredValue(scorecard), instant, Actor.System, cancellationToken)).Then<IReadOnlyList<ReleaseReign>>(reign => Outcome<IReadOnlyList<ReleaseReign>>.Success([reign]))
                : await desk.ReignsAsync(parsed.GetRequiredValue(scorecard), Actor.System, cancellationToken);
            if (!outcome.TryGet(out var reigns, out var problems)) return CommandLine.Refuse(problems);
            foreach (var reign in reigns)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reign.From:u}  {(reign.Until is { } until ? $"{until:u}" : "now"),-20}  {reign.Model.Reference,-24} {reign.Model.ReleaseHash.Short}{(reign.IsRollback ? "  rollback" : "")}  {reign.Note}"));
            if (parsed.GetValue(json) is { } file) await ResultFile.WriteTextAsync(file, ModelJson.Text(reigns.Select(ModelJson.Of)), cancellationToken);
            return 0;
        });
        return history;
    }

    internal static Argument<string> Reference() => new("model") { Description = "NAME@VERSION." };

    internal static Option<string> Note() => new("--note") { Description = "Why.", Required = true };

    internal static async Task<int> WithModelAsync(ParseResult parsed, Option<string?> data, Argument<string> reference, Func<IServiceProvider, RegisteredModel, Task<int>> act, CancellationToken cancellationToken)
    {
        await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
        var found = await app.Services.GetRequiredService<RegistryDesk>().FindAsync(parsed.GetRequiredValue(reference), cancellationToken);
        return found.TryGet(out var model, out var problems) ? await act(app.Services, model) : CommandLine.Refuse(problems);
    }

    private static async Task<int> SignAsync(Outcome<Actor> who, Func<Actor, Task<Outcome<GateResult>>> sign)
    {
        if (!who.TryGet(out var actor, out var problems)) return CommandLine.Refuse(problems);
        if (!(await sign(actor)).TryGet(out var result, out problems)) return CommandLine.Refuse(problems);
        Console.WriteLine($"{result.Gate}: {result.State}.");
        return 0;
    }
}
