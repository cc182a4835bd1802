using System.Text.Json;

namespace CreditWorkbench.Core.Intake;

/// <summary>What a raw value is, before the dictionary has judged it.</summary>
public enum RawValueKind
{
    /// <summary>Nothing, or a blank.</summary>
    Missing,
    /// <summary>A text as typed or as it stands in a file.</summary>
    Text,
    /// <summary>A number of a typed source (JSON, a numeric control).</summary>
    Number,
    /// <summary>True or false of a typed source.</summary>
    Truth,
    /// <summary>A special code that was chosen as such, by code or tag.</summary>
    Special,
    /// <summary>An array or an object, which no input takes.</summary>
    Compound,
}

/// <summary>One value as it comes in.</summary>
public readonly record struct RawValue
{
    private RawValue(RawValueKind kind, string? text, double number) => (Kind, Text, Number) = (kind, text, number);

    /// <summary>What it is.</summary>
    public RawValueKind Kind { get; }

    /// <summary>The text, code or tag; null for everything else.</summary>
    public string? Text { get; }

    /// <summary>The number; 1 or 0 for true and false.</summary>
    public double Number { get; }

    /// <summary>Nothing.</summary>
    public static RawValue Missing { get; }

    /// <summary>A text; blank or null is missing.</summary>
    public static RawValue OfText(string? text) => string.IsNullOrWhiteSpace(text) ? Missing : new(RawValueKind.Text, text, 0);

    /// <summary>A number; null is missing.</summary>
    public static RawValue OfNumber(double? number) => number is { } known ? new(RawValueKind.Number, null, known) : Missing;

    /// <summary>True or false; null is missing.</summary>
    public static RawValue OfTruth(bool? truth) => truth is { } known ? new(RawValueKind.Truth, null, known ? 1 : 0) : Missing;

    /// <summary>A special code that was chosen as such.</summary>
    /// <param name="codeOrTag">The code as in files, or its tag.</param>
    public static RawValue OfSpecial(string codeOrTag) => new(RawValueKind.Special, codeOrTag, 0);

    /// <summary>A JSON value.</summary>
    public static RawValue OfJson(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => Missing,
        JsonValueKind.String => OfText(value.GetString()),
        JsonValueKind.Number => new(RawValueKind.Number, value.GetRawText(), value.GetDouble()),
        JsonValueKind.True => OfTruth(true),
        JsonValueKind.False => OfTruth(false),
        _ => new(RawValueKind.Compound, value.ValueKind == JsonValueKind.Array ? "a list" : "an object", 0),
    };
}
