using System.Globalization;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide.WhatIf;

/// <summary>One value of a trial: a slider with its number beside it, or a choice. A number may go as far as the dictionary allows.</summary>
public sealed partial class LeverField
{
    private const double Million = 1e6;
    private string? _refused;

    /// <summary>Id of the control.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>What is moved.</summary>
    [Parameter, EditorRequired] public WhatIfLever Lever { get; set; } = null!;

    /// <summary>Its value in the trial.</summary>
    [Parameter, EditorRequired] public InputValue Value { get; set; }

    /// <summary>Whether nothing can be moved.</summary>
    [Parameter] public bool Disabled { get; set; }

    /// <summary>Raised with every new value that the dictionary allows.</summary>
    [Parameter] public EventCallback<InputValue> ValueChanged { get; set; }

    private InputDefinition Input => Lever.Input;

    private bool IsChanged => Value != Lever.Now;

    // A typed number beyond the slider's end moves the end, so that slider and number never disagree.
    private double High => Math.Max(Lever.High!.Value, Position);

    private double Position => Value.Kind == InputValueKind.Number ? Value.Number : Lever.Low!.Value;

    private string Shown => Value.Kind == InputValueKind.Number ? Formats.Plain(Value.Number) : "";

    private IReadOnlyList<string> Choices => Input.Type == InputType.Flag
        ? [Texts.T("value.no"), Texts.T("value.yes")]
        : [.. Input.Values.Select(value => Words.Of(value.Label))];

    private Task MoveAsync(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? SetAsync(number) : Task.CompletedTask;

    private Task TypeAsync(string? text)
    {
        if (Typed.TryDecimal(text, out var number)) return SetAsync((double)number);
        _refused = Texts.T("whatif.notNumber");
        return Task.CompletedTask;
    }

    private Task SetAsync(double number)
    {
        var whole = Input.Type == InputType.Integer ? Math.Round(number) : number;
        if (whole < Input.Minimum || whole > Input.Maximum)
        {
            _refused = Texts.T("whatif.bounds", Words.WithUnit(Input.Minimum!.Value, Input.Unit), Words.WithUnit(Input.Maximum!.Value, Input.Unit));
            return Task.CompletedTask;
        }
        _refused = null;
        return ValueChanged.InvokeAsync(InputValue.OfNumber(whole));
    }

    private Task ChooseAsync(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? ValueChanged.InvokeAsync(InputValue.OfNumber(index)) : Task.CompletedTask;

    private string Short(double number) => Math.Abs(number) >= Million && Words.UnitBefore(Input) is not null
        ? Formats.ShortMoney((decimal)number, Input.Unit!)
        : Words.WithUnit(number, Input.Unit);

    private static string Plain(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
