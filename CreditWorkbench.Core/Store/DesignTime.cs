using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CreditWorkbench.Core.Store;

/// <summary>Lets <c>dotnet ef</c> build the SQLite model without a host; no database is opened.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteWorkbenchContext>
{
    public SqliteWorkbenchContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteWorkbenchContext>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>Lets <c>dotnet ef</c> build the PostgreSQL model without a host; no database is opened.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresWorkbenchContext>
{
    public PostgresWorkbenchContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresWorkbenchContext>().UseNpgsql("Host=localhost").Options);
}
