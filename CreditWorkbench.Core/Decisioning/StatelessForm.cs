using System.Text.Json;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Reads bodies of the stateless door for one dictionary. Personal data is refused unless the model or a rule works with it (an age
/// in days); values that only an audit may read are left out.</summary>
public sealed class StatelessForm
{
    private const int LongestReference = 200;
    private const int MostBases = 6;
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 32 };
    private readonly RecordJsonReader _values;

    /// <summary>Prepares a dictionary.</summary>
    public StatelessForm(ScorecardDefinition definition)
    {
        var needed = Needed(definition);
        var sensitive = SensitiveInputs.ForAuditsOnly(definition);
        Writer = new RecordJsonWriter(definition);
        Personal = definition.Inputs.Where(input => input.Pii is not null && !needed.Contains(input.Name)).Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        Ignored = sensitive.Except(Personal).ToHashSet(StringComparer.Ordinal);
        _values = new RecordJsonReader(definition, Personal, Ignored);
    }

    /// <summary>Writes canonical values.</summary>
    public RecordJsonWriter Writer { get; }

    /// <summary>Inputs that this door does not take.</summary>
    public IReadOnlySet<string> Personal { get; }

    /// <summary>Inputs that this door leaves out.</summary>
    public IReadOnlySet<string> Ignored { get; }

    /// <summary>Reads a body.</summary>
    /// <param name="utf8">JSON in valid UTF-8.</param>
    /// <param name="kind">Which fields the call has.</param>
    /// <returns>The request, or every fault at once: <c>field.*</c>, <c>body.invalid</c>.</returns>
    public Outcome<PredictionRequest> Read(ReadOnlySpan<byte> utf8, PredictionKind kind)
    {
        var parts = new Parts();
        try
        {
            var reader = new Utf8JsonReader(utf8, Reading);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return NoObject;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadField(ref reader, kind, parts);
            if (reader.Read()) return NotJson;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return NotJson; // no JSON, nested too deeply, or half a surrogate pair
        }

        if (!parts.SawValues) parts.Problems.Add(new Problem("field.required", "The body has no values.") { Field = "values", Remedy = "Send {\"values\":{\"name\":value}}." });
        return parts.Problems.Count > 0 ? parts.Problems : parts.Request(parts.Record!);
    }

    private static Problem NotJson { get; } = new("body.invalid", "The body is not valid JSON, or is nested too deeply.") { Remedy = "Send JSON (RFC 8259) with at most 32 levels." };

    private static Problem NoObject { get; } = new("body.invalid", "The body is no JSON object.") { Remedy = "Send {\"values\":{\"name\":value}}." };

    private void ReadField(ref Utf8JsonReader reader, PredictionKind kind, Parts parts)
    {
        if (reader.ValueTextEquals("values"u8)) ReadValues(ref reader, parts);
        else if (reader.ValueTextEquals("reference"u8)) parts.Reference = Text(ref reader, "reference", parts, LongestReference);
        else if (reader.ValueTextEquals("legalBasis"u8)) parts.LegalBasis = Texts(ref reader, parts);
        else if (kind == PredictionKind.Explain && reader.ValueTextEquals("method"u8)) parts.Method = Text(ref reader, "method", parts, LongestReference);
        else if (kind == PredictionKind.Explain && reader.ValueTextEquals("top"u8)) parts.Top = Whole(ref reader, "top", 1, 1000, parts);
        else if (kind == PredictionKind.Roadmap && reader.ValueTextEquals("targetScore"u8)) parts.TargetScore = Whole(ref reader, "targetScore", 0, 10_000, parts);
        else if (kind == PredictionKind.Roadmap && reader.ValueTextEquals("targetGrade"u8)) parts.TargetGrade = Text(ref reader, "targetGrade", parts, LongestReference);
        else Unknown(ref reader, parts);
    }

    private void ReadValues(ref Utf8JsonReader reader, Parts parts)
    {
        if (!Once("values", ref reader, parts)) return;
        parts.SawValues = true;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            parts.Problems.Add(new Problem("field.type", "The values are no JSON object.") { Field = "values", Remedy = "Send {\"values\":{\"name\":value}}." });
            return;
        }

        if (_values.Read(ref reader, out var ignored).TryGet(out var record, out var problems)) parts.Record = record;
        else parts.Problems.AddRange(problems);
        parts.Ignored = ignored;
    }

    private static string? Text(ref Utf8JsonReader reader, string name, Parts parts, int longest)
    {
        if (!Once(name, ref reader, parts) || reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            parts.Problems.Add(new Problem("field.type", $"{name} is no text.") { Field = name, Remedy = "Give a text." });
            return null;
        }

        var text = reader.GetString()!;
        if (text.Length <= longest && !text.Any(char.IsControl)) return text;
        parts.Problems.Add(new Problem("field.tooLong", $"{name} is longer than {longest} characters, or holds control characters.") { Field = name, Remedy = "Shorten it." });
        return null;
    }

    // One code, or a list of codes.
    private static List<string>? Texts(ref Utf8JsonReader reader, Parts parts)
    {
        if (!Once("legalBasis", ref reader, parts) || reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.String) return [reader.GetString()!];
        var (codes, isList) = (new List<string>(), reader.TokenType == JsonTokenType.StartArray);
        var sound = isList;
        if (!isList) reader.Skip();
        while (isList && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            sound &= reader.TokenType == JsonTokenType.String && codes.Count < MostBases;
            if (sound) codes.Add(reader.GetString()!);
            reader.Skip();
        }

        if (sound) return codes;
        parts.Problems.Add(new Problem("field.type", "legalBasis is no code and no list of codes.") { Field = "legalBasis", Remedy = $"Name one or more of: {string.Join(", ", LegalBases.Codes)}." });
        return null;
    }

    private static int? Whole(ref Utf8JsonReader reader, string name, int least, int most, Parts parts)
    {
        if (!Once(name, ref reader, parts) || reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number >= least && number <= most) return number;
        reader.Skip();
        parts.Problems.Add(new Problem("field.range", $"{name} is no whole number from {least} to {most}.") { Field = name, Remedy = $"Allowed: {least} to {most}." });
        return null;
    }

    private static void Unknown(ref Utf8JsonReader reader, Parts parts)
    {
        var name = reader.GetString()!;
        reader.Read();
        reader.Skip();
        if (++parts.Unknown > MostUnknown) return;
        if (name.Length > LongestName) name = name[..LongestName];
        parts.Problems.Add(new Problem("field.unknown", $"The call has no field {name}.") { Field = name, Remedy = "Remove it, or mind its spelling; inputs stand in values." });
    }

    private const int MostUnknown = 20;
    private const int LongestName = 60;

    private static bool Once(string name, ref Utf8JsonReader reader, Parts parts)
    {
        reader.Read();
        if (!parts.Seen.Contains(name))
        {
            parts.Seen.Add(name);
            return true;
        }

        reader.Skip();
        parts.Problems.Add(new Problem("field.duplicate", $"{name} is given twice.") { Field = name, Remedy = "Give it once." });
        return false;
    }

    private static HashSet<string> Needed(ScorecardDefinition definition)
    {
        var reach = new FeatureReach(definition);
        var rules = definition.Policy.Rules.SelectMany(rule => new[] { rule.When, rule.CapTo }).Append(definition.Costs?.Ead).OfType<Expression>().SelectMany(expression => FeatureReach.Direct(expression));
        return definition.ModelFeatures.Select(feature => feature.Name).Concat(rules).SelectMany(reach.Of).ToHashSet(StringComparer.Ordinal);
    }

    private sealed class Parts
    {
        public List<Problem> Problems { get; } = [];
        public List<string> Seen { get; } = new(3);
        public InputRecord? Record { get; set; }
        public bool SawValues { get; set; }
        public bool Ignored { get; set; }
        public string? Reference { get; set; }
        public IReadOnlyList<string>? LegalBasis { get; set; }
        public string? Method { get; set; }
        public int? Top { get; set; }
        public int? TargetScore { get; set; }
        public string? TargetGrade { get; set; }
        public int Unknown { get; set; }

        public Outcome<PredictionRequest> Request(InputRecord record)
        {
            if (Method is not (null or "interventional" or "path"))
                return new Problem("field.category", "The method is neither interventional nor path.") { Field = "method", Remedy = "Allowed: interventional, path." };
            return new PredictionRequest(record)
            {
                Reference = Reference,
                LegalBasis = LegalBasis,
                Method = Method == "path" ? AttributionMethod.PathDependent : AttributionMethod.Interventional,
                Top = Top,
                TargetScore = TargetScore,
                TargetGrade = TargetGrade,
                IgnoredSensitive = Ignored,
            };
        }
    }
}
