namespace CreditWorkbench.Core.Training;

/// <summary>What rounding to printed points changed on a set of rows.</summary>
/// <param name="Rows">Rows compared.</param>
/// <param name="MaxScoreDifference">Largest distance of a printed from its exact score, in points.</param>
/// <param name="Pairs">Pairs of rows whose exact scores differ; all of them are counted.</param>
/// <param name="PairsFlipped">Of them, pairs that the printed score ranks the other way round.</param>
/// <param name="PairsTied">Of them, pairs that the printed score no longer tells apart.</param>
/// <param name="CutOffs">Rows that each cut-off moves to its other side.</param>
public sealed record PointsRoundingReport(int Rows, double MaxScoreDifference, long Pairs, long PairsFlipped, long PairsTied, IReadOnlyList<CutOffCrossing> CutOffs);

/// <summary>Rows that are on one side of a cut-off by their exact and on the other by their printed score.</summary>
/// <param name="CutOff">The cut-off, in points; a score at it is on the better side.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record CutOffCrossing(double CutOff, int Rows);
