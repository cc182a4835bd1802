using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Counts of a column's values between edges of equal width, or per category.</summary>
/// <param name="Labels">One per bar: the lower edge, or the category.</param>
/// <param name="Rows">Rows per bar.</param>
/// <param name="Bad">Bad rows per bar.</param>
/// <param name="Low">5 % quantile; null for categories.</param>
/// <param name="High">95 % quantile; null for categories.</param>
/// <param name="IsClipped">Whether the outermost bars also hold what lies beyond them.</param>
public sealed record ColumnShape(IReadOnlyList<string> Labels, IReadOnlyList<int> Rows, IReadOnlyList<int> Bad, double? Low, double? High, bool IsClipped);

/// <summary>One column of a data set: what the contract says and what the rows hold.</summary>
/// <param name="Input">Contract: type, range, values, codes, whether it is required.</param>
/// <param name="Profile">Figures.</param>
/// <param name="Shape">How the values lie.</param>
public sealed record QualityColumn(InputDefinition Input, ColumnProfile Profile, ColumnShape Shape);

/// <summary>Something about a data set that a person should know, from the quality or the leakage checks.</summary>
/// <param name="Column">Column; empty where it is about the rows.</param>
/// <param name="Kind">Stable name; acknowledgements name it.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Evidence">Figures, in words.</param>
/// <param name="IsLeak">Whether the leakage checks found it: unacknowledged errors then stand in the way of registration.</param>
public sealed record DatasetFinding(string Column, string Kind, QualitySeverity Severity, string Evidence, bool IsLeak);

/// <summary>Drift of one column against a reference.</summary>
/// <param name="Column">Model column.</param>
/// <param name="Stability">Index with its null limit.</param>
/// <param name="Bins">Names of the reference's bins.</param>
/// <param name="Reference">Share of the reference's rows per bin.</param>
/// <param name="Now">Share of these rows per bin.</param>
public sealed record ColumnDrift(string Column, PopulationStability Stability, IReadOnlyList<string> Bins, IReadOnlyList<double> Reference, IReadOnlyList<double> Now);

/// <summary>The quality report of a data set.</summary>
/// <param name="Version">Which rows.</param>
/// <param name="Columns">In file order.</param>
/// <param name="DuplicateRows">Rows that repeat an earlier one.</param>
/// <param name="Findings">Errors first, then warnings, then notes; in each, in the order of columns.</param>
/// <param name="Reference">What drift is measured against; null without.</param>
/// <param name="Drift">Model columns that both have, in file order; empty without a reference.</param>
public sealed record DatasetQuality(
    DatasetVersion Version, IReadOnlyList<QualityColumn> Columns, int DuplicateRows, IReadOnlyList<DatasetFinding> Findings, DatasetVersion? Reference, IReadOnlyList<ColumnDrift> Drift);
