using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Imports the dictionaries that ship with the program where the store does not know them yet. The store is the truth: a
/// dictionary that was edited there is not overwritten.</summary>
public sealed class ScorecardSeeds(IModelStore models, ILogger<ScorecardSeeds> log)
{
    /// <summary>Imports seeds of unknown scorecards; a seed that does not check is logged and left out.</summary>
    public async Task ImportAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "data", "scorecards");
        if (!Directory.Exists(folder)) return;
        var known = await models.ScorecardsAsync(cancellationToken);
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            if (known.ContainsKey(Path.GetFileNameWithoutExtension(file))) continue;
            var reading = ScorecardReader.Read(await File.ReadAllTextAsync(file, cancellationToken), Path.GetFileName(file));
            if (!reading.TryGet(out var definition, out var problems))
            {
                foreach (var problem in problems) log.LogError("A dictionary is left out: {Problem}", problem);
                continue;
            }

            var audit = new AuditDraft(Actor.System, "scorecard.imported", definition.Id, new Dictionary<string, string?> { ["version"] = definition.Version, ["scoringHash"] = definition.ScoringHash.Hex });
            await models.SaveScorecardAsync(definition.Id, definition.SourceText, definition.ScoringHash, definition.PresentationHash, audit, cancellationToken);
        }
    }
}
