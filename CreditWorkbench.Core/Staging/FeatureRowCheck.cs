using System.Globalization;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Checks single rows of features against the dictionary, and reads them back as fields.</summary>
internal sealed class FeatureRowCheck
{
    private const int LongestEntity = 100;
    private const int LongestText = 500;
    private readonly ScorecardDefinition _definition;
    private readonly StagingColumn[] _columns;

    public FeatureRowCheck(ScorecardDefinition definition)
    {
        _definition = definition;
        _columns = [.. FeatureColumns.Of(definition, onlyFixed: false).Select(name => FeatureColumns.DefinitionOf(definition, name))];
    }

    /// <summary>Every fault of the values at once, or the values in the order of the feature file.</summary>
    public Outcome<IReadOnlyDictionary<string, string?>> Check(string entity, IReadOnlyDictionary<string, string?> values)
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(entity) || entity.Length > LongestEntity || entity.Any(char.IsControl))
            problems.Add(new Problem("features.entity", $"The key of an entity has 1 to {LongestEntity} printable characters.") { Field = "entity", Remedy = "Correct the key." });
        if (values.Count == 0) problems.Add(new Problem("field.required", "There is no value to write.") { Field = "values", Remedy = "Name at least one feature." });
        foreach (var (name, text) in values)
        {
            if (_columns.FirstOrDefault(column => column.Name == name) is not { } column || _definition.Input(name) is { Sensitive: true })
                problems.Add(new FieldProblem("field.unknown", $"The scorecard has no feature {name}.") { Field = name, Remedy = "Leave it out, or correct the name." });
            else if (text is not null && Fault(column, text) is { } fault) problems.Add(fault);
        }

        if (problems.Count > 0) return problems;
        return Outcome<IReadOnlyDictionary<string, string?>>.Success(
            _columns.Where(column => values.ContainsKey(column.Name)).ToDictionary(column => column.Name, column => values[column.Name], StringComparer.Ordinal));
    }

    /// <summary>Checked values as fields, in the order of the feature file; values that are not named are missing.</summary>
    public IReadOnlyList<FeatureField> Fields(IReadOnlyDictionary<string, string?> values) =>
        [.. _columns.Select(column => values.GetValueOrDefault(column.Name) is { } text ? new FeatureField(column.Name, column.Type, text, NumberOf(column, text)) : new FeatureField(column.Name, column.Type, null, CodedNaN.OfDouble(0)))];

    private static FieldProblem? Fault(StagingColumn column, string text)
    {
        if (text.Length > LongestText) return Of(column, text, "field.tooLong", $"The text has more than {LongestText} characters.");
        if (column.Specials.Any(special => SpecialCodes.Equal(special.Value, text)) || column.Type == InputType.Text) return null;
        if (column.Type == InputType.Category)
            return column.Values.Count == 0 || column.Open || column.Values.Contains(text, StringComparer.Ordinal) ? null : Of(column, null, "field.category", $"'{text}' is not one of the allowed codes.") with { Allowed = column.Values };
        var number = NumberOf(column, text);
        if (double.IsNaN(number)) return column.Type is InputType.Date or InputType.DateTime ? Of(column, text, "field.date", $"'{text}' is not a date.") : Of(column, text, "field.notNumber", $"'{text}' is not a number.");
        if (column.Type == InputType.Integer && number != Math.Floor(number)) return Of(column, text, "field.notInteger", $"'{text}' is not a whole number.");
        if (column.Type == InputType.Flag && number is not (0 or 1)) return Of(column, text, "field.flag", $"'{text}' is neither 0 nor 1.");
        return number < column.Minimum || number > column.Maximum
            ? Of(column, text, "field.range", string.Create(CultureInfo.InvariantCulture, $"{text} lies outside {column.Minimum} to {column.Maximum}.")) with { Minimum = column.Minimum, Maximum = column.Maximum }
            : null;
    }

    private static FieldProblem Of(StagingColumn column, string? given, string code, string message) => new(code, message) { Field = column.Name, Given = given, Remedy = "Correct the value, or give null when it is not known." };

    /// <summary>A cell of the feature file as a number; a <see cref="CodedNaN"/> for texts, special codes and what cannot be read.</summary>
    public static double NumberOf(StagingColumn column, string text)
    {
        for (var i = 0; i < column.Specials.Count; i++)
        {
            if (SpecialCodes.Equal(column.Specials[i].Value, text)) return CodedNaN.OfDouble(i + 1);
        }

        var missing = CodedNaN.OfDouble(0);
        return column.Type switch
        {
            InputType.Category or InputType.Text => missing,
            InputType.Date => DateText.TryReadDate(text, null, out var day) ? day : missing,
            InputType.DateTime => DateText.TryReadInstant(text, null, out var instant) ? instant : missing,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : missing,
        };
    }
}
