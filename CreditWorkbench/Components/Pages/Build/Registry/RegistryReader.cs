using System.Collections.Concurrent;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Web.Components.Pages.Build.Registry;

/// <summary>A version as the registry lists it.</summary>
/// <param name="Model">The version.</param>
/// <param name="Gates">The newest result of each gate.</param>
/// <param name="Asked">Whether somebody waits for its approval.</param>
/// <param name="Auc">Cross-validated area under the curve; null where the report has none.</param>
public sealed record ModelLine(RegisteredModel Model, IReadOnlyList<GateResult> Gates, bool Asked, double? Auc);

/// <summary>A version with everything that its page shows, without the package.</summary>
public sealed record ModelView
{
    /// <summary>The version.</summary>
    public required RegisteredModel Model { get; init; }
    /// <summary>The newest result of each gate.</summary>
    public required IReadOnlyList<GateResult> Gates { get; init; }
    /// <summary>Requests for approval, newest first.</summary>
    public required IReadOnlyList<Approval> Approvals { get; init; }
    /// <summary>Changes of its stage, newest first.</summary>
    public required IReadOnlyList<StageChange> Changes { get; init; }
    /// <summary>Which release of its scorecard decided when, oldest first.</summary>
    public required IReadOnlyList<ReleaseReign> Reigns { get; init; }
    /// <summary>Other versions for the same scorecard, newest first.</summary>
    public required IReadOnlyList<RegisteredModel> Others { get; init; }
    /// <summary>The release that a rollback would bring back; null without.</summary>
    public required RegisteredModel? Before { get; init; }
    /// <summary>Names of everybody who did something.</summary>
    public required IReadOnlyDictionary<Guid, string> Names { get; init; }

    /// <summary>The request that waits; null without.</summary>
    public Approval? Open => Approvals.FirstOrDefault(approval => approval.State == ApprovalState.Open);

    /// <summary>The name of somebody.</summary>
    public string NameOf(Guid? id) => id is { } known && Names.TryGetValue(known, out var name) ? name : "";
}

/// <summary>Reads what the registry's pages show.</summary>
/// <param name="models">Versions.</param>
/// <param name="governance">Evidence and approvals.</param>
/// <param name="registry">History of releases.</param>
/// <param name="names">Names of identities.</param>
public sealed class RegistryReader(IModelStore models, IGovernanceStore governance, RegistryDesk registry, Func<IEnumerable<Guid>, IReadOnlyDictionary<Guid, string>> names)
{
    // What a report says does not change, and reading one takes a while.
    private readonly ConcurrentDictionary<Guid, double?> _aucs = new();

    /// <summary>All versions, newest first.</summary>
    public async Task<IReadOnlyList<ModelLine>> ListAsync(CancellationToken cancellationToken)
    {
        var gates = (await governance.LatestGatesAsync(cancellationToken)).ToLookup(gate => gate.ModelId);
        var asked = (await governance.ApprovalsAsync(null, cancellationToken)).Where(approval => approval.State == ApprovalState.Open).Select(approval => approval.ModelId).ToHashSet();
        var lines = new List<ModelLine>();
        foreach (var model in await models.ListAsync(null, cancellationToken))
            lines.Add(new ModelLine(model, [.. gates[model.Id].OrderBy(gate => gate.Gate)], asked.Contains(model.Id), await AucAsync(model.Id, cancellationToken)));
        return lines;
    }

    private async Task<double?> AucAsync(Guid modelId, CancellationToken cancellationToken) => _aucs.TryGetValue(modelId, out var known)
        ? known
        : _aucs[modelId] = RegistryWords.Figure(await models.ReportAsync(modelId, cancellationToken), "cv", "auc", "mean");

    /// <summary>One version; <c>model.notFound</c> without it.</summary>
    public async Task<Outcome<ModelView>> FindAsync(string reference, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await registry.FindAsync(reference, cancellationToken)).TryGet(out var model, out var problems)) return Outcome<ModelView>.Refused(problems);
        var (gates, approvals) = (GateDesk.Latest(await governance.GatesAsync(model.Id, cancellationToken)), await governance.ApprovalsAsync(model.Id, cancellationToken));
        var (own, all) = (await models.HistoryAsync(model.Id, cancellationToken), await models.ChangesAsync(model.ScorecardId, cancellationToken));
        if (!(await registry.ReignsAsync(model.ScorecardId, actor, cancellationToken)).TryGet(out var reigns, out problems)) return Outcome<ModelView>.Refused(problems);
        IEnumerable<Guid?> people = [model.CreatedBy, .. gates.Select(gate => (Guid?)gate.By), .. approvals.SelectMany(one => new[] { one.RequestedBy, one.DecidedBy }), .. own.Select(change => (Guid?)change.ActorId), .. reigns.Select(reign => (Guid?)reign.By)];
        return new ModelView
        {
            Model = model,
            Gates = gates,
            Approvals = approvals,
            Changes = own,
            Reigns = reigns,
            Others = [.. (await models.ListAsync(model.ScorecardId, cancellationToken)).Where(other => other.Id != model.Id)],
            Before = model.Stage == ModelStage.Production ? ReleaseHistory.Before(all) : null,
            Names = names(people.OfType<Guid>()),
        };
    }
}
