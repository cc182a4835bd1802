using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Where approval is asked for and given or refused by somebody who did not build the model.</summary>
/// <param name="governance">Requests.</param>
/// <param name="registry">Moves what is approved into production.</param>
/// <param name="gates">Evidence, measured when approval is asked for.</param>
/// <param name="clock">Time of entries.</param>
public sealed class ApprovalDesk(IGovernanceStore governance, RegistryDesk registry, GateDesk gates, TimeProvider clock)
{
    private const int LongestNote = 2_000;

    /// <summary>Requests of a version, or of all with null, newest first; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<Approval>>> ListAsync(RegisteredModel? model, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<Approval>>.Success(await governance.ApprovalsAsync(model?.Id, cancellationToken));

    /// <summary>Asks that a version may decide; needs <see cref="Permission.BuildModels"/> or <see cref="Permission.PromoteModels"/>. Evidence is measured
    /// now; what only the approver can sign may still be open.</summary>
    public async Task<Outcome<Approval>> RequestAsync(string reference, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.BuildModels) && actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        if (NoteProblem(note) is { } mute) return mute;
        if (!(await registry.FindAsync(reference, cancellationToken)).TryGet(out var model, out var problems)) return Outcome<Approval>.Refused(problems);
        if (model.Stage is not (ModelStage.Staging or ModelStage.Archived)) return RegistryProblems.ApprovalStage;
        if (!(await gates.RunAsync(model, actor, cancellationToken)).TryGet(out var found, out problems)) return Outcome<Approval>.Refused(problems);
        List<Problem> failed = [.. found.Where(result => !result.Holds && !GateDesk.MayBeWaived(result)).Select(result => RegistryProblems.GateFailed(model, result.Gate, result))];
        if (failed.Count > 0) return failed;
        var now = clock.GetUtcNow();
        var request = new Approval { Id = Guid.CreateVersion7(now), ModelId = model.Id, RequestedBy = actor.Id, RequestNote = note.Trim(), RequestedAt = now };
        return await governance.RequestAsync(request, Entry(actor, "model.approvalRequested", model, request.RequestNote), cancellationToken);
    }

    /// <summary>Approves an open request: the version goes into production. Refusals as of <see cref="RegistryDesk.ChangeStageAsync"/>, and
    /// <c>model.approval.none</c>.</summary>
    public async Task<Outcome<RegisteredModel>> ApproveAsync(string reference, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        if (!(await OpenAsync(reference, cancellationToken)).TryGet(out _, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
        return await registry.ChangeStageAsync(reference, ModelStage.Production, note, actor, cancellationToken);
    }

    /// <summary>Turns an open request down; needs <see cref="Permission.PromoteModels"/>, and neither the builder nor who asked.</summary>
    public async Task<Outcome<Approval>> RejectAsync(string reference, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        if (!(await OpenAsync(reference, cancellationToken)).TryGet(out var open, out var problems)) return Outcome<Approval>.Refused(problems);
        if (await registry.FourEyesAsync(open.Model, actor, cancellationToken) is { } own) return own;
        return await CloseAsync(open, ApprovalState.Rejected, "model.approvalRejected", note, actor, cancellationToken);
    }

    /// <summary>Takes one's own request back.</summary>
    public async Task<Outcome<Approval>> WithdrawAsync(string reference, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await OpenAsync(reference, cancellationToken)).TryGet(out var open, out var problems)) return Outcome<Approval>.Refused(problems);
        if (actor.Id != open.Approval.RequestedBy) return RegistryProblems.NotYourRequest;
        return await CloseAsync(open, ApprovalState.Withdrawn, "model.approvalWithdrawn", note, actor, cancellationToken);
    }

    private async Task<Outcome<Approval>> CloseAsync((RegisteredModel Model, Approval Approval) open, ApprovalState state, string kind, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (NoteProblem(note) is { } mute) return mute;
        var closed = open.Approval with { State = state, DecidedBy = actor.Id, DecidedAt = clock.GetUtcNow(), Note = note.Trim() };
        return await governance.CloseAsync(closed, Entry(actor, kind, open.Model, closed.Note), cancellationToken);
    }

    private async Task<Outcome<(RegisteredModel Model, Approval Approval)>> OpenAsync(string reference, CancellationToken cancellationToken)
    {
        if (!(await registry.FindAsync(reference, cancellationToken)).TryGet(out var model, out var problems)) return Outcome<(RegisteredModel, Approval)>.Refused(problems);
        var open = (await governance.ApprovalsAsync(model.Id, cancellationToken)).FirstOrDefault(approval => approval.State == ApprovalState.Open);
        return open is null ? RegistryProblems.NoApproval : (model, open);
    }

    private static Problem? NoteProblem(string note) => string.IsNullOrWhiteSpace(note) || note.Length > LongestNote ? RegistryProblems.NoteMissing : null;

    private static AuditDraft Entry(Actor actor, string kind, RegisteredModel model, string note) =>
        new(actor, kind, model.Reference, new Dictionary<string, string?> { ["note"] = note }) { Releases = [model.ReleaseHash] };
}
