using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>A fault of a dictionary file: <c>Field</c> is the path, <c>Row</c> the one-based line; the message names file, line, path and reason.</summary>
/// <param name="Code">Stable, dotted.</param>
/// <param name="File">File name.</param>
/// <param name="Line">One-based; 0 when the definition was built in memory.</param>
/// <param name="Path">Path such as <c>inputs[income].range</c>; empty for the whole file.</param>
/// <param name="Reason">One sentence.</param>
public sealed record ScorecardProblem(string Code, string File, int Line, string Path, string Reason)
    : Problem(Code, string.Create(CultureInfo.InvariantCulture, $"{File}, line {Line}{(Path.Length > 0 ? ", " : "")}{Path}: {Reason}"))
{
    /// <inheritdoc/>
    public override string ToString() => Remedy is null ? Message : $"{Message} {Remedy}";
}
