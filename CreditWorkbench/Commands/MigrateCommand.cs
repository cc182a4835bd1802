using System.CommandLine;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>migrate</c>: brings the store's schema up to date.</summary>
public static class MigrateCommand
{
    /// <summary>The verb.</summary>
    public static Command Build()
    {
        var data = SharedOptions.Data();
        var migrate = new Command("migrate", "Bring the store's schema up to date.") { data };
        migrate.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = WorkbenchHost.Build(WorkbenchHost.ArgumentsFor(parsed.GetValue(data)));
            var outcome = await app.Services.GetRequiredService<WorkbenchStore>().MigrateAsync(cancellationToken);
            if (!outcome.TryGet(out var applied, out var problems)) return CommandLine.Refuse(problems);
            Console.WriteLine(applied == 0 ? "The schema is up to date." : $"{applied} migrations applied.");
            return 0;
        });
        return migrate;
    }
}
