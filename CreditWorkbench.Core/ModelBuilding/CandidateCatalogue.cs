using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>The families that can be trained.</summary>
public static class CandidateCatalogue
{
    private static readonly string[] Later = ["scorecard", "logistic", "boosting-leafwise", "blend", "network"];

    /// <summary>Families that can be named.</summary>
    public static IReadOnlyList<string> Available { get; } = ["boosting", "forest"];

    /// <summary>The candidates that settings ask for.</summary>
    /// <param name="definition">Dictionary: the kind of target decides what can learn it.</param>
    /// <param name="settings">Names, parameters, balance and choice.</param>
    /// <returns>At least one candidate, or all problems at once.</returns>
    internal static Outcome<IReadOnlyList<Candidate>> Resolve(ScorecardDefinition definition, TrainingSettings settings)
    {
        var (problems, candidates) = (new List<Problem>(), new List<Candidate>());
        if (settings.Balance is not ("none" or "weights") && settings.CandidatesAreBinding) problems.Add(TrainingProblems.Balance(settings.Balance));
        foreach (var family in settings.Candidates.Distinct())
        {
            var outcome = Of(family, definition, settings);
            if (outcome.Succeeded) candidates.Add(outcome.Value);
            else if (settings.CandidatesAreBinding || outcome.Problems.All(problem => problem.Code != "training.candidate.unavailable")) problems.AddRange(outcome.Problems);
        }

        if (problems.Count > 0) return problems;
        if (candidates.Count == 0) return TrainingProblems.NoCandidate;
        if (settings.Choose != "best" && candidates.All(candidate => candidate.Family != settings.Choose)) return TrainingProblems.ChosenNotTried(settings.Choose);
        return Outcome<IReadOnlyList<Candidate>>.Success(candidates);
    }

    /// <summary>What a dictionary asks for and does not get: families that are passed over, a balance that is not applied.</summary>
    internal static IReadOnlyList<Problem> Notes(TrainingSettings settings)
    {
        if (settings.CandidatesAreBinding) return [];
        var passedOver = settings.Candidates.Distinct().Where(Later.Contains).Select(TrainingProblems.UnavailableCandidate);
        return [.. passedOver, .. settings.Balance is "none" or "weights" ? Array.Empty<Problem>() : [TrainingProblems.Balance(settings.Balance)]];
    }

    private static Outcome<Candidate> Of(string family, ScorecardDefinition definition, TrainingSettings settings)
    {
        var parameters = settings.Parameters.GetValueOrDefault(family);
        return family switch
        {
            "forest" => CandidateParameters.OfForest(parameters).Then(of => Forest(of, definition)),
            "boosting" when definition.Target.IsOrdinal => TrainingProblems.OrdinalCandidate(family),
            "boosting" => CandidateParameters.OfBoosting(parameters).Then(of => Boosting(of, settings.Balance == "weights")),
            _ => Later.Contains(family) ? TrainingProblems.UnavailableCandidate(family) : TrainingProblems.UnknownCandidate(family),
        };
    }

    private static Outcome<Candidate> Forest(ForestSettings settings, ScorecardDefinition definition) =>
        new Candidate("forest", Json(settings), (rows, seed, threads, cancellation) =>
            ForestTrainer.Train(rows.Features, rows.Classes, TargetOf(definition), settings with { BlankNeverHelps = rows.BlankNeverHelps }, seed, threads, null, cancellation));

    private static Outcome<Candidate> Boosting(BoostingSettings settings, bool balanced) =>
        new Candidate("boosting", Json(settings), (rows, seed, threads, cancellation) =>
            BoostingTrainer.Train(rows.Features, rows.Classes, balanced ? EqualWeights(rows.Classes) : null, settings with { BlankNeverHelps = rows.BlankNeverHelps }, seed, threads, null, cancellation));

    private static ForestTarget TargetOf(ScorecardDefinition definition) => definition.Target.IsOrdinal
        ? ForestTarget.Ordinal([.. definition.Target.Classes.Select(each => definition.Scale.Anchors[each.Name])])
        : ForestTarget.Binary;

    // Each outcome weighs half of the rows.
    private static double[] EqualWeights(byte[] bad)
    {
        var bads = bad.Count(outcome => outcome == 1);
        return Array.ConvertAll(bad, outcome => 0.5 * bad.Length / (outcome == 1 ? bads : bad.Length - bads));
    }

    private static string Json<T>(T settings) => JsonSerializer.Serialize(settings, TrainingResultJson.Options);
}
