namespace CreditWorkbench.Web.Components.Charts;

/// <summary>The table behind a chart: same data, same order.</summary>
/// <param name="Columns">Headers with units.</param>
/// <param name="Rows">Cells per row.</param>
/// <param name="Origin">Population, period, hash: last line of the exported file.</param>
public sealed record ChartTwin(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Origin);
