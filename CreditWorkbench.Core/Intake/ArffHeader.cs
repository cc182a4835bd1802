using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Reads the declarations of an ARFF file line by line.</summary>
internal sealed class ArffHeader
{
    private readonly List<FileColumn> _columns = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>Declared columns so far.</summary>
    public IReadOnlyList<FileColumn> Columns => _columns;

    /// <summary>Whether <c>@data</c> was met: rows follow.</summary>
    public bool Complete { get; private set; }

    /// <summary>Whether a text, blanks taken off, begins as an ARFF file does.</summary>
    public static bool IsArff(ReadOnlySpan<byte> start)
    {
        while (start.Length > 0 && start[0] == (byte)'%')
        {
            var end = start.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0) return false;
            start = start[end..].TrimStart(" \t\r\n"u8);
        }

        return start.Length >= 9 && Ascii.EqualsIgnoreCase(start[..9], "@relation"u8);
    }

    /// <summary>Takes one line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="number">One-based, for messages.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public Problem? Take(string line, long number)
    {
        line = line.Trim();
        if (line.Length == 0 || line[0] == '%' || Keyword(line, "@relation", out _)) return null;
        if (Keyword(line, "@data", out _))
        {
            Complete = true;
            return _columns.Count > 1 ? null : FileProblems.Arff(number, "fewer than two attributes are declared.");
        }

        if (!Keyword(line, "@attribute", out var declaration)) return FileProblems.Arff(number, $"`{FileProblems.Shorten(line)}` is no declaration.");
        var cursor = new ArffTokens(declaration);
        if (!cursor.TryNext(out var name)) return FileProblems.Arff(number, "the attribute has no name.");
        if (!_positions.TryAdd(name, _columns.Count + 1)) return FileProblems.DuplicateHeader(name, _positions[name], _columns.Count + 1);
        return Declare(name, cursor.Rest.Trim(), number);
    }

    private Problem? Declare(string name, string type, long number)
    {
        if (type.StartsWith('{'))
        {
            if (!type.EndsWith('}')) return FileProblems.Arff(number, "the list of values does not end in a brace.");
            _columns.Add(new FileColumn(name, ArffTokens.List(type[1..^1])));
            return null;
        }

        var word = type.Split(' ', '\t')[0].ToUpperInvariant();
        if (word is not ("NUMERIC" or "REAL" or "INTEGER" or "STRING" or "DATE")) return FileProblems.Arff(number, $"the type `{FileProblems.Shorten(type)}` of attribute `{name}` is not known.");
        _columns.Add(new FileColumn(name));
        return null;
    }

    private static bool Keyword(string line, string keyword, out string rest)
    {
        var matches = line.StartsWith(keyword, StringComparison.OrdinalIgnoreCase) && (line.Length == keyword.Length || char.IsWhiteSpace(line[keyword.Length]));
        rest = matches ? line[keyword.Length..].TrimStart() : "";
        return matches;
    }
}
