using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Scores made-up values of a dictionary that is not in force, with the model that is. Nothing is stored.</summary>
/// <param name="lines">Lines of releases.</param>
public sealed class TrialDesk(ServingLines lines)
{
    /// <summary>Scores a record; needs <see cref="Permission.BuildModels"/>.</summary>
    /// <param name="record">Accepted values of the dictionary on trial.</param>
    /// <param name="terms">Amount and term, where no input states them.</param>
    /// <param name="actor">Who tries.</param>
    /// <param name="cancellationToken">Stops before the model is loaded.</param>
    /// <returns>The score under the released policy; <c>trial.scoring</c> when the dictionary asks for other inputs or features than the
    /// model was trained on, <c>model.none</c> without a model.</returns>
    public async Task<Outcome<TrialScore>> ScoreAsync(InputRecord record, ApplicationTerms terms, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        var definition = record.Definition;
        return (await lines.InProductionAsync(definition.Id, cancellationToken)).Then<TrialScore>(line =>
        {
            var released = line.Release.Definition;
            if (released.ScoringHash != definition.ScoringHash) return OtherScoring(released, definition);
            // Equal scoring hashes mean equal inputs in equal order, so the values are those of the released dictionary too.
            return new TrialScore(line.Score(new InputRecord(released, [.. record.Values]), terms), line.Release.Model, released);
        });
    }

    private static Problem OtherScoring(ScorecardDefinition released, ScorecardDefinition definition) =>
        new("trial.scoring", $"The model in production was trained on scoring hash {released.ScoringHash.Short}; this text has {definition.ScoringHash.Short}.")
        {
            Field = released.ScoringHash.Short,
            Remedy = "Publish the dictionary and train a model on it, or take the change of inputs and features back.",
        };
}

/// <summary>A score on trial.</summary>
/// <param name="Scored">Score and policy.</param>
/// <param name="Model">The version that scored.</param>
/// <param name="Definition">Dictionary of that release.</param>
public sealed record TrialScore(ScoredCase Scored, RegisteredModel Model, ScorecardDefinition Definition);
