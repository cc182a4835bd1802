using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Scores cases that a release decided lately once more, by another one: what a rollout would see, before there is one. Nothing is kept.</summary>
public sealed class PairedRescoring(IScoreStore scores, IApplicationStore applications, ServingLines lines)
{
    /// <summary>Pairs of the newest scores of the release in production.</summary>
    /// <param name="challengerRelease">Release that scores them again.</param>
    /// <param name="count">Scores at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Pairs, newest first; a case that the challenger cannot score is left out. Refused where a release cannot be had, or where the two read
    /// different dictionaries.</returns>
    public async Task<Outcome<IReadOnlyList<RolloutPair>>> RecentAsync(ContentHash challengerRelease, int count, CancellationToken cancellationToken)
    {
        if (!(await lines.ByHashAsync(challengerRelease, cancellationToken)).TryGet(out var challenger, out var problems)) return Outcome<IReadOnlyList<RolloutPair>>.Refused(problems);
        if (!(await lines.InProductionAsync(challenger.Release.Definition.Id, cancellationToken)).TryGet(out var champion, out problems)) return Outcome<IReadOnlyList<RolloutPair>>.Refused(problems);
        if (champion.Release.Definition.ScoringHash != challenger.Release.Definition.ScoringHash)
            return new Problem("rollout.dictionary", $"{challenger.Release.Model.Reference} reads another scoring dictionary than {champion.Release.Model.Reference}.") { Remedy = "Train the challenger on the dictionary of the champion." };
        var pairs = new List<RolloutPair>();
        foreach (var issued in await scores.RecentAsync(champion.Reference, count, cancellationToken))
        {
            if (await applications.FindAsync(issued.ApplicationId, cancellationToken) is not { } application) continue;
            if (InputRecordJson.FromText(champion.Release.Definition, issued.ValuesJson).TryGet(out var record, out _) && Pair(issued, record, ScoredTerms.Of(issued, application), challenger) is { } pair) pairs.Add(pair);
        }

        return pairs;
    }

    // The champion's side is what was issued; only the challenger scores.
    private static RolloutPair? Pair(IssuedScore issued, InputRecord record, ApplicationTerms terms, ServingLine challenger) => UnseenScoring.Rescore(challenger, record, terms) is not { } result ? null : new()
    {
        Id = issued.Id,
        RolloutId = Guid.Empty,
        At = issued.ScoredAt,
        IssuedBy = RolloutArm.Champion,
        SubjectId = issued.Id,
        ApplicationId = issued.ApplicationId,
        ApplicantId = issued.ApplicantId,
        Champion = new(issued.Score.Issued, issued.Score.Grade, issued.Score.Pd, issued.Policy.Recommendation, issued.ExpectedLoss, [.. issued.Explanation?.Reasons.Select(reason => reason.Code) ?? []]),
        Challenger = result,
    };
}
