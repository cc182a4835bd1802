using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Reads issued scores for those who may see cases; a client system reads those of its own applications.</summary>
public sealed class ScoreReader(IScoreStore scores, IApplicationStore applications)
{
    /// <summary>Most scores of one answer.</summary>
    public const int Most = 200;

    /// <summary>One score; <c>score.notFound</c> where the actor knows of none.</summary>
    public async Task<Outcome<IssuedScore>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        return await scores.FindAsync(id, cancellationToken) is { } score && await applications.FindForAsync(score.ApplicationId, actor, cancellationToken) is not null
            ? score
            : new Problem("score.notFound", "There is no such score.");
    }

    /// <summary>Scores that match, newest first, from a cursor on.</summary>
    public async Task<Outcome<ScoreList>> ListAsync(ScoreQuery query, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        return await scores.ListAsync(query with { ClientId = Ownership.Narrowing(actor) ?? query.ClientId, Take = Math.Clamp(query.Take, 1, Most) }, cancellationToken);
    }
}
