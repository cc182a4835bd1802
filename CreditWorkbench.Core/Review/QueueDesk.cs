using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>What the page of the queue reads: rows, counts, and the reader's own views of them.</summary>
public sealed class QueueDesk(ICaseQueue queue, ISavedViewStore views, TimeProvider clock)
{
    private const int LongestName = 40;
    private const int LongestQuery = 400;

    /// <summary>A page of the queue; names are masked for those who do not work with applicants.</summary>
    public async Task<Outcome<Page<QueueRow>>> PageAsync(QueueQuery query, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Review) is { } refusal) return refusal;
        var page = await queue.PageAsync(query with { Page = Math.Max(1, query.Page), PageSize = Math.Clamp(query.PageSize, 1, QueueQuery.MostRows) }, cancellationToken);
        return new Page<QueueRow>([.. page.Items.Select(entry => new QueueRow(entry.Case, NameOf(entry.Applicant, actor), entry.Facts))], page.Total);
    }

    /// <summary>How many cases each filter holds for the actor.</summary>
    public async Task<Outcome<QueueCounts>> CountAsync(string? scorecardId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Review) is { } refusal) return refusal;
        return await queue.CountAsync(actor.Id, scorecardId, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>The actor's views.</summary>
    public async Task<Outcome<IReadOnlyList<SavedView>>> ViewsAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Review) is { } refusal) return refusal;
        return Outcome<IReadOnlyList<SavedView>>.Success(await views.OfAsync(actor.Id, cancellationToken));
    }

    /// <summary>Keeps a view under a name; a view of the same name is replaced.</summary>
    public async Task<Outcome<SavedView>> SaveViewAsync(string name, string query, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Review) is { } refusal) return refusal;
        if (name.Trim() is not { Length: > 0 and <= LongestName } given || query.Length > LongestQuery)
            return new Problem("view.name", $"A view's name has 1 to {LongestName} characters.") { Field = "name", Remedy = "Name the view." };
        return await views.SaveAsync(new SavedView(Guid.CreateVersion7(clock.GetUtcNow()), actor.Id, given, query), cancellationToken);
    }

    /// <summary>Throws one of the actor's views away.</summary>
    public async Task<Outcome<Guid>> DropViewAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.Review) is { } refusal) return refusal;
        await views.RemoveAsync(id, actor.Id, cancellationToken);
        return id;
    }

    private static string NameOf(Applicant applicant, Actor actor) =>
        actor.May(Permission.RevealPersonalData) ? applicant.Name : PersonalDataMask.Of(applicant).Name;
}
