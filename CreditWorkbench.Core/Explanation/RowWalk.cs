using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Takes one row through all subtrees of a plan: finds its row in each of their tables, and adds it up. Any number of tables of
/// the plan are served by one walk.</summary>
/// <param name="plan">The plan.</param>
/// <param name="engine">The instructions.</param>
internal sealed unsafe class RowWalk(RowPlan plan, RowEngine engine)
{
    private const int Line = 64;
    private const int CodesOnStack = 1024;

    private readonly RowOutcomes _outcomes = new(plan, engine);

    /// <summary>The fastest engine of this machine; which one never shows in the values.</summary>
    public static RowEngine Best => Avx512Vbmi.IsSupported ? RowEngine.Avx512 : RowEngine.Portable;

    /// <summary>Adds a row's table rows to sums.</summary>
    /// <param name="row">Shape [features].</param>
    /// <param name="tables">Tables, and the sums that they are added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public void Add(ReadOnlySpan<float> row, ReadOnlySpan<TableSums> tables)
    {
        const int half = RowPlan.BatchSubtrees;
        if (plan.Batches == 0) return;
        var columns = Math.Max(plan.Plan.Codes.Columns, RowOutcomes.RegisterColumns);
        Span<byte> codes = columns <= CodesOnStack ? stackalloc byte[columns] : new byte[columns];
        plan.Plan.Codes.Encode(row, codes);
        var found = stackalloc int[2 * half];
        new Span<int>(found, 2 * half).Clear();
        var scratch = stackalloc byte[2 * half * Subtree.Width * sizeof(double) + Line];
        var lines = (double*)(((nuint)scratch + Line - 1) & ~(nuint)(Line - 1));

        // One batch ahead: while the rows of a batch are added, memory brings those of the next.
        Find(0, codes, found);
        for (var batch = 0; batch < plan.Batches; batch++)
        {
            int* rows = found + (batch & 1) * half, next = found + (~batch & 1) * half;
            if (batch + 1 < plan.Batches) Find(batch + 1, codes, next);
            var first = plan.BatchSubtree(batch);
            var at = new BatchRows(first, plan.BatchSubtree(batch + 1) - first, rows, next);
            foreach (ref readonly var table in tables) AddBatch(batch, at, table, lines);
        }
    }

    private void Find(int batch, ReadOnlySpan<byte> codes, int* found)
    {
        fixed (ulong* masks = plan.Mask)
        fixed (int* firstRows = plan.FirstRow, gaps = plan.Gap)
        {
            for (var block = plan.BatchBlock[batch]; block < plan.BatchBlock[batch + 1]; block++)
            {
                var unusual = _outcomes.Of(block, codes) ^ plan.Usual[block];
                var (first, end) = ((nuint)(uint)plan.BlockSubtree[block], (nuint)(uint)plan.BlockSubtree[block + 1]);
                for (var subtree = first; subtree < end; subtree++)
                    *found++ = RowPlan.RowOf(firstRows[subtree], gaps[subtree], (int)RowOutcomes.Extract(unusual, masks[subtree]));
            }
        }
    }

    private void AddBatch(int batch, in BatchRows rows, in TableSums tables, double* lines)
    {
        if (engine == RowEngine.Scalar)
        {
            var step = tables.Other is null ? 1 : 2;
            TableAdders.AddScalar(tables.Lanes, batch, rows, tables.One, lines, tables.Sums, step);
            if (step > 1) TableAdders.AddScalar(tables.Lanes, batch, rows, tables.Other, lines, tables.Sums + 1, step);
        }
        else if (tables.Other is null)
        {
            TableAdders.AddOne(tables.Lanes, batch, rows, tables.One, lines, tables.Sums);
        }
        else
        {
            TableAdders.AddTwo(tables.Lanes, batch, rows, tables.One, tables.Other, lines, tables.Sums);
        }
    }
}

/// <summary>One or two tables whose lanes belong to the same players, and the sums that they are added to.</summary>
/// <param name="lanes">Where lanes go.</param>
/// <param name="one">A table.</param>
/// <param name="other">Another; null for none.</param>
/// <param name="sums">Shape [slots x tables].</param>
internal readonly unsafe struct TableSums(LaneSums lanes, double* one, double* other, double* sums)
{
    /// <summary>Where lanes go.</summary>
    public LaneSums Lanes { get; } = lanes;

    /// <summary>A table.</summary>
    public double* One { get; } = one;

    /// <summary>Another; null for none.</summary>
    public double* Other { get; } = other;

    /// <summary>Shape [slots x tables].</summary>
    public double* Sums { get; } = sums;
}
