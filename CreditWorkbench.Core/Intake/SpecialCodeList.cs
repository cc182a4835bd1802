using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Declared special codes: for every column, for single columns, or both.</summary>
/// <param name="Everywhere">Codes of every column, in the order given.</param>
/// <param name="ByColumn">Codes of single columns, which take the place of those for every column.</param>
public sealed record SpecialCodeList(IReadOnlyList<string> Everywhere, IReadOnlyDictionary<string, IReadOnlyList<string>> ByColumn)
{
    // The payload of a coded NaN has room for this many codes of one column.
    private const int MaxCodes = 31;

    /// <summary>No code.</summary>
    public static SpecialCodeList None { get; } = new([], new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Codes of a column.</summary>
    public IReadOnlyList<string> For(string column) => ByColumn.GetValueOrDefault(column, Everywhere);

    /// <summary>Parses <c>-9,-8,-7</c> or <c>COL:96,98;COL2:999</c>; an entry without a column holds for every column, <c>COL:</c>
    /// takes the codes for every column from one.</summary>
    public static Outcome<SpecialCodeList> Parse(string text)
    {
        var everywhere = new List<string>();
        var byColumn = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var entry in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // A column's name may hold a colon, a code may not.
            var colon = entry.LastIndexOf(':');
            var column = colon < 0 ? null : entry[..colon].Trim();
            string[] codes = [.. entry[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
            if ((codes.Length == 0 && column is null) || column?.Length == 0) problems.Add(Wrong($"`{FileProblems.Shorten(entry)}` names no code, or no column."));
            else if (codes.Length > MaxCodes) problems.Add(Wrong($"`{FileProblems.Shorten(entry)}` names more than {MaxCodes} codes."));
            else if (column is null) everywhere.AddRange(codes.Except(everywhere, StringComparer.Ordinal).ToArray());
            else if (!byColumn.TryAdd(column, codes)) problems.Add(Wrong($"The column `{column}` is named twice."));
        }

        return problems.Count > 0 ? problems : new SpecialCodeList(everywhere, byColumn);
    }

    private static Problem Wrong(string message) =>
        new("special.syntax", message) { Field = "--special", Remedy = "Write -9,-8,-7 for every column, or COL:96,98;COL2:999." };
}
