using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Scores blocks of rows into lines of a sheet, with scratch memory of its own: one per thread. Where the model has a way
/// for many rows at a time it is taken; a row that it cannot answer for certain goes the way of a single row, so both ways write the same scores and reasons.</summary>
internal sealed class SheetScorer
{
    private readonly ScoreSheet _sheet;
    private readonly PortfolioReasonsTile? _tile;
    private readonly ReasonPoints[] _reasons = new ReasonPoints[4];
    private readonly int[] _explained = new int[PortfolioReasonsTile.MaxRows];

    /// <summary>Takes scratch memory.</summary>
    /// <param name="sheet">Columns to write.</param>
    public SheetScorer(ScoreSheet sheet)
    {
        _sheet = sheet;
        if (sheet.Explanation != SheetExplanation.Full && !sheet.HasRoadmap) _tile = sheet.Line.Release.Explainer.Portfolio?.NewTile();
    }

    /// <summary>Rows that went the way of a single row although there is a way for many.</summary>
    public long Doubtful { get; private set; }

    /// <summary>Rows scored so far, by recommendation.</summary>
    public long[] Decisions { get; } = new long[Enum.GetValues<Recommendation>().Length];

    /// <summary>Writes a line per row.</summary>
    /// <param name="rows">At most <see cref="PortfolioReasonsTile.MaxRows"/>.</param>
    /// <param name="to">Receives the lines.</param>
    /// <param name="ends">Receives where each line ends; null: nobody asks.</param>
    public void Write(IReadOnlyList<SheetRow> rows, CsvBuffer to, List<int>? ends = null)
    {
        var scored = _tile is null ? null : Take(_tile, rows);
        for (var (i, place) = (0, 0); i < rows.Count; i++)
        {
            var row = rows[i];
            if (!row.Record.TryGet(out var record, out var problems)) _sheet.WriteRefused(to, row.Id, row.Number, problems);
            else if (scored is null || !TryWrite(_tile!, scored[place], place++, row, to)) Decisions[(int)_sheet.Write(to, row.Id, row.Number, record)]++;
            ends?.Add(to.Written.Length);
        }
    }

    private List<ScoredCase> Take(PortfolioReasonsTile tile, IReadOnlyList<SheetRow> rows)
    {
        var line = _sheet.Line;
        var records = new List<(InputRecord Record, FeatureValues Values)>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Record.Succeeded) records.Add((row.Record.Value, line.Release.Program.Evaluate(row.Record.Value)));
        }

        var columns = line.Release.Program.Columns;
        var cells = new float[columns.Count * records.Count];
        for (var row = 0; row < records.Count; row++)
        {
            var vector = records[row].Values.Model;
            for (var column = 0; column < vector.Length; column++) cells[column * records.Count + row] = vector[column];
        }

        var matrix = new FeatureMatrix(columns, records.Count, cells);
        return _sheet.Explanation == SheetExplanation.None ? JudgeThenExplain(tile, matrix, records) : ExplainAll(tile, matrix, records);
    }

    private List<ScoredCase> ExplainAll(PortfolioReasonsTile tile, FeatureMatrix matrix, List<(InputRecord Record, FeatureValues Values)> records)
    {
        tile.Take(matrix);
        var scored = new List<ScoredCase>(records.Count);
        for (var row = 0; row < records.Count; row++)
        {
            _explained[row] = row;
            scored.Add(_sheet.Line.Judge(records[row].Record, records[row].Values, tile.Score(row)));
        }

        return scored;
    }

    // Where no reasons are told, only a decline that no rule made has to have one.
    private List<ScoredCase> JudgeThenExplain(PortfolioReasonsTile tile, FeatureMatrix matrix, List<(InputRecord Record, FeatureValues Values)> records)
    {
        tile.TakeScores(matrix);
        var (scored, declined) = (new List<ScoredCase>(records.Count), new List<int>());
        for (var row = 0; row < records.Count; row++)
        {
            scored.Add(_sheet.Line.Judge(records[row].Record, records[row].Values, tile.Score(row)));
            if (scored[row].Policy is not { Recommendation: Recommendation.Decline, DecidedByRule: null }) continue;
            _explained[row] = declined.Count;
            declined.Add(row);
        }

        if (declined.Count > 0) tile.Take(matrix.Take([.. declined]));
        return scored;
    }

    private bool TryWrite(PortfolioReasonsTile tile, ScoredCase scored, int place, SheetRow row, CsvBuffer to)
    {
        var (policy, count) = (scored.Policy, 0);
        if (_sheet.Explanation != SheetExplanation.None || policy.Recommendation == Recommendation.Decline)
        {
            count = PortfolioReasons.OfRules(policy, _reasons);
            if (count == 0 && !tile.TryReasons(_explained[place], scored.Values, _reasons, out count))
            {
                Doubtful++;
                return false;
            }

            policy = PolicyEvaluator.WithReasons(policy, count);
        }

        _sheet.Write(to, row.Id, row.Number, scored, policy.Recommendation, "", _reasons.AsSpan(0, count));
        to.EndLine();
        Decisions[(int)policy.Recommendation]++;
        return true;
    }
}
