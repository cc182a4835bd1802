using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;

namespace CreditWorkbench.Web.Hosting.Demo;

/// <summary>Trains the demo model of a scorecard on generated rows and puts it into production.</summary>
public sealed class DemoModel(RegistryDesk registry, TimeProvider clock)
{
    /// <summary>Builds, registers and promotes.</summary>
    public async Task<Outcome<RegisteredModel>> BuildAsync(ScorecardDefinition definition, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetTempPath(), $"demo-{Guid.CreateVersion7():N}.csv");
        try
        {
            if (!SyntheticGenerator.Create(definition).TryGet(out var generator, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
            await using (var writer = new StreamWriter(file, append: false, new UTF8Encoding(false)))
                await SyntheticCsv.WriteAsync(generator, generator.DefaultRows, new SyntheticSwitches(definition.Training.Seed), writer, null, cancellationToken);
            var opened = await new TrainingFile(file) { Definition = definition }.OpenAsync(known => TrainingSettings.Of(known) with { Threads = Environment.ProcessorCount, JudgesAll = false }, cancellationToken);
            if (!opened.TryGet(out var source, out problems)) return Outcome<RegisteredModel>.Refused(problems);
            var package = await Task.Run(() => new TrainingLine(clock).Run(source.Request, null, cancellationToken)
                .Then(result => ModelPackager.Pack(result, CodeVersion.Text, null, cancellationToken)), cancellationToken);
            return package.TryGet(out var ready, out problems) ? await ReleaseAsync(definition.Id, ready, cancellationToken) : Outcome<RegisteredModel>.Refused(problems);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<Outcome<RegisteredModel>> ReleaseAsync(string name, ModelPackage package, CancellationToken cancellationToken)
    {
        var outcome = await registry.RegisterAsync(name, package, Actor.System, cancellationToken);
        foreach (var stage in new[] { ModelStage.Staging, ModelStage.Production })
        {
            if (!outcome.TryGet(out var model, out _) || model.Stage == ModelStage.Production) break;
            outcome = await registry.ChangeStageAsync(model.Reference, stage, "Demo model on generated rows.", Actor.System, cancellationToken);
        }

        return outcome;
    }
}
