using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads features: pass-throughs inherit what they do not state, <c>each</c> writes one feature per value.</summary>
/// <param name="inputs">Inputs by name.</param>
/// <param name="flagsSpecials">The file-wide treatment of special codes.</param>
internal sealed class FeatureReader(IReadOnlyDictionary<string, InputDefinition> inputs, bool flagsSpecials)
{
    /// <summary>Words of the treatment of special codes.</summary>
    public static IReadOnlyDictionary<string, bool> SpecialTreatments { get; } = new Dictionary<string, bool> { ["flag"] = true, ["missing"] = false };

    /// <summary>Words of uses.</summary>
    public static IReadOnlyDictionary<string, FeatureUse> Uses { get; } = new Dictionary<string, FeatureUse>
    {
        ["model"] = FeatureUse.Model,
        ["policy"] = FeatureUse.Policy,
        ["monitor"] = FeatureUse.Monitor,
        ["audit"] = FeatureUse.Audit,
    };

    /// <summary>Words of directions.</summary>
    public static IReadOnlyDictionary<string, RiskDirection> Directions { get; } = new Dictionary<string, RiskDirection>
    {
        ["free"] = RiskDirection.Free,
        ["rises"] = RiskDirection.Rises,
        ["falls"] = RiskDirection.Falls,
    };

    private static readonly Dictionary<string, InputType> FeatureTypes = new()
    {
        ["number"] = InputType.Number,
        ["integer"] = InputType.Integer,
        ["flag"] = InputType.Flag,
        ["date"] = InputType.Date,
    };

    /// <summary>Features in file order; of two with one name the first.</summary>
    public IReadOnlyList<FeatureDefinition> Features(DictionaryElement root)
    {
        var features = new List<FeatureDefinition>();
        foreach (var (node, path) in root.Items("features", mandatory: true))
        {
            root.Log.Place(path, node.Line);
            foreach (var copy in Copies(node, path, root.Log)) Add(copy, path, root.Log, features);
        }
        return features;
    }

    private void Add(DictionaryNode node, string path, ReadingLog log, List<FeatureDefinition> features)
    {
        var name = node is MappingNode mapping && (mapping["name"] ?? mapping["from"]) is ScalarNode { Text.Length: > 0 } named ? named.Text : null;
        var element = DictionaryElement.At(node, name is null ? path : $"features[{name}]", log);
        var feature = Feature(element);
        if (features.Any(other => other.Name == feature.Name))
            log.Error("scorecard.name.duplicate", element.Line, element.Path, $"There is another feature named {feature.Name}.");
        else
            features.Add(feature);
    }

    /// <summary>The mapping once per value of <c>each</c>, with the placeholder replaced in name, label and expr.</summary>
    private static IEnumerable<DictionaryNode> Copies(DictionaryNode node, string path, ReadingLog log)
    {
        if (node is not MappingNode mapping || mapping["each"] is not { } each) return [node];
        if (each is not MappingNode { Entries: [{ Value: ListNode { Items.Count: > 0 } } entry] } || !((ListNode)entry.Value).Items.All(item => item is ScalarNode))
        {
            log.Error("scorecard.each", each.Line, ReadingLog.Join(path, "each"), "Expected one placeholder with a list of values, such as {w: [3, 6, 12]}.");
            return [];
        }
        var rest = mapping.Entries.Where(other => other.Key != "each").ToArray();
        return ((ListNode)entry.Value).Items.Cast<ScalarNode>().Select(value =>
            new MappingNode(mapping.Line, [.. rest.Select(other => Replaced(other, $"{{{entry.Key}}}", value.Text))]));
    }

    private static DictionaryEntry Replaced(DictionaryEntry entry, string placeholder, string value) =>
        entry.Key is "name" or "label" or "expr" ? entry with { Value = Replaced(entry.Value, placeholder, value) } : entry;

    private static DictionaryNode Replaced(DictionaryNode node, string placeholder, string value) => node switch
    {
        ScalarNode scalar => scalar with { Text = scalar.Text.Replace(placeholder, value, StringComparison.Ordinal) },
        ListNode list => list with { Items = [.. list.Items.Select(item => Replaced(item, placeholder, value))] },
        _ => node,
    };

    private FeatureDefinition Feature(DictionaryElement element)
    {
        var from = element.TextOrNull("from");
        var input = from is null ? null : inputs.GetValueOrDefault(from);
        if (from is not null && input is null) element.Fault("scorecard.feature.from", "from", $"There is no input named {from}.");
        var type = element.Choice("type", FeatureTypes, input?.Type ?? InputType.Number);
        var (minimum, maximum) = element.Has("range") ? element.Range("range") : (input?.Minimum, input?.Maximum);
        var (emptyStated, empty) = Empty(element);
        var feature = new FeatureDefinition
        {
            Name = from ?? element.Text("name"),
            From = from,
            Expression = from is null ? element.Expression("expr") : null,
            ExpressionText = from is null ? element.TextOrNull("expr") : null,
            Use = element.Choice("use", Uses),
            IsFlag = type == InputType.Flag,
            IsInteger = type == InputType.Integer,
            Label = input is not null ? element.LocalizedOrNull("label") ?? input.Label : element.Localized("label"),
            Unit = element.TextOrNull("unit") ?? input?.Unit,
            Scale = element.Number("scale", 1.0),
            Minimum = minimum,
            Maximum = maximum,
            Direction = element.Choice("direction", Directions),
            Group = element.TextOrNull("group"),
            Reason = element.TextOrNull("reason"),
            FlagsSpecials = element.Choice("specials", SpecialTreatments, flagsSpecials) && input is { Specials.Count: > 0 },
            Audited = element.Flag("audited", false),
            Bands = element.Has("bands") ? element.Numbers("bands") : input?.Bands ?? [],
            Empty = empty,
            EmptyStated = emptyStated,
            Line = element.Line,
        };
        MustState(element, feature);
        element.Close();
        return feature;
    }

    private static (bool Stated, double? Value) Empty(DictionaryElement element) => element.TextOrNull("empty") switch
    {
        null => (false, null),
        "missing" => (true, null),
        { } text => (true, ZeroIn(text, element)),
    };

    private static double? ZeroIn(string text, DictionaryElement element)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value == 0.0) return 0.0;
        element.Fault("scorecard.value.unknown", "empty", $"'{text}' is neither 0 nor missing.");
        return null;
    }

    private static void MustState(DictionaryElement element, FeatureDefinition feature)
    {
        if (feature.From is not null && element.Has("name") && element.TextOrNull("name") != feature.From)
            element.Fault("scorecard.feature.name", "name", "A passed-through input keeps its name.");
        if (feature.From is not null && element.Has("expr")) element.Fault("scorecard.feature.expr", "expr", "A passed-through input has no expression.");
        if (feature.Use != FeatureUse.Model) return;
        if (!element.Has("direction")) element.Fault("scorecard.feature.direction", "direction", "A model feature states its direction: rises, falls or free.");
        if (feature.Group is null) element.Fault("scorecard.feature.group", "group", "A model feature belongs to a group.");
        if (feature.Reason is null) element.Fault("scorecard.feature.reason", "reason", "A model feature has a reason.");
    }
}
