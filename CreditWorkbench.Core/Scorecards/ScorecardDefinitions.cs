using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Completes definitions that were built in memory.</summary>
public static class ScorecardDefinitions
{
    /// <summary>The definition with what passed-through inputs leave to their features filled in, its source text written and both
    /// hashes worked out. It is not checked.</summary>
    public static ScorecardDefinition Complete(ScorecardDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var filled = definition with { Features = [.. definition.Features.Select(feature => Inherit(feature, definition))] };
        return WithHashes(filled with { SourceText = ScorecardWriter.Write(filled) });
    }

    /// <summary>The completed definition as it reads back from its own text, or every fault that the checker finds.</summary>
    /// <param name="definition">Built in memory.</param>
    /// <param name="name">Name for messages, in place of a file.</param>
    public static Outcome<ScorecardDefinition> Checked(ScorecardDefinition definition, string name) => ScorecardReader.Read(Complete(definition).SourceText, name);

    /// <summary>The definition with both hashes worked out.</summary>
    internal static ScorecardDefinition WithHashes(ScorecardDefinition definition) => definition with
    {
        ScoringHash = ScorecardHash.Scoring(definition),
        PresentationHash = ScorecardHash.Presentation(definition),
    };

    private static FeatureDefinition Inherit(FeatureDefinition feature, ScorecardDefinition definition)
    {
        if (feature.From is null || definition.Input(feature.From) is not { } input) return feature with { FlagsSpecials = false };
        var ranged = feature.Minimum is not null || feature.Maximum is not null;
        return feature with
        {
            Name = input.Name,
            Unit = feature.Unit ?? input.Unit,
            Minimum = ranged ? feature.Minimum : input.Minimum,
            Maximum = ranged ? feature.Maximum : input.Maximum,
            IsFlag = feature.IsFlag || input.Type == InputType.Flag,
            IsInteger = feature.IsInteger || input.Type == InputType.Integer,
            Bands = feature.Bands.Count > 0 ? feature.Bands : input.Bands,
            FlagsSpecials = feature.FlagsSpecials && input.Specials.Count > 0,
        };
    }
}
