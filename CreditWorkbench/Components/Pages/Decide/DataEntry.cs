using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>What stands in one field of the form: a value, a special code, or nothing; three choices, never an empty box that means one of them.</summary>
/// <param name="input">Its definition.</param>
public sealed class DataEntry(InputDefinition input)
{
    /// <summary>Choice "a value".</summary>
    public const string AValue = "value";

    /// <summary>Choice "not given".</summary>
    public const string NotGiven = "missing";

    // A number that was derived or stored is shown rounded; as long as nobody types over it, it stays what it was to the last digit.
    private (string Text, double Number)? _taken;

    /// <summary>Its definition.</summary>
    public InputDefinition Input { get; } = input;

    /// <summary><see cref="AValue"/>, <see cref="NotGiven"/>, or a special code's tag.</summary>
    public string Choice { get; set; } = AValue;

    /// <summary>As typed.</summary>
    public string Text { get; set; } = "";

    /// <summary>What stands behind the value.</summary>
    public ValueOrigin Origin { get; set; } = ValueSources.Usual(input).Origin;

    /// <summary>The document that shows it, or the statement's hash; empty without one.</summary>
    public string Evidence { get; set; } = "";

    /// <summary>Whether no source of it has consent: it stays empty.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What is wrong with it, in words; null when nothing is.</summary>
    public string? Error { get; set; }

    /// <summary>What was probably meant; null when nothing is near.</summary>
    public string? Suggestion { get; set; }

    /// <summary>Whether there is a choice at all: optional, or with special codes.</summary>
    public bool HasChoice => !Input.Required || Input.Specials.Count > 0;

    /// <summary>Whether something is entered or said not to be given.</summary>
    public bool Answered => IsClosed || Choice != AValue || Text.Trim().Length > 0;

    /// <summary>The value as it goes to the dictionary's checks.</summary>
    public RawValue Raw => Choice switch
    {
        _ when IsClosed => RawValue.Missing,
        NotGiven => RawValue.Missing,
        AValue when _taken is { } taken && taken.Text == Text => RawValue.OfNumber(taken.Number),
        AValue => RawValue.OfText(Text),
        _ => RawValue.OfSpecial(Choice),
    };

    /// <summary>Whether something stands here that came from somewhere.</summary>
    public bool HasSource => !IsClosed && Choice != NotGiven && (Choice != AValue || Text.Trim().Length > 0);

    /// <summary>Takes what somebody typed: from now on it is no longer the statement's word.</summary>
    public void Type(string choice, string text)
    {
        if ((choice, text) == (Choice, Text)) return;
        (Choice, Text) = (choice, text);
        if (Origin == ValueOrigin.Bank) (Origin, Evidence) = (ValueSources.Usual(Input).Origin, "");
    }

    /// <summary>Takes a stored value over.</summary>
    public void Take(InputValue value, Func<InputDefinition, InputValue, string> asTyped)
    {
        switch (value.Kind)
        {
            case InputValueKind.Special:
                Choice = Input.Specials[(int)value.Number - 1].Tag;
                break;
            case InputValueKind.Missing:
                (Choice, Text) = (AValue, "");
                break;
            default:
                (Choice, Text) = (AValue, asTyped(Input, value));
                _taken = Input.IsNumeric && value.Kind == InputValueKind.Number ? (Text, value.Number) : null;
                break;
        }
    }
}
