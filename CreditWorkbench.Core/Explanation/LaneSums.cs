using System.Runtime.Intrinsics;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Where the lanes of table rows stand when a row is added up, and how they make the players' sums. See <see cref="LaneAllocator"/>.</summary>
internal sealed class LaneSums
{
    /// <summary>Players at most.</summary>
    public const int MaxPlayers = ushort.MaxValue;

    /// <summary>Players that some test concerns, rising; each has a sum.</summary>
    public required int[] Players { get; init; }

    /// <summary>For each place of a subtree's table rows the lane of the plan that stands there, <see cref="NoLane"/> for none; shape [subtrees x 8].</summary>
    public required byte[] LaneAt { get; init; }

    /// <summary>Bit i: the number at place i goes on to the next subtree. Nothing goes on from one batch to another.</summary>
    public required byte[] Kept { get; init; }

    /// <summary>First entry of <see cref="Source"/> of each batch, then their count; shape [batches + 1].</summary>
    public required int[] BatchEntry { get; init; }

    /// <summary>Numbers that are handed to sums: subtree within its batch x 8 + place.</summary>
    public required ushort[] Source { get; init; }

    /// <summary>Sum that each of them is handed to.</summary>
    public required ushort[] Slot { get; init; }

    /// <summary>In <see cref="LaneAt"/>: no lane.</summary>
    public const byte NoLane = byte.MaxValue;

    /// <summary>Number of sums.</summary>
    public int Slots => Players.Length;

    /// <summary>The places of a subtree's table rows as lanes to pick.</summary>
    public Vector512<long> PlacesOf(int subtree)
    {
        Span<long> lanes = stackalloc long[Subtree.Width];
        for (var place = 0; place < lanes.Length; place++) lanes[place] = LaneAt[subtree * Subtree.Width + place];
        return Vector512.Create<long>(lanes);
    }

    /// <summary>Gives the sums to the players.</summary>
    /// <param name="sums">Sums; of several tables side by side.</param>
    /// <param name="step">Number of tables.</param>
    /// <param name="table">The one that is read.</param>
    /// <param name="contributions">Written where a test concerns a player; shape [players].</param>
    public void CopyTo(ReadOnlySpan<double> sums, int step, int table, Span<double> contributions)
    {
        for (var slot = 0; slot < Players.Length; slot++) contributions[Players[slot]] = sums[slot * step + table];
    }
}
