using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Review;

/// <summary>A case that the same model scored for similar reasons. It names no person.</summary>
/// <param name="ApplicationId">Application.</param>
/// <param name="Number">Application number.</param>
/// <param name="Distance">Root mean square difference of points per factor.</param>
/// <param name="Issued">Issued score.</param>
/// <param name="Grade">Grade.</param>
/// <param name="Amount">Amount asked for; null when not stated.</param>
/// <param name="TermMonths">Term asked for; null when not stated.</param>
/// <param name="Recommendation">What policy said.</param>
/// <param name="Verdict">What a person decided; null while undecided.</param>
/// <param name="Override">Whether that departed from the recommendation.</param>
public sealed record LikeCase(
    Guid ApplicationId, string Number, double Distance, int Issued, string Grade, Money? Amount, int? TermMonths, Recommendation Recommendation, Verdict? Verdict, OverrideKind Override);

/// <summary>Finds cases that the same release scored for the same reasons: by points per factor, which say nothing about who applied.</summary>
public sealed class SimilarDesk(IScoreStore scores, IApplicationStore applications, IReviewStore cases)
{
    private const int Searched = 300;

    /// <summary>The cases nearest to a score among the newest 300 of its release, one per application, nearest first.</summary>
    /// <returns>The cases, or <c>score.notFound</c>, <c>explanation.none</c>.</returns>
    public async Task<Outcome<IReadOnlyList<LikeCase>>> FindAsync(Guid scoreId, int count, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        if (await scores.FindAsync(scoreId, cancellationToken) is not { } here || await applications.FindForAsync(here.ApplicationId, actor, cancellationToken) is null) return new Problem("score.notFound", "There is no such score.");
        if (here.Explanation is null) return new Problem("explanation.none", "This score has no explanation to compare by.") { Remedy = "Score the application again." };
        var others = (await scores.RecentAsync(here.Release, Searched, cancellationToken))
            .Where(score => score.ApplicationId != here.ApplicationId && score.Explanation?.Contributions.Count == here.Explanation.Contributions.Count)
            .DistinctBy(score => score.ApplicationId).ToList();
        var nearest = SimilarCases.ByReasons([.. others.Select(PointsOf)], PointsOf(here), count);
        var found = new List<LikeCase>(nearest.Count);
        foreach (var near in nearest)
        {
            if (await RowAsync(others[near.Row], near.Distance, cancellationToken) is { } row) found.Add(row);
        }

        return Outcome<IReadOnlyList<LikeCase>>.Success(found);
    }

    private async Task<LikeCase?> RowAsync(IssuedScore score, double distance, CancellationToken cancellationToken)
    {
        if (await applications.FindAsync(score.ApplicationId, cancellationToken) is not { } application) return null;
        var reviewed = await cases.OfApplicationAsync(application.Id, cancellationToken);
        var standing = reviewed is { State: CaseState.Decided } ? (await cases.DecisionsAsync(reviewed.Id, cancellationToken)).FirstOrDefault(decision => decision.Stands) : null;
        return new LikeCase(
            application.Id, application.Number, distance, score.Score.Issued, score.Score.Grade, application.Amount, application.TermMonths, score.Policy.Recommendation,
            standing?.Verdict, standing?.Override ?? OverrideKind.None);
    }

    private static double[] PointsOf(IssuedScore score) => [.. score.Explanation!.Contributions.Select(contribution => contribution.Points)];
}
