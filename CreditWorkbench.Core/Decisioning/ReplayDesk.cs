using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Result of scoring a past case again with the release of that day.</summary>
/// <param name="Equal">Whether margin bits, score, grade and recommendation are the same.</param>
/// <param name="EngineChanged">Whether the numeric contract differs from the package's.</param>
/// <param name="Issued">Score as issued.</param>
/// <param name="Replayed">Score of today.</param>
/// <param name="MarginDifference">Replayed minus issued margin.</param>
public sealed record ReplayResult(bool Equal, bool EngineChanged, int Issued, int Replayed, double MarginDifference);

/// <summary>Replays issued scores bit for bit.</summary>
public sealed class ReplayDesk(IScoreStore scores, IApplicationStore applications, CaseReplay replay, IAuditTrail trail)
{
    /// <summary>Scores the stored values of an issued score again under its own release.</summary>
    public async Task<Outcome<ReplayResult>> ReplayAsync(Guid scoreId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Replay) is { } refusal) return refusal;
        if (await scores.FindAsync(scoreId, cancellationToken) is not { } issued) return new Problem("score.notFound", "There is no such score.");
        if (await applications.FindForAsync(issued.ApplicationId, actor, cancellationToken) is not { } application) return new Problem("score.notFound", "There is no such score.");
        var terms = ScoredTerms.Of(issued, application);
        var repeated = await replay.AgainAsync(issued.Release, Encoding.UTF8.GetBytes(issued.ValuesJson), terms, issued.Warnings, cancellationToken);
        if (!repeated.TryGet(out var again, out var problems)) return Outcome<ReplayResult>.Refused(problems);
        var sameBits = BitConverter.DoubleToInt64Bits(again.Score.Margin) == BitConverter.DoubleToInt64Bits(issued.Score.Margin);
        var equal = sameBits && again.Score.Issued == issued.Score.Issued && again.Score.Grade == issued.Score.Grade && again.Recommendation == issued.Policy.Recommendation;
        var result = new ReplayResult(equal, issued.Release.NumericContract != ModelPackage.CurrentNumericContract, issued.Score.Issued, again.Score.Issued, again.Score.Margin - issued.Score.Margin);
        await trail.AppendAsync([new AuditDraft(actor, "score.replayed", scoreId.ToString(), new Dictionary<string, string?> { ["equal"] = equal ? "true" : "false", ["score"] = again.Score.Issued.ToString(CultureInfo.InvariantCulture) })
            { ApplicantId = issued.ApplicantId, Releases = [issued.Release.Hash] }], cancellationToken);
        return result;
    }
}
