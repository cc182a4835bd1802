using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Registry;

/// <summary>Puts versions into production as a bank does: the installation stages, a person who did not build the model signs and approves.</summary>
internal static class Approved
{
    /// <summary>Registers a package in the installation's name and lets it decide.</summary>
    public static async Task<RegisteredModel> InProductionAsync(IServiceProvider services, string name, ModelPackage package)
    {
        var registry = services.GetRequiredService<RegistryDesk>();
        var registered = await registry.RegisterAsync(name, package, Actor.System, CancellationToken.None);
        Assert.True(registered.Succeeded, string.Join(' ', registered.Problems));
        return await PromoteAsync(registry, services.GetRequiredService<GateDesk>(), registered.Value, CancellationToken.None);
    }

    /// <summary>Stages a version where it is not staged yet, signs what only a person can sign, and approves.</summary>
    public static async Task<RegisteredModel> PromoteAsync(RegistryDesk registry, GateDesk gates, RegisteredModel model, CancellationToken cancellationToken)
    {
        if (model.Stage == ModelStage.Dev)
        {
            var staged = await registry.ChangeStageAsync(model.Reference, ModelStage.Staging, "Validated.", Actor.System, cancellationToken);
            Assert.True(staged.Succeeded, string.Join(' ', staged.Problems));
        }

        await RegistryRoom.SignAsync(gates, model, People.Risk, cancellationToken);
        var promoted = await registry.ChangeStageAsync(model.Reference, ModelStage.Production, "Approved.", People.Risk, cancellationToken);
        Assert.True(promoted.Succeeded, string.Join(' ', promoted.Problems));
        return promoted.Value;
    }
}
