namespace CreditWorkbench.Core.Explanation;

/// <summary>How the lanes of table rows make the players' sums.</summary>
/// <remarks>The first lanes of a subtree belong to the players of its path, and neighbours share most of it: as long as the path goes on,
/// those lanes of all subtrees below are added up as one vector, and only when it ends are they handed to the players. A tree of depth 6
/// so hands on one number per test instead of seven per subtree. A player has <see cref="Spread"/> sums in turn, because the same player
/// comes again and again and an addition would wait for the one before.</remarks>
internal sealed class LaneSums
{
    /// <summary>Sums per player.</summary>
    public const int Spread = 4;

    /// <summary>Players at most.</summary>
    public const int MaxPlayers = ushort.MaxValue / Spread;

    private readonly int[] _players;

    /// <summary>Works out where each lane goes.</summary>
    /// <param name="rows">The plan.</param>
    public LaneSums(RowPlan rows)
    {
        var plan = rows.Plan;
        _players = [.. plan.Codes.TestedFeatures.Select(feature => plan.PlayerOf[feature]).Distinct().Order()];
        Kept = new byte[plan.Subtrees.Length];
        for (var block = 0; block + 1 < rows.BlockSubtree.Length; block++)
        {
            for (var subtree = rows.BlockSubtree[block]; subtree + 1 < rows.BlockSubtree[block + 1]; subtree++) Kept[subtree] = SharedLanes(plan, subtree);
        }

        BatchEntry = new int[rows.Batches + 1];
        var (lines, slots, turns) = (new List<ushort>(), new List<ushort>(), new int[_players.Length]);
        for (var batch = 0; batch < rows.Batches; batch++)
        {
            for (var subtree = rows.BatchSubtree(batch); subtree < rows.BatchSubtree(batch + 1); subtree++)
            {
                for (int lane = Kept[subtree]; lane < plan.Subtrees[subtree].Lanes; lane++)
                {
                    var player = Array.BinarySearch(_players, plan.LanePlayer[subtree * Subtree.Width + lane]);
                    lines.Add((ushort)((subtree - rows.BatchSubtree(batch)) * Subtree.Width + lane));
                    slots.Add((ushort)(turns[player]++ % Spread * _players.Length + player));
                }
            }

            BatchEntry[batch + 1] = lines.Count;
        }

        (Source, Slot) = ([.. lines], [.. slots]);
    }

    /// <summary>Lanes of each subtree that go on to the next one; 0 at the end of a block.</summary>
    public byte[] Kept { get; }

    /// <summary>First entry of <see cref="Source"/> of each batch, then their count; shape [batches + 1].</summary>
    public int[] BatchEntry { get; }

    /// <summary>Lanes that are handed on: subtree within its batch x 8 + lane.</summary>
    public ushort[] Source { get; }

    /// <summary>Sum that each of them is handed to.</summary>
    public ushort[] Slot { get; }

    /// <summary>Number of sums.</summary>
    public int Slots => Spread * _players.Length;

    /// <summary>Joins the sums of each player.</summary>
    /// <param name="sums">Sums; of several tables side by side.</param>
    /// <param name="step">Number of tables.</param>
    /// <param name="table">The one that is read.</param>
    /// <param name="contributions">Written where a test concerns a player; shape [players].</param>
    public void Join(ReadOnlySpan<double> sums, int step, int table, Span<double> contributions)
    {
        var spread = _players.Length * step;
        for (var i = 0; i < _players.Length; i++)
        {
            var at = i * step + table;
            contributions[_players[i]] = sums[at] + sums[spread + at] + (sums[2 * spread + at] + sums[3 * spread + at]);
        }
    }

    // Lanes are given to players as the path meets them, so that what two neighbours share are first lanes.
    private static byte SharedLanes(PatternPlan plan, int subtree)
    {
        var (one, next) = (plan.Subtrees[subtree], plan.Subtrees[subtree + 1]);
        var (first, lanes) = (subtree * Subtree.Width, -1);
        for (var bit = 0; bit < Math.Min(one.Depth, next.Depth); bit++)
        {
            var node = plan.BitNode[first + bit];
            if (node != plan.BitNode[first + Subtree.Width + bit]) break;
            lanes = Math.Max(lanes, Array.IndexOf(plan.LanePlayer, plan.PlayerOf[plan.Ensemble.Nodes.Feature[node]], first, Subtree.Width) - first);
        }

        return (byte)(lanes + 1);
    }
}
