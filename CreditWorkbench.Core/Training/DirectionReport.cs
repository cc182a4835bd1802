namespace CreditWorkbench.Core.Training;

/// <summary>Two neighbouring values of a column between which risk moves against the column's direction.</summary>
/// <param name="Row">Row of the points, zero-based, whose other cells were held.</param>
/// <param name="From">Lower value.</param>
/// <param name="To">Higher value.</param>
/// <param name="QuantityAtFrom">q at the lower value.</param>
/// <param name="QuantityAtTo">q at the higher value.</param>
public sealed record DirectionViolation(int Row, float From, float To, double QuantityAtFrom, double QuantityAtTo);

/// <summary>What was found about one declared direction.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Direction">+1 risk never falls as the value rises, -1 the reverse.</param>
/// <param name="Proved">Whether the leaves of every tree alone prove it for all regular values of the whole input space. Trees of this
/// engine pass; imported ones may keep the direction without this proof.</param>
/// <param name="GridValues">Values swept per point: one from each interval between the model's split points of the column.</param>
/// <param name="Violations">What the sweep found, by row and value.</param>
public sealed record DirectionFinding(string Column, int Direction, bool Proved, int GridValues, IReadOnlyList<DirectionViolation> Violations);

/// <summary>Findings for all columns with a direction, in column order.</summary>
/// <param name="Points">Rows whose other cells were held during the sweep.</param>
/// <param name="Findings">One per column with a direction.</param>
public sealed record DirectionReport(int Points, IReadOnlyList<DirectionFinding> Findings)
{
    /// <summary>Whether no violation was found.</summary>
    public bool Holds => Findings.All(finding => finding.Violations.Count == 0);
}
