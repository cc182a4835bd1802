using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Evidence and approvals to rows and back.</summary>
internal static class GovernanceMap
{
    public static GateRow Write(GateResult result) => new()
    {
        ModelId = result.ModelId,
        Gate = result.Gate,
        State = result.State,
        Code = result.Code,
        Detail = result.Detail,
        FiguresJson = StoreJson.Write(result.Figures),
        Note = result.Note,
        ActorId = result.By,
        At = result.At,
    };

    public static GateResult Read(GateRow row) => new()
    {
        ModelId = row.ModelId,
        Gate = row.Gate,
        State = row.State,
        Code = row.Code,
        Detail = row.Detail,
        Figures = StoreJson.Read<List<GateFigure>>(row.FiguresJson),
        Note = row.Note,
        By = row.ActorId,
        At = row.At,
    };

    public static ApprovalRow Write(Approval approval) => new()
    {
        Id = approval.Id,
        ModelId = approval.ModelId,
        RequestedBy = approval.RequestedBy,
        RequestNote = approval.RequestNote,
        RequestedAt = approval.RequestedAt,
        State = approval.State,
        DecidedBy = approval.DecidedBy,
        DecidedAt = approval.DecidedAt,
        Note = approval.Note,
    };

    public static Approval Read(ApprovalRow row) => new()
    {
        Id = row.Id,
        ModelId = row.ModelId,
        RequestedBy = row.RequestedBy,
        RequestNote = row.RequestNote,
        RequestedAt = row.RequestedAt,
        State = row.State,
        DecidedBy = row.DecidedBy,
        DecidedAt = row.DecidedAt,
        Note = row.Note,
    };

    /// <summary>Writes what was decided: closes the open request, or adds a decision that nobody asked for.</summary>
    /// <returns>Null; <c>version.stale</c> where the request is no longer open.</returns>
    public static async Task<Problem?> DecideAsync(WorkbenchContext context, Approval approval, CancellationToken cancellationToken)
    {
        if (approval.RequestedBy is null)
        {
            context.ModelApprovals.Add(Write(approval));
            return null;
        }

        var closed = await context.ModelApprovals.Where(row => row.Id == approval.Id && row.State == ApprovalState.Open).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, approval.State).SetProperty(row => row.DecidedBy, approval.DecidedBy)
                .SetProperty(row => row.DecidedAt, approval.DecidedAt).SetProperty(row => row.Note, approval.Note), cancellationToken);
        return closed == 1 ? null : StaleVersion.Problem;
    }
}
