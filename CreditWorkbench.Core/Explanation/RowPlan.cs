using System.Runtime.InteropServices;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A plan laid out for single rows: the tests of each tree side by side in preorder, so that all their outcomes are bits of two
/// words, and the bits of each subtree's pattern lie in their order.</summary>
internal sealed class RowPlan
{
    /// <summary>Tests are run in steps of so many; a tree's tests start on a step.</summary>
    public const int Step = 16;

    private const int WordBits = 64;

    /// <summary>Lays out a plan.</summary>
    public RowPlan(PatternPlan plan)
    {
        Plan = plan;
        var trees = plan.Ensemble.TreeCount;
        TreeTest = new int[trees + 1];
        (LowMask, HighMask) = (new ulong[plan.Subtrees.Length], new ulong[plan.Subtrees.Length]);
        var (columns, limits, sets) = (new List<int>(), new List<byte>(), new List<(int, int)>());
        var order = new Dictionary<int, int>();
        for (var tree = 0; tree < trees; tree++)
        {
            order.Clear();
            foreach (var step in plan.Steps.AsSpan(plan.TreeStep[tree], plan.TreeStep[tree + 1] - plan.TreeStep[tree]))
            {
                if (step.Subtree < 0) order.Add(step.Node, order.Count);
                else AddSubtree(step.Subtree, order);
            }

            AddTests(order, columns, limits, sets);
            TreeTest[tree + 1] = columns.Count;
        }

        (TestColumn, TestLimit, SetTests) = ([.. columns], [.. limits], [.. sets]);
        TestByte = TestColumn.All(column => column <= byte.MaxValue) ? [.. TestColumn.Select(column => (byte)column)] : [];
    }

    /// <summary>The plan.</summary>
    public PatternPlan Plan { get; }

    /// <summary>First test of each tree, then the test count; multiples of <see cref="Step"/>.</summary>
    public int[] TreeTest { get; }

    /// <summary>Column of codes of each test.</summary>
    public int[] TestColumn { get; }

    /// <summary>The same as bytes; empty where there are more than 256 columns.</summary>
    public byte[] TestByte { get; }

    /// <summary>Codes up to this one go left.</summary>
    public byte[] TestLimit { get; }

    /// <summary>Tests that have a set instead of a limit, rising, each with its node.</summary>
    public (int Test, int Node)[] SetTests { get; }

    /// <summary>Tests of each subtree among the first 64 of its tree.</summary>
    public ulong[] LowMask { get; }

    /// <summary>Tests of each subtree among the rest.</summary>
    public ulong[] HighMask { get; }

    private void AddSubtree(int number, Dictionary<int, int> order)
    {
        ref readonly var subtree = ref Plan.Subtrees[number];
        for (var bit = 0; bit < subtree.Bits; bit++)
        {
            var node = Plan.BitNode[number * Subtree.Width + bit];
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(order, node, out var known);
            if (!known) place = order.Count - 1;
            if (place < WordBits) LowMask[number] |= 1UL << place;
            else HighMask[number] |= 1UL << (place - WordBits);
        }
    }

    private void AddTests(Dictionary<int, int> order, List<int> columns, List<byte> limits, List<(int, int)> sets)
    {
        var first = columns.Count;
        var padded = (order.Count + Step - 1) / Step * Step;
        CollectionsMarshal.SetCount(columns, first + padded);
        CollectionsMarshal.SetCount(limits, first + padded);
        CollectionsMarshal.AsSpan(columns)[first..].Clear();
        foreach (var (node, place) in order.OrderBy(pair => pair.Value))
        {
            (columns[first + place], limits[first + place]) = (Plan.Codes.NodeColumn[node], Plan.Codes.NodeLimit[node]);
            if (Plan.Codes.NodeSet[node] >= 0) sets.Add((first + place, node));
        }
    }
}
