using CreditWorkbench.Core.Datasets;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>What one candidate says to each row. All arrays have shape [n].</summary>
public sealed record CandidateJudgement
{
    /// <summary>Family of the candidate.</summary>
    public required string Family { get; init; }
    /// <summary>PDs above it are declined.</summary>
    public required double Threshold { get; init; }
    /// <summary>Ranking, higher is riskier.</summary>
    public required double[] Risk { get; init; }
    /// <summary>PD before calibration; null for ordinal models.</summary>
    public double[]? RawPd { get; init; }
    /// <summary>PD as issued.</summary>
    public required double[] Pd { get; init; }
    /// <summary>Unrounded score in points.</summary>
    public required double[] Score { get; init; }
    /// <summary>Index of the grade in <see cref="JudgedRows.Grades"/>.</summary>
    public required int[] Grade { get; init; }
    /// <summary>Ordinal models: share of rows whose class is hit; null for binary ones.</summary>
    public double? ClassHits { get; init; }
    /// <summary>Strongest reasons of a sample of rows; null where the family has no attribution.</summary>
    public ReasonSample? Reasons { get; init; }
}

/// <summary>What lowers the score of sampled rows most.</summary>
/// <param name="Rows">Sampled rows, rising.</param>
/// <param name="Features">Names of the features.</param>
/// <param name="Strongest">Per sampled row the features that lower its score most, at most four, strongest first: places in <paramref name="Features"/>.</param>
public sealed record ReasonSample(int[] Rows, IReadOnlyList<string> Features, IReadOnlyList<int[]> Strongest);

/// <summary>The rows that all candidates of a run were judged on, with what each said: enough to work out every figure again, to move a threshold
/// and to compare candidates row by row.</summary>
/// <remarks>Holds sensitive values per row: keep it sealed, apart from the record of the run.</remarks>
public sealed record JudgedRows
{
    /// <summary>One-based row of the file.</summary>
    public required long[] FileRows { get; init; }
    /// <summary>Whether the row turned bad.</summary>
    public required bool[] Bad { get; init; }
    /// <summary>Whose row it is, where several rows may share one applicant; null without such a column.</summary>
    public CodedColumn? Applicants { get; init; }
    /// <summary>Segment columns.</summary>
    public IReadOnlyList<CodedColumn> Segments { get; init; } = [];
    /// <summary>Sensitive columns, in the groups that audits compare.</summary>
    public IReadOnlyList<CodedColumn> Sensitive { get; init; } = [];
    /// <summary>Exposure at default per row; null where the dictionary states none.</summary>
    public double[]? Exposure { get; init; }
    /// <summary>Margin of a good loan per row; null where the dictionary states none.</summary>
    public double[]? Margin { get; init; }
    /// <summary>How much each row counts beside the others; null where all count alike.</summary>
    public double[]? Weights { get; init; }
    /// <summary>Names of the grades, best first.</summary>
    public required IReadOnlyList<string> Grades { get; init; }
    /// <summary>One per candidate, in the order of the record.</summary>
    public required IReadOnlyList<CandidateJudgement> Candidates { get; init; }

    /// <summary>Number of rows.</summary>
    public int Count => Bad.Length;

    /// <summary>The candidate of a family; null when there is none.</summary>
    public CandidateJudgement? Of(string family) => Candidates.FirstOrDefault(candidate => candidate.Family == family);

    /// <summary>Rows of a candidate sorted for thresholds.</summary>
    public CutOffTable CutOffs(CandidateJudgement candidate) => CutOffTable.Of(candidate.Pd, Bad, Exposure, Margin);
}
