using System.Globalization;
using System.Text;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Cuts the text of an expression into tokens. Cost O(n).</summary>
internal static class ExpressionLexer
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", ",", ":", "."];

    /// <summary>Tokens in order, the last of kind End; on a fault the first fault and its position.</summary>
    public static (IReadOnlyList<ExpressionToken> Tokens, ExpressionFault? Fault) Tokens(string text)
    {
        var tokens = new List<ExpressionToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) break;
            var (token, next, fault) = Next(text, at);
            if (fault is not null) return (tokens, fault);
            tokens.Add(token);
            at = next;
        }
        tokens.Add(new(ExpressionTokenKind.End, text.Length, ""));
        return (tokens, null);
    }

    private static (ExpressionToken Token, int Next, ExpressionFault? Fault) Next(string text, int at)
    {
        var first = text[at];
        if (first == '\'') return Quoted(text, at);
        if (char.IsAsciiDigit(first) || (first == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))) return Number(text, at);
        if (IsNameStart(first))
        {
            var end = at + 1;
            while (end < text.Length && (IsNameStart(text[end]) || char.IsAsciiDigit(text[end]))) end++;
            return (new(ExpressionTokenKind.Word, at, text[at..end]), end, null);
        }
        foreach (var symbol in Symbols)
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
                return (new(ExpressionTokenKind.Symbol, at, symbol), at + symbol.Length, null);
        return (default, at, new(at, first == '=' ? "'=' is written '=='" : $"the character '{first}' is not part of the language"));
    }

    private static (ExpressionToken Token, int Next, ExpressionFault? Fault) Quoted(string text, int at)
    {
        var content = new StringBuilder();
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] != '\'') content.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == '\'') content.Append(text[++i]);
            else return (new(ExpressionTokenKind.Text, at, content.ToString()), i + 1, null);
        }
        return (default, at, new(at, "the text in quotes does not end"));
    }

    private static (ExpressionToken Token, int Next, ExpressionFault? Fault) Number(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.')) end++;
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var digits = end + 1;
            if (digits < text.Length && text[digits] is '+' or '-') digits++;
            if (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                end = digits;
                while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            }
        }
        if (end < text.Length && IsNameStart(text[end])) return (default, at, new(at, $"'{text[at..(end + 1)]}' is neither a number nor a name"));
        var written = text[at..end];
        return double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? (new(ExpressionTokenKind.Number, at, written, value), end, null)
            : (default, at, new(at, $"'{written}' is not a number"));
    }

    private static bool IsNameStart(char letter) => char.IsAsciiLetter(letter) || letter == '_';
}

/// <summary>What is wrong with an expression, and where.</summary>
/// <param name="Position">Zero-based offset.</param>
/// <param name="Reason">Without a full stop.</param>
internal sealed record ExpressionFault(int Position, string Reason);
