using System.Text.Json;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>The families that can be trained.</summary>
public static class CandidateCatalogue
{
    private delegate Outcome<Candidate> Make(ScorecardDefinition definition, TrainingSettings settings, IReadOnlyDictionary<string, string>? parameters, ClassWeighting? classes);

    private static readonly Dictionary<string, Make> Families = new()
    {
        ["scorecard"] = (definition, settings, parameters, classes) => CandidateParameters.OfScorecard(parameters).Then(of => Scorecard(of, definition, settings.Balance, classes)),
        ["logistic"] = (_, settings, parameters, classes) => CandidateParameters.OfLogistic(parameters).Then(of => Logistic(of, settings.Balance, classes)),
        ["forest"] = (definition, settings, parameters, classes) => CandidateParameters.OfForest(parameters).Then(of => Forest(of, definition, settings.Balance, classes)),
        ["boosting"] = (definition, settings, parameters, classes) =>
            CandidateParameters.OfBoosting(parameters).Then(of => Boosting("boosting", of, Meetings(parameters), definition, settings.Balance, classes)),
        ["boosting-leafwise"] = (definition, settings, parameters, classes) =>
            CandidateParameters.OfLeafwise(parameters).Then(of => Boosting("boosting-leafwise", of, Meetings(parameters), definition, settings.Balance, classes)),
        ["blend"] = (definition, settings, parameters, _) => CandidateParameters.OfBlend(parameters).Then(of => Blend(of, definition, settings)),
        ["network"] = (_, settings, parameters, classes) => CandidateParameters.OfNetwork(parameters).Then(of => Network(of, settings.Balance, classes)),
    };

    /// <summary>Families that can be named.</summary>
    public static IReadOnlyList<string> Available { get; } = [.. Families.Keys];

    /// <summary>The candidates that settings ask for.</summary>
    /// <param name="definition">Dictionary: the kind of target decides what can learn it.</param>
    /// <param name="settings">Names, parameters, balance and choice.</param>
    /// <returns>At least one candidate, or all problems at once.</returns>
    internal static Outcome<IReadOnlyList<Candidate>> Resolve(ScorecardDefinition definition, TrainingSettings settings)
    {
        var (problems, candidates) = (new List<Problem>(), new List<Candidate>());
        if (settings.Balance is not ("none" or "weights" or "smote")) problems.Add(TrainingProblems.Balance(settings.Balance));
        if (settings is { Balance: "smote", Calibration: "none" }) problems.Add(TrainingProblems.UncorrectedBalance);
        foreach (var family in settings.Candidates.Distinct())
        {
            var outcome = Of(family, definition, settings);
            if (outcome.Succeeded) candidates.Add(outcome.Value);
            else problems.AddRange(outcome.Problems);
        }

        if (problems.Count > 0) return problems;
        if (candidates.Count == 0) return TrainingProblems.NoCandidate;
        if (settings.Choose != "best" && candidates.All(candidate => candidate.Family != settings.Choose)) return TrainingProblems.ChosenNotTried(settings.Choose);
        return Outcome<IReadOnlyList<Candidate>>.Success(candidates);
    }

    /// <summary>One candidate by its family.</summary>
    internal static Outcome<Candidate> Of(string family, ScorecardDefinition definition, TrainingSettings settings) =>
        !Families.TryGetValue(family, out var make) ? TrainingProblems.UnknownCandidate(family)
        : definition.Target.IsOrdinal && family != "forest" ? TrainingProblems.OrdinalCandidate(family)
        : Apart(family, definition, settings.Parameters.GetValueOrDefault(family)).Then(apart => make(definition, settings, apart.Parameters, apart.Classes));

    // What classes weigh is no parameter of an algorithm: it is the same in every family, and comes in by the rows.
    private static Outcome<(IReadOnlyDictionary<string, string>? Parameters, ClassWeighting? Classes)> Apart(string family, ScorecardDefinition definition, IReadOnlyDictionary<string, string>? parameters)
    {
        if (family == "blend" || parameters is null || !parameters.TryGetValue(ClassWeighting.Parameter, out var text)) return (parameters, null);
        var classes = definition.Target.IsOrdinal ? definition.Target.Classes.Count : 2;
        return ClassWeighting.Read(text, classes) is { } weighting
            ? (parameters.Where(parameter => parameter.Key != ClassWeighting.Parameter).ToDictionary(parameter => parameter.Key, parameter => parameter.Value), weighting)
            : TrainingProblems.BadClassWeights(family, text, classes);
    }

    // The points are printed on the scale that the dictionary issues scores on.
    private static Outcome<Candidate> Scorecard(ScorecardSettings settings, ScorecardDefinition definition, string balance, ClassWeighting? classes)
    {
        if (NamedColumns.Faults(settings.Edits, definition) is { Count: > 0 } faults) return Outcome<Candidate>.Refused(faults);
        var printed = settings with { Scale = new PointsScale(definition.Scale.Pdo, definition.Scale.Base, definition.Scale.Odds) };
        return new Candidate("scorecard", Json(printed, classes), BalanceStep.Of(balance, classes, (rows, weights, seed, threads, cancellation) =>
            ScorecardTrainer.Train(rows.Features, rows.Classes, weights, printed with { BlankNeverHelps = rows.BlankNeverHelps, Edits = NamedColumns.Of(printed.Edits, rows.Features.Columns) }, seed, threads, null, cancellation)));
    }

    private static Outcome<Candidate> Logistic(LogisticSettings settings, string balance, ClassWeighting? classes) =>
        new Candidate("logistic", Json(settings, classes), BalanceStep.Of(balance, classes, (rows, weights, seed, threads, cancellation) =>
            LogisticTrainer.Train(rows.Features, rows.Classes, weights, settings with { BlankNeverHelps = rows.BlankNeverHelps }, seed, threads, null, cancellation)));

    private static Outcome<Candidate> Network(NetworkSettings settings, string balance, ClassWeighting? classes) =>
        new Candidate("network", Json(settings, classes), BalanceStep.Of(balance, classes, (rows, weights, seed, threads, cancellation) =>
            NetworkTrainer.Train(rows.Features, rows.Classes, weights, settings, seed, threads, null, cancellation)))
        { ReasonsAreExact = false };

    // A forest weighs its classes by itself; rows act on what its trees draw, and synthetic rows come from outside.
    private static Outcome<Candidate> Forest(ForestSettings settings, ScorecardDefinition definition, string balance, ClassWeighting? classes)
    {
        if (classes is not null) settings = settings with { Balanced = classes == ClassWeighting.Balanced, ClassWeights = classes.Numbers };
        FitPredictor fit = (rows, seed, threads, cancellation) =>
            ForestTrainer.Train(rows.Features, rows.Classes, rows.Weights, TargetOf(definition), settings with { BlankNeverHelps = rows.BlankNeverHelps }, seed, threads, null, cancellation);
        return new Candidate("forest", Json(settings), balance == "smote" && classes is null ? BalanceStep.Smoted(fit) : fit);
    }

    private static Outcome<Candidate> Boosting(string family, BoostingSettings settings, string[][]? meetings, ScorecardDefinition definition, string balance, ClassWeighting? classes)
    {
        if (NamedColumns.Unknown(family, meetings ?? [], definition) is { Count: > 0 } unknown) return Outcome<Candidate>.Refused(unknown);
        FeatureColumn[] all = [.. definition.ModelFeatures.Select(feature => FeatureColumn.Number(feature.Name))];
        return new Candidate(family, Json(settings with { MayMeet = NamedColumns.Positions(meetings, all) }, classes), BalanceStep.Of(balance, classes, (rows, weights, seed, threads, cancellation) =>
        {
            var bound = Scaled(settings, rows.Classes, weights) with { BlankNeverHelps = rows.BlankNeverHelps, MayMeet = NamedColumns.Positions(meetings, rows.Features.Columns) };
            return BoostingTrainer.Train(rows.Features, rows.Classes, weights, bound, seed, threads, null, cancellation);
        }));
    }

    private static string[][]? Meetings(IReadOnlyDictionary<string, string>? parameters) =>
        parameters is not null && parameters.TryGetValue("mayMeet", out var json) && NamedColumns.Sets(json, out var sets) ? sets : null;

    /// <summary>Boosting with its penalty in the unit of the rows. It is set against sums of p (1 - p): 1/4 per row where both outcomes are as
    /// frequent, 1/25 where one in 25 is bad. Scaled by the base rate it means as many rows in one file as in another.</summary>
    internal static BoostingSettings Scaled(BoostingSettings settings, byte[] bad, double[]? weights)
    {
        var (bads, total) = (0.0, 0.0);
        for (var row = 0; row < bad.Length; row++)
        {
            var weight = weights is null ? 1.0 : weights[row];
            bads += weight * bad[row];
            total += weight;
        }

        return settings with { L2 = settings.L2 * 4.0 * bads / total * (1.0 - bads / total) };
    }

    private static Outcome<Candidate> Blend(BlendSettings settings, ScorecardDefinition definition, TrainingSettings training)
    {
        var (members, problems) = (new List<Candidate>(), new List<Problem>());
        foreach (var family in settings.Members.Distinct())
        {
            if (family == "blend") problems.Add(TrainingProblems.BlendOfBlends);
            else if (Of(family, definition, training).TryGet(out var member, out var refused)) members.Add(member);
            else problems.AddRange(refused);
        }

        return problems.Count > 0 ? problems
            : new Candidate("blend", Json(settings), (rows, seed, threads, cancellation) => BlendStep.Fit(members, settings.Folds, rows, seed, threads, cancellation))
            { ReasonsAreExact = members.TrueForAll(member => member.ReasonsAreExact) };
    }

    /// <summary>What a forest learns of a dictionary's outcome.</summary>
    internal static ForestTarget TargetOf(ScorecardDefinition definition) => definition.Target.IsOrdinal
        ? ForestTarget.Ordinal([.. definition.Target.Classes.Select(each => definition.Scale.Anchors[each.Name])])
        : ForestTarget.Binary;

    private static string Json<T>(T settings, ClassWeighting? classes = null)
    {
        if (classes is null) return JsonSerializer.Serialize(settings, TrainingResultJson.Options);
        var json = JsonSerializer.SerializeToNode(settings, TrainingResultJson.Options)!.AsObject();
        json[ClassWeighting.Parameter] = classes.Text;
        return json.ToJsonString(TrainingResultJson.Options);
    }
}
