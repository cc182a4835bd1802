using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using Microsoft.Extensions.DependencyInjection;

namespace CreditWorkbench.Tests.Registry;

/// <summary>The registry's desks over a registry in memory. Serving is said to equal training unless <see cref="Rows"/> says otherwise.</summary>
internal sealed class RegistryRoom
{
    public RegistryRoom(ModelsInMemory models, TimeProvider clock)
    {
        (Models, Governance, Keys) = (models, new GovernanceInMemory(models), TestKeys.Shared);
        Gates = new GateDesk(models, Governance, Keys, Rows, clock);
        Registry = new RegistryDesk(models, Governance, Gates, Keys, clock);
        Approvals = new ApprovalDesk(Governance, Registry, Gates, clock);
        Packages = new PackageDesk(models, Keys, new TrailInMemory(models));
    }

    public ModelsInMemory Models { get; }
    public GovernanceInMemory Governance { get; }
    public TestKeys Keys { get; }
    public ServedRows Rows { get; } = new();
    public GateDesk Gates { get; }
    public RegistryDesk Registry { get; }
    public ApprovalDesk Approvals { get; }
    public PackageDesk Packages { get; }

    /// <summary>A desk where every version may be moved by who did not build it, as far as rows are concerned.</summary>
    public static RegistryDesk Desk(ModelsInMemory models, TimeProvider clock) => new RegistryRoom(models, clock).Registry;

    /// <summary>Registers what a page needs.</summary>
    public void AddTo(IServiceCollection services) =>
        services.AddSingleton<IModelStore>(Models).AddSingleton<IGovernanceStore>(Governance).AddSingleton<IPackageKeys>(Keys).AddSingleton(Gates).AddSingleton(Registry).AddSingleton(Approvals).AddSingleton(Packages);

    /// <summary>Signs what a person has to sign before production.</summary>
    public static async Task SignAsync(GateDesk gates, RegisteredModel model, Actor reviewer, CancellationToken cancellationToken)
    {
        await gates.ReviewFairnessAsync(model, "The figures of every group were looked at.", reviewer, cancellationToken);
        foreach (var gate in new[] { EvidenceGate.Parity, EvidenceGate.Calibration })
            await gates.WaiveAsync(model, gate, "Measured elsewhere before it came here.", reviewer, cancellationToken);
    }
}

/// <summary>What serving is said to give to the training rows.</summary>
internal sealed class ServedRows : IRowEvidence
{
    /// <summary>Rows; null: not within reach.</summary>
    public RowEvidence? Evidence { get; set; } = new(3_000, 0, 0, true, TinyPackage.Model.ExplanationBackground);

    public Task<RowEvidence?> MeasureAsync(Release release, CancellationToken cancellationToken) =>
        Task.FromResult(Evidence is { } served && served.Sample.Columns.Count != release.Program.Columns.Count ? served with { Sample = release.Package.ExplanationBackground } : Evidence);
}
