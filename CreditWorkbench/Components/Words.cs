using System.Globalization;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components;

/// <summary>Puts values of the domain into the reader's language.</summary>
public static class Words
{
    /// <summary>Two-letter language of the reader.</summary>
    public static string Here => Texts.Language(CultureInfo.CurrentUICulture);

    /// <summary>A text of the dictionary.</summary>
    public static string Of(LocalizedText text) => text.In(Here);

    /// <summary>A member of an enumeration: <c>TYPE.MEMBER</c> in the resources.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Texts.T($"{typeof(TEnum).Name}.{value}");

    /// <summary>A refusal as a sentence: translated by its code, with the facts that it carries; else as the domain words it.</summary>
    public static string Of(Problem problem)
    {
        var key = "problem." + problem.Code;
        if (!Texts.Has(key)) return problem.Remedy is null ? problem.Message : $"{problem.Message} {problem.Remedy}";
        var field = problem as FieldProblem;
        return Texts.T(key, field?.Given ?? problem.Field, field?.Minimum is { } low ? Formats.Plain(low) : "", field?.Maximum is { } high ? Formats.Plain(high) : "",
            field?.Suggestion ?? "", problem.Field ?? "");
    }

    /// <summary>All refusals in one line.</summary>
    public static string Of(IEnumerable<Problem> problems) => string.Join(' ', problems.Select(Of));

    /// <summary>A value of an input as people read it: label of a category or code, number with unit, date, or "not given".</summary>
    public static string Of(InputDefinition input, InputValue value) => value.Kind switch
    {
        InputValueKind.Missing => Texts.T("value.missing"),
        InputValueKind.Special => Of(input.Specials[(int)value.Number - 1].Label),
        InputValueKind.Text => value.Text ?? "",
        _ => input.Type switch
        {
            InputType.Category => Of(input.Values[(int)value.Number].Label),
            InputType.Flag => Texts.T(value.Number != 0 ? "value.yes" : "value.no"),
            InputType.Date => Formats.Date(DateOnly.FromDayNumber((int)value.Number)),
            InputType.DateTime => Formats.Utc(new DateTimeOffset((long)(value.Number * TimeSpan.TicksPerDay), TimeSpan.Zero)),
            _ => WithUnit(value.Number, input.Unit),
        },
    };

    /// <summary>A number with its unit.</summary>
    public static string WithUnit(double number, string? unit) => unit switch
    {
        null or "ratio" or "count" or "points" => Formats.Plain(number),
        "percent" => Formats.Plain(number) + "\u00A0%",
        { Length: 3 } currency when IsCurrency(currency) => Formats.Money((decimal)number, currency),
        _ => Formats.Plain(number) + "\u00A0" + Texts.TOr("unit." + unit, unit),
    };

    /// <summary>Unit that is printed in a field; null for numbers without one.</summary>
    public static string? Unit(InputDefinition input) => input.Unit switch
    {
        null or "ratio" or "count" => null,
        "percent" => "%",
        { Length: 3 } currency when IsCurrency(currency) => input.Per is null ? null : Texts.T("unit.per." + input.Per),
        var unit => Texts.TOr("unit." + unit, unit),
    };

    /// <summary>Currency that is printed before a field; null for other units.</summary>
    public static string? UnitBefore(InputDefinition input) =>
        input.Unit is { Length: 3 } unit && IsCurrency(unit) ? (unit == "IDR" ? "Rp" : unit) : null;

    private static bool IsCurrency(string unit) => unit.All(char.IsAsciiLetterUpper);

    /// <summary>Tone of where an application stands.</summary>
    public static Controls.Tone Tone(ApplicationState state) => state switch
    {
        ApplicationState.Decided => Controls.Tone.Accent,
        ApplicationState.InReview => Controls.Tone.Caution,
        ApplicationState.Withdrawn => Controls.Tone.Neutral,
        _ => Controls.Tone.Outline,
    };

    /// <summary>Tone of a recommendation.</summary>
    public static Controls.Tone Tone(Recommendation recommendation) => recommendation switch
    {
        Recommendation.Approve => Controls.Tone.Favourable,
        Recommendation.Decline => Controls.Tone.Adverse,
        _ => Controls.Tone.Caution,
    };
}
