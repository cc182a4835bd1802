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

    /// <summary>Number of rows.</summary>
    public int Count => Bad.Length;
}
