using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary>Finds the dictionary that <c>--scorecard</c> names: an id of the store, or a file.</summary>
public static class Dictionaries
{
    /// <summary>The dictionary; <c>scorecard.notFound</c> or every fault of the file.</summary>
    public static async Task<Outcome<ScorecardDefinition>> FindAsync(string scorecard, string? data, CancellationToken cancellationToken)
    {
        if (File.Exists(scorecard)) return ScorecardReader.Read(await File.ReadAllTextAsync(scorecard, cancellationToken), scorecard);
        await using var app = await WorkbenchHost.OpenAsync(data, cancellationToken);
        var catalog = app.Services.GetRequiredService<IScorecardCatalog>();
        if (await catalog.FindAsync(scorecard, cancellationToken) is { } definition) return definition;
        var known = string.Join(", ", (await catalog.ListAsync(cancellationToken)).Select(one => one.Id));
        return new Problem("scorecard.notFound", $"There is no scorecard {scorecard}.") { Field = "--scorecard", Remedy = $"Known: {known}." };
    }
}
