using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Saved views in the store. What somebody likes to look at changes nothing, so no entry is written.</summary>
internal sealed class SavedViewStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer) : ISavedViewStore
{
    public async Task<IReadOnlyList<SavedView>> OfAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SavedViews.AsNoTracking().Where(row => row.UserId == userId).OrderBy(row => row.Name)
            .Select(row => new SavedView(row.Id, row.UserId, row.Name, row.Query)).ToListAsync(cancellationToken);
    }

    public async Task<Outcome<SavedView>> SaveAsync(SavedView view, CancellationToken cancellationToken) =>
        await writer.TryWriteAsync<SavedView>(
            async context =>
            {
                if (await context.SavedViews.SingleOrDefaultAsync(row => row.UserId == view.UserId && row.Name == view.Name, cancellationToken) is { } same)
                {
                    same.Query = view.Query;
                    return view with { Id = same.Id };
                }

                if (await context.SavedViews.CountAsync(row => row.UserId == view.UserId, cancellationToken) >= SavedView.Most)
                    return new Problem("view.full", $"You keep {SavedView.Most} views already.") { Remedy = "Remove one first." };
                context.SavedViews.Add(new SavedViewRow { Id = view.Id, UserId = view.UserId, Name = view.Name, Query = view.Query });
                return view;
            },
            [], cancellationToken);

    public Task RemoveAsync(Guid id, Guid userId, CancellationToken cancellationToken) =>
        writer.WriteAsync(context => context.SavedViews.Where(row => row.Id == id && row.UserId == userId).ExecuteDeleteAsync(cancellationToken), [], cancellationToken);
}
