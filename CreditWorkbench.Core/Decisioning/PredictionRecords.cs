using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Records of stateless predictions: seen by who made them, replayed by them and by whoever may replay.</summary>
/// <param name="store">The records.</param>
/// <param name="replay">Scores again.</param>
/// <param name="trail">Receives an entry per replay.</param>
public sealed class PredictionRecords(IPredictionStore store, CaseReplay replay, IAuditTrail trail)
{
    private static readonly Problem Unknown = new("prediction.notFound", "There is no such prediction.");

    /// <summary>A record of the caller; <c>prediction.notFound</c> for everybody else's.</summary>
    public async Task<Outcome<Prediction>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ScoreStateless) is { } refusal) return refusal;
        return await store.FindAsync(id, cancellationToken) is { } found && found.ClientId == actor.Id ? found : Unknown;
    }

    /// <summary>Scores the values of a record again under its own release; open to who made it and to people who hold <see cref="Permission.Replay"/>.</summary>
    public async Task<Outcome<ReplayResult>> ReplayAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.Replay) && actor.Lacks(Permission.ScoreStateless) is { } refusal) return refusal;
        if (await store.FindAsync(id, cancellationToken) is not { } found || (found.ClientId != actor.Id && (actor.Kind == ActorKind.Client || !actor.May(Permission.Replay)))) return Unknown;
        if (!(await replay.AgainAsync(found.Release, found.Values, default, found.Warnings, cancellationToken)).TryGet(out var again, out var problems)) return Outcome<ReplayResult>.Refused(problems);
        var (score, issuedMargin) = (again.Score, BitConverter.Int64BitsToDouble(found.MarginBits));
        var equal = BitConverter.DoubleToInt64Bits(score.Margin) == found.MarginBits && score.Issued == found.Issued && score.Grade == found.Grade && again.Recommendation == found.Decision;
        var result = new ReplayResult(equal, found.Release.NumericContract != ModelPackage.CurrentNumericContract, found.Issued, score.Issued, score.Margin - issuedMargin);
        await trail.AppendAsync([new AuditDraft(actor, "prediction.replayed", id.ToString(), new Dictionary<string, string?> { ["equal"] = equal ? "true" : "false", ["score"] = score.Issued.ToString(CultureInfo.InvariantCulture) })
        { Releases = [found.Release.Hash] }], cancellationToken);
        return result;
    }
}
