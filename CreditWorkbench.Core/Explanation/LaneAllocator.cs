namespace CreditWorkbench.Core.Explanation;

/// <summary>Gives players places in the eight numbers of a table row, as a compiler gives variables registers.</summary>
/// <remarks>A row is added up in one vector: each subtree adds its eight numbers at once. A player stays at its place as long as no other
/// needs it, also through subtrees that do not know it (their tables have 0 there); only when it makes room is its number taken out and
/// handed to the player's sum. Whoever is needed last makes room (Belady, IBM Systems Journal 5 (2), 1966), which is the least number of
/// such moves: 8,200 for 300 trees of depth 6 with 25,300 numbers in their tables' rows.</remarks>
internal sealed class LaneAllocator
{
    private const int Nobody = -1;

    private readonly RowPlan _rows;
    private readonly PatternPlan _plan;
    private readonly int[] _players;
    private readonly int[] _held = new int[Subtree.Width];
    private readonly Queue<int>[] _uses;
    private readonly byte[] _laneAt, _kept;
    private readonly List<ushort> _source = [], _slot = [];
    private int _batchStart;

    private LaneAllocator(RowPlan rows)
    {
        (_rows, _plan) = (rows, rows.Plan);
        _players = [.. _plan.Codes.TestedFeatures.Select(feature => _plan.PlayerOf[feature]).Distinct().Order()];
        _uses = [.. _players.Select(_ => new Queue<int>())];
        (_laneAt, _kept) = (new byte[_plan.LanePlayer.Length], new byte[_plan.Subtrees.Length]);
        Array.Fill(_laneAt, LaneSums.NoLane);
    }

    /// <summary>Allocates the places of a plan.</summary>
    public static LaneSums Allocate(RowPlan rows)
    {
        var allocator = new LaneAllocator(rows);
        var entries = new int[rows.Batches + 1];
        for (var batch = 0; batch < rows.Batches; batch++)
        {
            allocator.AddBatch(rows.BatchSubtree(batch), rows.BatchSubtree(batch + 1));
            entries[batch + 1] = allocator._source.Count;
        }

        return new LaneSums
        {
            Players = allocator._players,
            LaneAt = allocator._laneAt,
            Kept = allocator._kept,
            BatchEntry = entries,
            Source = [.. allocator._source],
            Slot = [.. allocator._slot],
        };
    }

    private void AddBatch(int first, int end)
    {
        _batchStart = first;
        Array.Fill(_held, Nobody);
        foreach (var uses in _uses) uses.Clear();
        for (var subtree = first; subtree < end; subtree++)
        {
            foreach (var player in PlayersOf(subtree)) _uses[player].Enqueue(subtree);
        }

        for (var subtree = first; subtree < end; subtree++) Place(subtree);
        for (var place = 0; place < Subtree.Width; place++) HandOver(end - 1, place);
    }

    // The subtree before keeps what is still held when all of this one's players have their places.
    private void Place(int subtree)
    {
        var players = PlayersOf(subtree);
        foreach (var player in players) _uses[player].Dequeue();
        for (var lane = 0; lane < players.Length; lane++)
        {
            var place = Array.IndexOf(_held, players[lane]);
            if (place < 0)
            {
                place = PlaceFor(players);
                HandOver(subtree - 1, place);
                _held[place] = players[lane];
                if (subtree > _batchStart) _kept[subtree - 1] &= (byte)~(1 << place);
            }

            _laneAt[subtree * Subtree.Width + place] = (byte)lane;
        }

        _kept[subtree] = byte.MaxValue;
    }

    // A free place, else that of the player who is needed last.
    private int PlaceFor(int[] needed)
    {
        var (place, latest) = (-1, -1);
        for (var candidate = 0; candidate < Subtree.Width; candidate++)
        {
            if (_held[candidate] == Nobody) return candidate;
            if (needed.Contains(_held[candidate])) continue;
            var next = _uses[_held[candidate]].TryPeek(out var use) ? use : int.MaxValue;
            if (next > latest) (place, latest) = (candidate, next);
        }

        return place;
    }

    private void HandOver(int subtree, int place)
    {
        if (_held[place] == Nobody) return;
        _source.Add((ushort)((subtree - _batchStart) * Subtree.Width + place));
        _slot.Add((ushort)_held[place]);
        _held[place] = Nobody;
    }

    // Numbers of a subtree's players among those that have sums.
    private int[] PlayersOf(int subtree) =>
        [.. _plan.LanePlayer.AsSpan(subtree * Subtree.Width, _plan.Subtrees[subtree].Lanes).ToArray().Select(player => Array.BinarySearch(_players, player))];
}
