using CreditWorkbench.Core.Datasets;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>What a model says to rows that it was not fitted on, beside what happened. All arrays have shape [n], same order.</summary>
public sealed record EvaluatedRows
{
    /// <summary>Ranking of the model, higher is riskier: calibrated log-odds, or minus z for ordinal models.</summary>
    public required double[] Risk { get; init; }

    /// <summary>PD before calibration; null where the family has none (ordinal).</summary>
    public double[]? RawPd { get; init; }

    /// <summary>PD as issued.</summary>
    public required double[] Pd { get; init; }

    /// <summary>Whether the row turned bad; both outcomes present.</summary>
    public required bool[] Bad { get; init; }

    /// <summary>Unrounded score in points; empty where no scale applies yet.</summary>
    public double[] Score { get; init; } = [];

    /// <summary>Whose row it is; with several rows of one applicant the bootstrap draws applicants. Null where rows stand for themselves.</summary>
    public CodedColumn? Applicants { get; init; }

    /// <summary>Segment columns.</summary>
    public IReadOnlyList<CodedColumn> Segments { get; init; } = [];

    /// <summary>Index of the grade per row; empty without grades.</summary>
    public int[] Grade { get; init; } = [];

    /// <summary>Names of the grades, best first.</summary>
    public IReadOnlyList<string> Grades { get; init; } = [];

    /// <summary>Costs of wrong decisions.</summary>
    public DecisionCosts Costs { get; init; } = DecisionCosts.Default;

    /// <summary>Exposure at default per row; null where unknown.</summary>
    public double[]? Exposure { get; init; }

    /// <summary>Margin of a good loan per row; null where unknown.</summary>
    public double[]? Margin { get; init; }

    /// <summary>How much each row counts beside the others; null where all count alike.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Ordinal models: share of rows whose class is hit, in [0, 1]; null for binary ones.</summary>
    public double? ClassHits { get; init; }

    /// <summary>Number of rows.</summary>
    public int Count => Bad.Length;

    /// <summary>What one candidate says to rows.</summary>
    public static EvaluatedRows Of(JudgedRows rows, CandidateJudgement judged, DecisionCosts costs) => new()
    {
        Risk = judged.Risk,
        RawPd = judged.RawPd,
        Pd = judged.Pd,
        Bad = rows.Bad,
        Score = judged.Score,
        Applicants = rows.Applicants,
        Segments = rows.Segments,
        Grade = judged.Grade,
        Grades = rows.Grades,
        Costs = costs,
        Exposure = rows.Exposure,
        Margin = rows.Margin,
        Weights = rows.Weights,
        ClassHits = judged.ClassHits,
    };
}
