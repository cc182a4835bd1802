using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>What a client system may know of a scorecard: the dictionary that it fills in, and the model that answers.</summary>
/// <param name="catalog">Dictionaries in force.</param>
/// <param name="lines">Lines of releases.</param>
public sealed class ScorecardReads(IScorecardCatalog catalog, ServingLines lines)
{
    private static readonly Problem Unknown = new("scorecard.notFound", "There is no such scorecard.") { Remedy = "See the list of scorecards." };

    /// <summary>Dictionaries in force, by id; needs <see cref="Permission.ReadModels"/>, <see cref="Permission.ScoreStateless"/> or <see cref="Permission.ReadCases"/>.</summary>
    public async Task<Outcome<IReadOnlyList<ScorecardDefinition>>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        Refusal(actor) is { } refusal ? refusal : Outcome<IReadOnlyList<ScorecardDefinition>>.Success(await catalog.ListAsync(cancellationToken));

    /// <summary>The dictionary that values are read by: the release's where a model is in production, else the one in force; <c>scorecard.notFound</c>.</summary>
    public async Task<Outcome<ScorecardDefinition>> FindAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (Refusal(actor) is { } refusal) return refusal;
        if (await catalog.FindAsync(id, cancellationToken) is not { } definition) return Unknown;
        return (await lines.InProductionAsync(id, cancellationToken)).TryGet(out var line, out _) ? line.Release.Definition : definition;
    }

    /// <summary>The release that answers; needs <see cref="Permission.ReadModels"/> or <see cref="Permission.ScoreStateless"/>.</summary>
    /// <returns>The release; <c>scorecard.notFound</c>, <c>model.none</c>.</returns>
    public async Task<Outcome<Release>> ModelAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ScoreStateless) && actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        if (await catalog.FindAsync(id, cancellationToken) is null) return Unknown;
        return (await lines.InProductionAsync(id, cancellationToken)).Then<Release>(line => line.Release);
    }

    private static Problem? Refusal(Actor actor) => actor.May(Permission.ScoreStateless) || actor.May(Permission.ReadCases) ? null : actor.Lacks(Permission.ReadModels);
}
