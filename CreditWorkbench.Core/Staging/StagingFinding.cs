using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>What a rule found about one row of a table.</summary>
/// <param name="Table">Table of the dictionary.</param>
/// <param name="File">File name, without folders.</param>
/// <param name="Row">One-based number of the data row in that file.</param>
/// <param name="Code">Code of the rule.</param>
/// <param name="Verdict">What happened to the row.</param>
/// <param name="Column">Column concerned; null for the row as a whole.</param>
/// <param name="Value">The cell as it stands, cut to 100 characters; null where none is concerned or the column is sensitive.</param>
/// <param name="Remedy">What to do.</param>
public sealed record StagingFinding(string Table, string File, long Row, string Code, QuarantineVerdict Verdict, string? Column, string? Value, string Remedy);
