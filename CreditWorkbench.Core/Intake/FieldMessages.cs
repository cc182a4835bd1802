using System.Globalization;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Words the problems of one input. A personal datum is never repeated.</summary>
internal sealed class FieldMessages(InputDefinition input)
{
    private const int MostListed = 20;
    private readonly string _label = input.Label.In("en");

    public FieldProblem Required() => Of("field.required", $"{_label} is missing.", null) with
    {
        Remedy = input.Specials.Count == 0 ? "Give a value." : $"Give a value, or a code: {Codes()}.",
    };

    public FieldProblem NotNumber(string given)
    {
        var problem = Of("field.notNumber", $"{Quoted(given)} is not a number.", given);
        return LetterFor(given) is not { } hint
            ? problem with { Remedy = "Use digits, and a point before decimals in files." }
            : problem with { Remedy = hint.Sentence, Suggestion = input.Pii is null ? hint.Meant : null };
    }

    public FieldProblem NotInteger(double given) =>
        Of("field.notInteger", $"{_label} is {WithUnit(given)}; whole numbers only.", Number(given)) with { Remedy = "Leave out the decimals." };

    public FieldProblem Range(double given) => Of("field.range", $"{_label} is {WithUnit(given)}.", Number(given)) with
    {
        Minimum = input.Minimum,
        Maximum = input.Maximum,
        Remedy = $"Allowed: {Limits()}{(input.Specials.Count == 0 ? "" : $", or a code: {Codes()}")}.",
    };

    public FieldProblem Category(string given, string? near)
    {
        var codes = input.Values.Select(value => value.Code).ToArray();
        var listed = string.Join(", ", codes.Take(MostListed)) + (codes.Length > MostListed ? $" and {codes.Length - MostListed} more" : "");
        return Of("field.category", $"{Quoted(given)} is no value of {_label}.", given) with
        {
            Allowed = codes,
            Suggestion = near,
            Remedy = near is null ? $"Allowed: {listed}." : $"Did you mean {near}? Allowed: {listed}.",
        };
    }

    public FieldProblem Other(string given) => Of("field.category.other", $"{Quoted(given)} is not listed for {_label}; it is read as {input.Values[^1].Code}.", given);

    public FieldProblem Flag(string given) => Of("field.flag", $"{Quoted(given)} is neither yes nor no.", given) with { Allowed = ["1", "0"], Remedy = "Use 1 or 0." };

    public FieldProblem Date(string given) => Of("field.date", $"{Quoted(given)} is not a date.", given) with
    {
        Remedy = input.Type == InputType.Date ? "Write it as 2026-11-20." : "Write it as 2026-11-20T14:30:00Z.",
    };

    public FieldProblem Pattern(string given) => Of("field.pattern", $"{_label} does not have the expected form.", given) with { Remedy = input.Help.In("en") };

    public FieldProblem TooLong(int most) => Of("field.tooLong", string.Create(CultureInfo.InvariantCulture, $"{_label} is longer than {most:#,0} characters."), null) with { Remedy = "Shorten it." };

    public FieldProblem Special(string given) => Of("field.special", $"{Quoted(given)} is no special code of {_label}.", given) with
    {
        Allowed = [.. input.Specials.Select(special => special.Value)],
        Remedy = input.Specials.Count == 0 ? "This field has no codes." : $"Codes: {Codes()}.",
    };

    public FieldProblem Type(string given) => Of("field.type", $"{_label} is {given}; one plain value is needed.", null) with { Remedy = "Give a number, a text, true, false or null." };

    public FieldProblem WrongType(string given) => Of("field.type", $"{_label} is {given}.", null) with
    {
        Remedy = (input.Type switch
        {
            InputType.Number or InputType.Integer => "Give a JSON number",
            InputType.Flag => "Give true or false",
            InputType.Category => "Give one of its codes as a text",
            InputType.Date => "Give a text such as \"2026-11-20\"",
            InputType.DateTime => "Give a text such as \"2026-11-20T14:30:00Z\"",
            _ => "Give a text",
        }) + (input.Specials.Count == 0 ? ", or null." : $", a code ({Codes()}), or null."),
    };

    private FieldProblem Of(string code, string message, string? given) => new(code, message) { Field = input.Name, Given = input.Pii is null ? given : null };

    private string Quoted(string given) => input.Pii is null ? $"\"{(given.Length > 60 ? given[..60] + "..." : given)}\"" : "The value";

    private string Codes() => string.Join(", ", input.Specials.Select(special => $"{special.Value} ({special.Label.In("en")})"));

    private string Limits() => (input.Minimum, input.Maximum) switch
    {
        ({ } least, { } most) => $"{Number(least)} to {Number(most)}",
        ({ } least, null) => $"at least {Number(least)}",
        (null, { } most) => $"at most {Number(most)}",
        _ => "any number",
    };

    private string WithUnit(double value) => input.Pii is not null ? "out of range"
        : input.Unit is null or "ratio" or "count" ? Number(value) : $"{Number(value)} {input.Unit}";

    private static string Number(double value) => value.ToString("#,0.######", CultureInfo.InvariantCulture);

    /// <summary>Finds letters that look like digits and make a number when read as such.</summary>
    private static (string Sentence, string Meant)? LetterFor(string given)
    {
        var meant = given.Replace('O', '0').Replace('o', '0').Replace('l', '1').Replace('I', '1');
        if (meant == given || !NumberText.TryReadTyped(meant, CultureInfo.InvariantCulture, out _)) return null;
        return given.Contains('O', StringComparison.OrdinalIgnoreCase)
            ? ("The letter O stands where a zero should be.", meant)
            : ("A letter stands where the digit one should be.", meant);
    }
}
