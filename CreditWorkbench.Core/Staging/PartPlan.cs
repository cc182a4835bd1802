using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Staging;

/// <summary>Which base rows are worked on together.</summary>
/// <param name="File">File of the rows that belong to them.</param>
/// <param name="First">First group of the part.</param>
/// <param name="End">Group behind the last one; groups of other files in between do not count.</param>
/// <param name="BaseRows">Base rows in the order of the feature file.</param>
/// <param name="Ranks">Their places in it, rising.</param>
internal sealed record StagingPart(int File, int First, int End, int[] BaseRows, int[] Ranks);

/// <summary>The parts of a run, each of them small enough.</summary>
internal sealed class PartPlan
{
    // A limit below this would refuse customers that any machine can take.
    private const long FloorBytes = 64L << 20;

    private PartPlan(IReadOnlyList<StagingPart> parts, Problem? tooLarge) => (Parts, TooLarge) = (parts, tooLarge);

    /// <summary>Parts in order.</summary>
    public IReadOnlyList<StagingPart> Parts { get; }

    /// <summary>Why no plan keeps to the limit; null when one does.</summary>
    public Problem? TooLarge { get; }

    /// <summary>Makes the plan.</summary>
    /// <param name="work">The run.</param>
    /// <param name="files">Files that groups are spread over.</param>
    /// <param name="on">Column by which the base table joins the large ones.</param>
    /// <param name="spills">Rows of the large tables.</param>
    /// <param name="bytes">Memory of a part.</param>
    public static PartPlan Of(StagingWork work, int files, string on, IReadOnlyList<RowSpill> spills, long bytes)
    {
        var rows = work.Base;
        var starts = new List<int>[files];
        for (var file = 0; file < files; file++)
        {
            (starts[file], var filled) = ([file], 0L);
            for (var group = file; group < rows.Rows; group += files)
            {
                var weight = 0L;
                foreach (var spill in spills) weight += spill.BytesOf[group];
                if (weight > Math.Max(bytes, FloorBytes)) return new PartPlan([], TooMany(rows, group, weight));
                if (filled > 0 && filled + weight > bytes)
                {
                    starts[file].Add(group);
                    filled = 0;
                }

                filled += weight;
            }
        }

        return new PartPlan(Filled(work, new BaseGroups(work.Base, on), starts), null);
    }

    private static List<StagingPart> Filled(StagingWork work, BaseGroups groups, List<int>[] starts)
    {
        var firstPart = new int[starts.Length + 1];
        for (var file = 0; file < starts.Length; file++) firstPart[file + 1] = firstPart[file] + starts[file].Count;
        var (members, ranks) = (Lists(firstPart[^1]), Lists(firstPart[^1]));
        var order = FeatureColumns.Order(work.Staging, work.Base);
        for (var rank = 0; rank < order.Length; rank++)
        {
            var group = groups.OfRow(order[rank]);
            var file = group % starts.Length;
            var found = starts[file].BinarySearch(group);
            var part = firstPart[file] + (found >= 0 ? found : ~found - 1);
            members[part].Add(order[rank]);
            ranks[part].Add(rank);
        }

        var parts = new List<StagingPart>();
        for (var file = 0; file < starts.Length; file++)
        {
            for (var i = 0; i < starts[file].Count; i++)
            {
                var end = i + 1 < starts[file].Count ? starts[file][i + 1] : int.MaxValue;
                parts.Add(new StagingPart(file, starts[file][i], end, [.. members[firstPart[file] + i]], [.. ranks[firstPart[file] + i]]));
            }
        }

        return parts;
    }

    private static List<int>[] Lists(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<int>())];

    private static Problem TooMany(StagedTable rows, int group, long weight)
    {
        var (file, number) = rows.PlaceOf(group);
        return new Problem("staging.memory", string.Create(CultureInfo.InvariantCulture, $"{file}, row {number}: the rows that belong to it take about {weight >> 20} MiB, more than one part of the run may."))
        {
            Field = rows.Definition.Name,
            Row = number,
            Remedy = "Raise --memory, or find out why one key has so many rows.",
        };
    }
}
