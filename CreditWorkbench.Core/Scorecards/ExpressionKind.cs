namespace CreditWorkbench.Core.Scorecards;

/// <summary>Kind of value that an expression gives.</summary>
public enum ExpressionKind
{
    /// <summary>Not known because of a fault that is reported elsewhere; fits everywhere.</summary>
    Unknown,
    /// <summary>A number.</summary>
    Number,
    /// <summary>A flag; counts as the number 0 or 1.</summary>
    Flag,
    /// <summary>A text or a category's code.</summary>
    Text,
    /// <summary>A date.</summary>
    Date,
}

/// <summary>What a name stands for.</summary>
/// <param name="Kind">Kind of its values.</param>
/// <param name="Values">Codes of a category; null when any text is possible.</param>
/// <param name="Specials">Declared special codes.</param>
public sealed record ExpressionSymbol(ExpressionKind Kind, IReadOnlyList<string>? Values, IReadOnlyList<SpecialCode> Specials)
{
    /// <summary>A plain number.</summary>
    public static ExpressionSymbol Number { get; } = new(ExpressionKind.Number, null, []);

    /// <summary>A name whose definition has a fault; it fits everywhere.</summary>
    public static ExpressionSymbol Unknown { get; } = new(ExpressionKind.Unknown, null, []);

    /// <summary>What an input stands for.</summary>
    public static ExpressionSymbol Of(InputDefinition input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(KindOf(input.Type), input.Type == InputType.Category ? [.. input.Values.Select(value => value.Code)] : null, input.Specials);
    }

    /// <summary>What a column of a staged table stands for.</summary>
    public static ExpressionSymbol Of(StagingColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new(KindOf(column.Type), column.Values.Count > 0 ? column.Values : null, column.Specials);
    }

    private static ExpressionKind KindOf(InputType type) => type switch
    {
        InputType.Number or InputType.Integer => ExpressionKind.Number,
        InputType.Flag => ExpressionKind.Flag,
        InputType.Date or InputType.DateTime => ExpressionKind.Date,
        _ => ExpressionKind.Text,
    };
}
