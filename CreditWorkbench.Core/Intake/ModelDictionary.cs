using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>A feature that a model from elsewhere asks for.</summary>
/// <param name="Name">Its name there: the column of files.</param>
/// <param name="IsFlag">Whether its values are 0 and 1.</param>
public sealed record ModelInput(string Name, bool IsFlag);

/// <summary>Makes a dictionary for a model that was trained elsewhere: one input and one feature per feature of the model, in its
/// order. Categories and special codes are plain numbers, as the model was trained on them, and no range is claimed, because nobody
/// knows the one that it saw.</summary>
public static class ModelDictionary
{
    /// <summary>Infers the dictionary.</summary>
    /// <param name="name">Name of the scorecard; its id is made from it.</param>
    /// <param name="features">Features of the model.</param>
    /// <param name="target">Column of the outcome in labelled files.</param>
    /// <param name="bad">Its values that count as bad.</param>
    /// <param name="badShare">Share of bad among applicants as far as known, in (0, 1): the policy's start.</param>
    /// <returns>The dictionary, or the checker's faults.</returns>
    public static Outcome<ScorecardDefinition> Infer(string name, IReadOnlyList<ModelInput> features, string target, IReadOnlyList<string> bad, double badShare)
    {
        var names = new InferredNames([.. features.Select(feature => feature.Name)]);
        InputDefinition[] inputs = [.. features.Select(feature => InputOf(feature, names[feature.Name]))];
        var values = string.Join(", ", bad);
        var outcome = new TargetDefinition
        {
            Column = target,
            Bad = bad,
            HorizonMonths = 12,
            Meaning = InferredTexts.Both($"{target} is {values}.", $"{target} bernilai {values}."),
        };
        var summary = InferredTexts.Both(
            string.Create(CultureInfo.InvariantCulture, $"Made for an imported model of {features.Count} features."),
            string.Create(CultureInfo.InvariantCulture, $"Dibuat untuk model impor dengan {features.Count} fitur."));
        var definition = DictionaryInference.Compose(name, summary, outcome, inputs, badShare) with
        {
            Read = ReadRules.None with { RenamedColumns = features.Where(feature => names[feature.Name] != feature.Name).ToDictionary(feature => feature.Name, feature => names[feature.Name], StringComparer.Ordinal) },
        };
        return ScorecardDefinitions.Checked(definition, $"{definition.Id}.yaml");
    }

    private static InputDefinition InputOf(ModelInput feature, string name) => new()
    {
        Name = name,
        Type = feature.IsFlag ? InputType.Flag : InputType.Number,
        Label = LocalizedText.Same(InferredTexts.Label(feature.Name), InferredTexts.Languages),
        Help = InferredTexts.Both($"Feature {feature.Name} of the model.", $"Fitur {feature.Name} dari model."),
        Source = DictionaryInference.SourceName,
    };
}
