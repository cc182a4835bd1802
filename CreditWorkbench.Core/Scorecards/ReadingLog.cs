namespace CreditWorkbench.Core.Scorecards;

/// <summary>Collects faults and warnings of one dictionary and knows the line of every path that was read.</summary>
/// <param name="file">File name for messages.</param>
internal sealed class ReadingLog(string file)
{
    private readonly List<ScorecardProblem> _problems = [];
    private readonly List<ScorecardProblem> _warnings = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Languages of texts, in order; set once they are read.</summary>
    public IReadOnlyList<string> Languages { get; set; } = ["en"];

    /// <summary>Faults by line, each once.</summary>
    public IReadOnlyList<ScorecardProblem> Problems => Sorted(_problems);

    /// <summary>Warnings by line, each once.</summary>
    public IReadOnlyList<ScorecardProblem> Warnings => Sorted(_warnings);

    /// <summary>Path of a key below a path.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>Remembers where a path stands.</summary>
    public void Place(string path, int line) => _lines.TryAdd(path, line);

    /// <summary>Line of a path, else of the nearest path around it, else 0.</summary>
    public int LineOf(string path)
    {
        var around = path;
        while (around.Length > 0)
        {
            if (_lines.TryGetValue(around, out var line)) return line;
            around = around[..Math.Max(0, around.LastIndexOfAny(['.', '[']))];
        }
        return _lines.GetValueOrDefault("");
    }

    /// <summary>Ends the reading of the form: what could not be read has neutral values, so its meaning is not judged.</summary>
    public void EndForm() => _unreadable.UnionWith(_problems.Select(problem => problem.Path));

    /// <summary>Adds a fault at a line.</summary>
    public void Error(string code, int line, string path, string reason) => _problems.Add(new(code, file, line, path, reason) { Field = path, Row = line });

    /// <summary>Adds a fault at a path.</summary>
    public void Error(string code, string path, string reason)
    {
        if (!_unreadable.Contains(path)) Error(code, LineOf(path), path, reason);
    }

    /// <summary>Adds a warning at a path.</summary>
    public void Warn(string code, string path, string reason)
    {
        var line = LineOf(path);
        _warnings.Add(new(code, file, line, path, reason) { Field = path, Row = line });
    }

    private static ScorecardProblem[] Sorted(List<ScorecardProblem> list) =>
        [.. list.Distinct().OrderBy(problem => problem.Line)];
}
