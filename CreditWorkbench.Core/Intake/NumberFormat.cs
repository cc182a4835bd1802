namespace CreditWorkbench.Core.Intake;

/// <summary>How the numbers of one column are written.</summary>
public enum NumberFormat
{
    /// <summary>Decimal point, no grouping: <c>-1234.5e2</c>.</summary>
    Invariant,
    /// <summary>Decimal comma, thousands by points or not at all: <c>1.234,5</c>.</summary>
    DecimalComma,
    /// <summary>Thousands by commas, decimal point: <c>1,234.5</c>.</summary>
    ThousandsComma,
}
