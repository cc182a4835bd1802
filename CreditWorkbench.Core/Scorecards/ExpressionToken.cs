namespace CreditWorkbench.Core.Scorecards;

/// <summary>Kind of a token of an expression.</summary>
internal enum ExpressionTokenKind
{
    /// <summary>A number.</summary>
    Number,
    /// <summary>A text in single quotes; <c>Text</c> holds it without them.</summary>
    Text,
    /// <summary>A name or a word operator.</summary>
    Word,
    /// <summary>An operator or a punctuation mark.</summary>
    Symbol,
    /// <summary>The end of the text.</summary>
    End,
}

/// <summary>One token.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Position">Zero-based offset.</param>
/// <param name="Text">As written; of a text its content.</param>
/// <param name="Number">Value of a number.</param>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, int Position, string Text, double Number = 0.0)
{
    /// <summary>Whether it is this symbol.</summary>
    public bool IsSymbol(string symbol) => Kind == ExpressionTokenKind.Symbol && Text == symbol;

    /// <summary>Whether it is this word.</summary>
    public bool IsWord(string word) => Kind == ExpressionTokenKind.Word && Text == word;

    /// <summary>For messages.</summary>
    public string Shown => Kind switch
    {
        ExpressionTokenKind.End => "the end",
        ExpressionTokenKind.Text => $"'{Text}' in quotes",
        _ => $"'{Text}'",
    };
}
