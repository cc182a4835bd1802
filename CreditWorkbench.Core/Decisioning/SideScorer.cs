using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Scores blocks of rows by the sides that draw them while a canary is in force, else all by the champion. Scratch of one thread.</summary>
/// <param name="sheet">The champion's sheet.</param>
/// <param name="canary">Says whether a canary is in force; null: never.</param>
internal sealed class SideScorer(ScoreSheet sheet, BatchCanary? canary)
{
    private readonly SheetScorer _champion = new(sheet);
    private readonly RecordJsonWriter _values = new(sheet.Line.Release.Definition);
    private readonly Side _left = new();
    private readonly Side _right = new();
    private (ScoreSheet Sheet, SheetScorer Scorer)? _challenger;

    /// <summary>Writes a line per row, in the rows' order.</summary>
    /// <returns>The challenger's release and how many rows it scored; null where it scored none.</returns>
    public async ValueTask<(ContentHash Release, long Rows)?> WriteAsync(IReadOnlyList<SheetRow> rows, CsvBuffer to, CancellationToken cancellationToken)
    {
        if (canary is null || await canary.NowAsync(cancellationToken) is not { } found)
        {
            _champion.Write(rows, to);
            return null;
        }

        return Write(rows, to, found.Running, found.Sheet);
    }

    /// <summary>The same with a canary that is in force.</summary>
    internal (ContentHash Release, long Rows)? Write(IReadOnlyList<SheetRow> rows, CsvBuffer to, RunningCanary running, ScoreSheet other)
    {
        var drawn = Draw(rows, running);
        var challenged = TryWrite(running, other);
        if (!challenged)
        {
            // A challenger that throws leaves its rows to the champion.
            running.Failed(_right.Rows.Count);
            _left.Take(rows);
        }

        Count(_champion, running, RolloutArm.Champion, () => _champion.Write(_left.Rows, _left.Lines, _left.Ends));
        if (!challenged || _right.Rows.Count == 0)
        {
            to.Append(_left.Lines.Written.Span);
            return null;
        }

        Merge(drawn, to);
        return (running.Challenger.Release.Model.ReleaseHash, _right.Rows.Count);
    }

    private bool[] Draw(IReadOnlyList<SheetRow> rows, RunningCanary running)
    {
        _left.Take([]);
        _right.Take([]);
        var (drawn, definition) = (new bool[rows.Count], running.Challenger.Release.Definition);
        for (var i = 0; i < rows.Count; i++)
        {
            // The same scoring dictionary has the same inputs in the same order.
            if (rows[i].Record.TryGet(out var record, out _) && (drawn[i] = running.Takes(SubjectOf(rows[i], record))))
                _right.Rows.Add(rows[i] with { Record = new InputRecord(definition, [.. record.Values]) });
            else _left.Rows.Add(rows[i]);
        }

        return drawn;
    }

    // Who a row is about, as a single call would say it: its own reference, else the hash of its values.
    private string SubjectOf(SheetRow row, InputRecord record) => string.IsNullOrEmpty(row.Id) ? ContentHash.Of(_values.ToBytes(record)).Hex : row.Id;

    private bool TryWrite(RunningCanary running, ScoreSheet other)
    {
        try
        {
            if (_challenger is not { } known || known.Sheet != other) _challenger = known = (other, new SheetScorer(other));
            Count(known.Scorer, running, RolloutArm.Challenger, () => known.Scorer.Write(_right.Rows, _right.Lines, _right.Ends));
            return true;
        }
        catch (Exception fault) when (Fallbacks.IsEngineFault(fault))
        {
            return false;
        }
    }

    private static void Count(SheetScorer scorer, RunningCanary running, RolloutArm arm, Action write)
    {
        Array.Clear(scorer.Decisions);
        write();
        foreach (var decision in Enum.GetValues<Recommendation>()) running.Issued(arm, decision, scorer.Decisions[(int)decision]);
    }

    private void Merge(bool[] drawn, CsvBuffer to)
    {
        var (left, right) = (0, 0);
        foreach (var challenged in drawn) to.Append(challenged ? _right.Line(right++) : _left.Line(left++));
    }

    private sealed class Side
    {
        public List<SheetRow> Rows { get; } = [];

        public CsvBuffer Lines { get; } = new();

        public List<int> Ends { get; } = [];

        public void Take(IReadOnlyList<SheetRow> rows)
        {
            Rows.Clear();
            Rows.AddRange(rows);
            Lines.Clear();
            Ends.Clear();
        }

        public ReadOnlySpan<byte> Line(int index)
        {
            var start = index == 0 ? 0 : Ends[index - 1];
            return Lines.Written.Span[start..Ends[index]];
        }
    }
}
