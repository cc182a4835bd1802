using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;

namespace CreditWorkbench.Web.Hosting.Demo;

/// <summary>Trains the demo models of a scorecard on generated rows: one that decides, and smaller ones on their way through the registry.</summary>
public sealed class DemoModel(RegistryDesk registry, ApprovalDesk approvals, GateDesk gates, TimeProvider clock)
{
    /// <summary>Builds, registers and promotes.</summary>
    /// <param name="definition">The scorecard.</param>
    /// <param name="approver">Who reviews and approves it.</param>
    /// <param name="cancellationToken">Stops between trees.</param>
    public async Task<Outcome<RegisteredModel>> BuildAsync(ScorecardDefinition definition, Actor approver, CancellationToken cancellationToken)
    {
        var trained = await TrainAsync(definition, settings => settings with { Threads = Environment.ProcessorCount, JudgesAll = false }, cancellationToken);
        return trained.TryGet(out var package, out var problems) ? await ReleaseAsync(definition.Id, package, approver, cancellationToken) : Outcome<RegisteredModel>.Refused(problems);
    }

    /// <summary>Two more versions, quickly trained: one in staging whose approval is asked for, one in dev.</summary>
    /// <param name="definition">The scorecard.</param>
    /// <param name="analyst">Who builds them and asks.</param>
    /// <param name="cancellationToken">Stops between trees.</param>
    public async Task<Outcome<int>> VariantsAsync(ScorecardDefinition definition, Actor analyst, CancellationToken cancellationToken)
    {
        foreach (var (trees, depth, asks) in new[] { ("40", "8", true), ("20", "6", false) })
        {
            var trained = await TrainAsync(definition, settings => Quick(settings, trees, depth), cancellationToken);
            if (!trained.TryGet(out var package, out var problems)) return Outcome<int>.Refused(problems);
            if (!(await registry.RegisterAsync(definition.Id, package, analyst, cancellationToken)).TryGet(out var model, out problems)) return Outcome<int>.Refused(problems);
            if (!asks || model.Stage != ModelStage.Dev) continue;
            if (!(await registry.ChangeStageAsync(model.Reference, ModelStage.Staging, "A smaller forest that ranks as well.", analyst, cancellationToken)).TryGet(out _, out problems)) return Outcome<int>.Refused(problems);
            if (!(await approvals.RequestAsync(model.Reference, "Explains itself in half the time.", analyst, cancellationToken)).TryGet(out _, out problems)) return Outcome<int>.Refused(problems);
        }

        return 2;
    }

    private static TrainingSettings Quick(TrainingSettings settings, string trees, string depth) => settings with
    {
        Parameters = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["forest"] = new Dictionary<string, string> { ["trees"] = trees, ["depth"] = depth, ["minSplit"] = "20", ["classWeight"] = "balanced" },
        },
        Folds = 2,
        ConfidenceRefits = 2,
        Threads = 1,
        JudgesAll = false,
    };

    private async Task<Outcome<ModelPackage>> TrainAsync(ScorecardDefinition definition, Func<TrainingSettings, TrainingSettings> change, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetTempPath(), $"demo-{Guid.CreateVersion7():N}.csv");
        try
        {
            if (!SyntheticGenerator.Create(definition).TryGet(out var generator, out var problems)) return Outcome<ModelPackage>.Refused(problems);
            await using (var writer = new StreamWriter(file, append: false, new UTF8Encoding(false)))
                await SyntheticCsv.WriteAsync(generator, generator.DefaultRows, new SyntheticSwitches(definition.Training.Seed), writer, null, cancellationToken);
            var opened = await new TrainingFile(file) { Definition = definition }.OpenAsync(known => change(TrainingSettings.Of(known)), cancellationToken);
            if (!opened.TryGet(out var source, out problems)) return Outcome<ModelPackage>.Refused(problems);
            return await Task.Run(() => new TrainingLine(clock).Run(source.Request, null, cancellationToken)
                .Then(result => ModelPackager.Pack(result, CodeVersion.Text, null, cancellationToken)), cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<Outcome<RegisteredModel>> ReleaseAsync(string name, ModelPackage package, Actor approver, CancellationToken cancellationToken)
    {
        if (!(await registry.RegisterAsync(name, package, Actor.System, cancellationToken)).TryGet(out var model, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
        if (model.Stage == ModelStage.Dev && !(await registry.ChangeStageAsync(model.Reference, ModelStage.Staging, "Demo model on generated rows.", Actor.System, cancellationToken)).TryGet(out _, out problems))
            return Outcome<RegisteredModel>.Refused(problems);
        if (!(await gates.ReviewFairnessAsync(model, "The figures of every group of the generated rows were looked at.", approver, cancellationToken)).TryGet(out _, out problems)) return Outcome<RegisteredModel>.Refused(problems);
        return await registry.ChangeStageAsync(model.Reference, ModelStage.Production, "Demo model on generated rows.", approver, cancellationToken);
    }
}
