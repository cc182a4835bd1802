using System.Text;

namespace CreditWorkbench.Core.Intake;

/// <summary>Words of an ARFF declaration: bare, or in single or double quotes with backslash escapes.</summary>
internal sealed class ArffTokens(string text)
{
    private int _at;

    /// <summary>What was not read yet.</summary>
    public string Rest => text[_at..];

    /// <summary>Reads the next word up to a blank or a comma; false at the end.</summary>
    public bool TryNext(out string word)
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == ',')) _at++;
        word = "";
        if (_at == text.Length) return false;
        word = text[_at] is '\'' or '"' ? Quoted(text[_at++]) : Bare();
        return true;
    }

    /// <summary>All words of a list between braces, with Python's b'...' taken off.</summary>
    public static List<string> List(string text)
    {
        var (tokens, words) = (new ArffTokens(text), new List<string>());
        while (tokens.TryNext(out var word)) words.Add(word.Length >= 3 && word[0] == 'b' && word[1] is '\'' or '"' && word[^1] == word[1] ? word[2..^1] : word);
        return words;
    }

    private string Quoted(char quote)
    {
        var word = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length) _at++;
            word.Append(text[_at++]);
        }

        _at++;
        if (_at > text.Length) _at = text.Length;
        return word.ToString();
    }

    private string Bare()
    {
        var start = _at++;
        // A list of values may follow a name without a blank.
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ',' and not '{') _at++;
        return text[start.._at];
    }
}
