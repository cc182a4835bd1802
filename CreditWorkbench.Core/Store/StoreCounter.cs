using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store;

/// <summary>Gives out numbers without gaps: the number and its use commit together.</summary>
internal static class StoreCounter
{
    private const string Next = """
        INSERT INTO "Counters" ("Name", "Value") VALUES ({0}, 1)
        ON CONFLICT ("Name") DO UPDATE SET "Value" = "Counters"."Value" + 1
        RETURNING "Value"
        """;

    /// <summary>The next number under a name, from 1. Call inside the transaction that uses it.</summary>
    public static async Task<long> NextNumberAsync(this WorkbenchContext context, string name, CancellationToken cancellationToken)
    {
        var values = await context.Database.SqlQueryRaw<long>(Next, name).ToListAsync(cancellationToken);
        return values.Single();
    }
}
