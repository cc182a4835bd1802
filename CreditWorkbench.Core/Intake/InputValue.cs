using System.Globalization;

namespace CreditWorkbench.Core.Intake;

/// <summary>What a value of an input is.</summary>
public enum InputValueKind
{
    /// <summary>Not known.</summary>
    Missing,
    /// <summary>A number: number, integer, flag (0, 1), the index of a category, a date as days since 0001-01-01
    /// (<see cref="DateOnly.DayNumber"/>, with the day's fraction for a date with time).</summary>
    Number,
    /// <summary>A special code, by its one-based index in the dictionary.</summary>
    Special,
    /// <summary>A free text.</summary>
    Text,
}

/// <summary>One accepted value of one input.</summary>
public readonly record struct InputValue
{
    private InputValue(InputValueKind kind, double number, string? text) => (Kind, Number, Text) = (kind, number, text);

    /// <summary>What it is.</summary>
    public InputValueKind Kind { get; }

    /// <summary>The number, category index, day number or special-code index; 0 for missing and text.</summary>
    public double Number { get; }

    /// <summary>The text; null for everything else.</summary>
    public string? Text { get; }

    /// <summary>Not known.</summary>
    public static InputValue Missing { get; }

    /// <summary>A number, category index or day number.</summary>
    public static InputValue OfNumber(double number) => new(InputValueKind.Number, number, null);

    /// <summary>The k-th special code, one-based.</summary>
    public static InputValue OfSpecial(int index) => new(InputValueKind.Special, index, null);

    /// <summary>A free text.</summary>
    public static InputValue OfText(string text) => new(InputValueKind.Text, 0, text);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        InputValueKind.Missing => "missing",
        InputValueKind.Special => $"special code {Number}",
        InputValueKind.Text => Text!,
        _ => Number.ToString("R", CultureInfo.InvariantCulture),
    };
}
