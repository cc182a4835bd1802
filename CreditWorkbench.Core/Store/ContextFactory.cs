using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store;

/// <summary>Hands out the provider's context as the base class, so that nobody else asks which provider it is.</summary>
internal sealed class ContextFactory<TContext>(DbContextOptions<TContext> options, StoreScope scope, Func<DbContextOptions<TContext>, TContext> create)
    : IDbContextFactory<WorkbenchContext>
    where TContext : WorkbenchContext
{
    public WorkbenchContext CreateDbContext() => scope.Current is { } shared ? shared.Join(create(options)) : create(options);
}
