using System.Text.RegularExpressions;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>No markup holds a sentence of its own: every visible word comes from the resources.</summary>
public sealed partial class MarkupTextTests
{
    // Signs that are no words of any language: the question mark of help, the name of a key, units of drawing.
    private static readonly HashSet<string> Signs = ["Ctrl K", "Home", "End", "Enter", "Esc"];

    [Fact]
    public void Markup_OfEveryComponent_HasNoLiteralText()
    {
        var found = RepositoryFiles.All(".razor").SelectMany(path => Literals(File.ReadAllText(path)).Select(text => $"{Path.GetFileName(path)}: {text}")).ToList();

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("<p>Hello world</p>", "Hello world")]
    [InlineData("<button title=\"Close it\">@T(\"a.b\")</button>", "Close it")]
    [InlineData("<Card Title=\"Score page\" Id=\"x\" />", "Score page")]
    [InlineData("@if (a < b)\n{\n    <b>Wrong</b>\n}", "Wrong")]
    public void Markup_WithLiteralText_IsFound(string markup, string literal) => Assert.Contains(literal, Literals(markup));

    [Theory]
    [InlineData("<p>@T(\"a.b\") @(x > 1 ? y : z)</p>")]
    [InlineData("<svg viewBox=\"0 0 1 1\"><path d=\"M1 2\" /></svg>")]
    [InlineData("@foreach (var (a, b) in Items)\n{\n    <li class=\"x\">@a</li>\n}")]
    [InlineData("<summary aria-label=\"@T(\"help.about\", About)\">?</summary>")]
    public void Markup_WithoutLiteralText_Passes(string markup) => Assert.Empty(Literals(markup));

    private static IEnumerable<string> Literals(string source)
    {
        var markup = Comments().Replace(source, "");
        var code = markup.IndexOf("@code", StringComparison.Ordinal);
        if (code >= 0) markup = markup[..code];
        foreach (Match attribute in VisibleAttribute().Matches(markup))
            if (Word().IsMatch(attribute.Groups[1].Value)) yield return attribute.Groups[1].Value;
        foreach (var text in TextNodes(markup))
            if (Word().IsMatch(text) && !Signs.Contains(text)) yield return text;
    }

    /// <summary>Texts between tags, after directives, statements and expressions of Razor are taken out.</summary>
    private static IEnumerable<string> TextNodes(string markup)
    {
        var plain = Directive().Replace(markup, "");
        plain = AttributeValue().Replace(WithoutExpressions(plain), "=\"\"");
        foreach (var piece in Tag().Split(plain))
            foreach (var line in piece.Split('\n', '{', '}').Select(l => l.Trim()))
                if (line.Length > 0 && !Statement().IsMatch(line)) yield return line;
    }

    /// <summary>Drops <c>@name.Member(...)</c>, <c>@(...)</c> and <c>@if (...)</c> with balanced brackets, also within attributes.</summary>
    private static string WithoutExpressions(string markup)
    {
        var kept = new System.Text.StringBuilder();
        for (var i = 0; i < markup.Length; i++)
        {
            if (markup[i] != '@') { kept.Append(markup[i]); continue; }
            i++;
            while (i < markup.Length && (char.IsLetterOrDigit(markup[i]) || markup[i] is '_' or '.' or '!' or '?' or '-' or ':' && i + 1 < markup.Length && markup[i + 1] != ' ')) i++;
            while (i < markup.Length && (markup[i] is '(' or '[' || markup[i] == ' ' && i + 1 < markup.Length && markup[i + 1] == '('))
            {
                if (markup[i] == ' ') i++;
                var depth = 0;
                do
                {
                    if (markup[i] is '(' or '[') depth++;
                    if (markup[i] is ')' or ']') depth--;
                    i++;
                }
                while (depth > 0 && i < markup.Length);
                while (i < markup.Length && markup[i] == '.' && i + 1 < markup.Length && char.IsLetter(markup[i + 1])) { i++; while (i < markup.Length && char.IsLetterOrDigit(markup[i])) i++; }
            }
            i--;
        }
        return kept.ToString();
    }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^@(page|using|inject|implements|inherits|attribute|layout|typeparam|rendermode|namespace)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"\s(?:title|alt|placeholder|aria-label|Title|Label|Text|Note|Caption|Hint|Help|About|Keep|Question|Consequence)=""([^""@]+)""")]
    private static partial Regex VisibleAttribute();

    [GeneratedRegex(@"=""[^""]*""")]
    private static partial Regex AttributeValue();

    [GeneratedRegex(@"<!?/?[A-Za-z][^<>]*?>|<!DOCTYPE[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^(else\b|var\b|\(var\b|else if\b|case\b|break;|default:|switch\b|continue;|if \(|for \(|foreach \(|return\b)|;$")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Word();
}
