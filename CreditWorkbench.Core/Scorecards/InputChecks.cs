using System.Text.RegularExpressions;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks sources, consent and inputs.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
internal sealed partial class InputChecks(ScorecardDefinition definition, ReadingLog log)
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "and", "or", "not", "in", "true", "false" };

    /// <summary>Whether a name can stand in expressions.</summary>
    public static bool IsName(string name) => NameForm().IsMatch(name) && !Reserved.Contains(name);

    /// <summary>Runs the checks.</summary>
    public void Run()
    {
        if (!CurrencyForm().IsMatch(definition.Currency)) log.Error("scorecard.currency", "currency", $"'{definition.Currency}' is not a currency code of three letters.");
        if (definition.ScoreValidDays <= 0) log.Error("scorecard.range", "score_valid_days", "A score is valid for at least one day.");
        Sources();
        Consent();
        foreach (var input in definition.Inputs) Input(input, $"inputs[{input.Name}]");
        foreach (var role in definition.Inputs.Where(input => input.Role != InputRole.None).GroupBy(input => input.Role).Where(group => group.Count() > 1))
            log.Error("scorecard.input.role", $"inputs[{role.Last().Name}].role", $"Only one input has this role; {role.First().Name} has it already.");
    }

    /// <summary>Checks special codes against the values that are regular.</summary>
    public static void Specials(IReadOnlyList<SpecialCode> specials, bool numeric, double? minimum, double? maximum, IEnumerable<string> values, string path, ReadingLog log)
    {
        var regular = values.ToHashSet(StringComparer.Ordinal);
        foreach (var special in specials)
        {
            var at = $"{path}.specials.{special.Value}";
            var number = SpecialCodes.Number(special.Value);
            if (numeric && number is null) log.Error("scorecard.special.type", at, $"The code '{special.Value}' is not a number.");
            if (numeric && (minimum ?? maximum) is not null && number is { } code && code >= (minimum ?? double.NegativeInfinity) && code <= (maximum ?? double.PositiveInfinity))
                log.Error("scorecard.special.inside", at, $"The special code {special.Value} lies inside the range of regular values.");
            if (!numeric && regular.Contains(special.Value)) log.Error("scorecard.special.inside", at, $"The special code {special.Value} is also a regular value.");
            if (special.Tag.Length > 0 && !NameForm().IsMatch(special.Tag)) log.Error("scorecard.name.form", $"{at}.tag", $"The tag '{special.Tag}' has letters, digits and underscores.");
        }
        foreach (var tag in specials.GroupBy(special => special.Tag).Where(group => group.Count() > 1))
            log.Error("scorecard.name.duplicate", $"{path}.specials.{tag.Last().Value}", $"The tag {tag.Key} stands for two codes.");
    }

    private void Sources()
    {
        foreach (var source in definition.Sources)
        {
            var path = $"sources.{source.Name}";
            if (source.Months is <= 0) log.Error("scorecard.range", $"{path}.months", "Consent is valid for at least one month.");
            if (source.NeedsConsent && definition.Consent.RequiredForScore.Intersect(definition.Consent.Purposes).Any() is false)
                log.Error("scorecard.source.purpose", path, $"The source {source.Name} needs consent, but no purpose that a score requires covers it.");
            Used(source.Name, path);
        }
    }

    /// <summary>A source gives an input or a table. Staged tables that name no source may stand for any of them: then only a warning.</summary>
    private void Used(string name, string path)
    {
        if (definition.Inputs.Any(input => input.Source == name || input.AlsoFrom.Contains(name))) return;
        var tables = definition.Staging?.Tables ?? [];
        if (tables.Any(table => table.Source == name)) return;
        if (tables.Count > 0 && tables.All(table => table.Source is null))
            log.Warn("scorecard.orphan", path, $"No input comes from the source {name}, and no table says which source it comes from.");
        else
            log.Error("scorecard.orphan", path, $"Nothing comes from the source {name}.");
    }

    private void Consent()
    {
        foreach (var purpose in definition.Consent.RequiredForScore.Except(definition.Consent.Purposes))
            log.Error("scorecard.consent.purpose", "consent.required_for_score", $"'{purpose}' is not one of the purposes.");
    }

    // A column of somebody's file may be called anything; only what an expression names must look like a name, and the parser sees
    // to that.
    internal static bool IsColumnName(string name) => name.Length <= 200 && name.Trim() == name && !name.Any(char.IsControl);

    private void Input(InputDefinition input, string path)
    {
        if (input.Name.Length > 0 && !IsColumnName(input.Name)) log.Error("scorecard.name.form", path, $"'{input.Name}' cannot be a name: at most 200 characters, none of them a control character or a blank at either end.");
        if (input.Minimum > input.Maximum) log.Error("scorecard.range.reversed", $"{path}.range", "The range runs from high to low.");
        if (!input.IsNumeric && (input.Minimum ?? input.Maximum) is not null) log.Error("scorecard.range", $"{path}.range", "Only numbers have a range.");
        if (input.Type == InputType.Category && input.Values.Count == 0) log.Error("scorecard.category.values", path, "A category lists its values.");
        if (input.Type != InputType.Category && (input.Values.Count > 0 || input.Open)) log.Error("scorecard.category.values", $"{path}.values", "Only a category has values.");
        if (input.Per is not (null or "year" or "month")) log.Error("scorecard.value.unknown", $"{path}.per", $"'{input.Per}' is neither year nor month.");
        if (!input.Bands.Zip(input.Bands.Skip(1)).All(pair => pair.First < pair.Second)) log.Error("scorecard.bands", $"{path}.bands", "Cut points rise.");
        Pattern(input, path);
        Specials(input.Specials, input.IsNumeric, input.Type == InputType.Flag ? 0 : input.Minimum, input.Type == InputType.Flag ? 1 : input.Maximum,
            input.Values.Select(value => value.Code), path, log);
        SourcesOf(input, path);
    }

    private void Pattern(InputDefinition input, string path)
    {
        if (input.Pattern is null) return;
        if (input.Type != InputType.Text) log.Error("scorecard.pattern", $"{path}.pattern", "Only a text has a pattern.");
        try
        {
            _ = new Regex(input.Pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (RegexParseException fault)
        {
            log.Error("scorecard.pattern", $"{path}.pattern", $"The pattern does not compile: {fault.Message}");
        }
        catch (NotSupportedException fault)
        {
            log.Error("scorecard.pattern", $"{path}.pattern", $"The pattern needs backtracking, which is not supported: {fault.Message}");
        }
    }

    private void SourcesOf(InputDefinition input, string path)
    {
        var known = definition.Sources.ToDictionary(source => source.Name);
        if (input.Source.Length > 0 && !known.ContainsKey(input.Source)) log.Error("scorecard.source.unknown", $"{path}.source", $"There is no source {input.Source}.");
        foreach (var also in input.AlsoFrom)
        {
            if (!known.ContainsKey(also)) log.Error("scorecard.source.unknown", $"{path}.also_from", $"There is no source {also}.");
            if (also == input.Source) log.Error("scorecard.source.twice", $"{path}.also_from", $"{also} is the first source already.");
        }
        if (input.Required && input.AlsoFrom.Count == 0 && known.GetValueOrDefault(input.Source) is { NeedsConsent: true })
            log.Warn("scorecard.input.consent", path, $"{input.Name} is required, but its only source, {input.Source}, needs consent.");
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex NameForm();

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex CurrencyForm();
}
