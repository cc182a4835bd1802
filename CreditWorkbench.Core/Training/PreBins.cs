using System.Globalization;

namespace CreditWorkbench.Core.Training;

/// <summary>Evidence of one column before bins are sought: ordered groups of regular values, missing, and each special code.</summary>
internal sealed class PreBins
{
    /// <summary>Evidence per group, in order.</summary>
    public required Evidence[] Groups { get; init; }

    /// <summary>Edges between groups of a number, one fewer than groups; empty for categories.</summary>
    public float[] Edges { get; init; } = [];

    /// <summary>Group of each category, -1 where it has no rows and no pool takes it; empty for numbers.</summary>
    public int[] CategoryGroups { get; init; } = [];

    /// <summary>Groups of a number: about equal in size, one per value where there are few.</summary>
    public static PreBins OfNumber(ColumnTally tally, int most)
    {
        var values = tally.RegularValues();
        Array.Sort(values);

        // The choice uses up its values; the edges are then read off the sorted ones.
        return OfEdges(tally, ReadableEdges(SplitPoints.Choose((float[])values.Clone(), most), values));
    }

    /// <summary>Groups between given edges.</summary>
    public static PreBins OfEdges(ColumnTally tally, float[] edges) => new() { Edges = edges, Groups = tally.Between(edges) };

    /// <summary>Categories by rising risk, rare ones pooled first; neighbours are joined where there are more than
    /// <paramref name="most"/>.</summary>
    /// <param name="tally">Evidence per category.</param>
    /// <param name="most">Most groups.</param>
    /// <param name="minRows">Categories with fewer rows are pooled.</param>
    public static PreBins OfCategories(ColumnTally tally, int most, int minRows)
    {
        var pool = -1;
        var groupOf = new int[tally.Categories];
        var groups = new List<Evidence>();
        for (var category = 0; category < groupOf.Length; category++)
        {
            var isRare = tally.RowsOf(category) < minRows;
            if (isRare && tally.RowsOf(category) > 0 && pool < 0)
            {
                pool = groups.Count;
                groups.Add(default);
            }

            // A category without rows is no evidence; it goes where other rare ones are, when there are any.
            groupOf[category] = isRare ? -1 : groups.Count;
            if (!isRare) groups.Add(tally.OfCategory(category));
            else if (tally.RowsOf(category) > 0) groups[pool] += tally.OfCategory(category);
        }

        for (var category = 0; category < groupOf.Length; category++)
        {
            if (groupOf[category] < 0) groupOf[category] = pool;
        }

        return Ordered(groups, groupOf, tally.Regular, most);
    }

    /// <summary>Groups that were named, in their order; categories in none form the last.</summary>
    public static PreBins OfGroups(ColumnTally tally, IReadOnlyList<int[]> named)
    {
        var groupOf = new int[tally.Categories];
        Array.Fill(groupOf, -1);
        for (var group = 0; group < named.Count; group++)
        {
            foreach (var category in named[group]) groupOf[category] = group;
        }

        var hasRest = Array.Exists(groupOf, group => group < 0);
        var groups = new Evidence[named.Count + (hasRest ? 1 : 0)];
        for (var category = 0; category < groupOf.Length; category++)
        {
            if (groupOf[category] < 0) groupOf[category] = named.Count;
            groups[groupOf[category]] += tally.OfCategory(category);
        }

        return new PreBins { Groups = groups, CategoryGroups = groupOf };
    }

    /// <summary>Sorts groups by their share of bads, drawn a little towards that of all, and joins neighbours to the number allowed.</summary>
    private static PreBins Ordered(List<Evidence> groups, int[] groupOf, Evidence all, int most)
    {
        const double strength = 10.0;
        var mean = all.Total > 0.0 ? all.Bads / all.Total : 0.0;
        var order = Enumerable.Range(0, groups.Count).OrderBy(group => (groups[group].Bads + strength * mean) / (groups[group].Total + strength)).ToArray();
        var place = new int[groups.Count];
        var joined = new List<Evidence>();
        var share = all.Total / most;
        for (var i = 0; i < order.Length; i++)
        {
            var isFull = joined.Count > 0 && (groups.Count <= most || joined[^1].Total >= share);
            if (joined.Count == 0 || (isFull && joined.Count < most)) joined.Add(default);
            joined[^1] += groups[order[i]];
            place[order[i]] = joined.Count - 1;
        }

        return new PreBins { Groups = [.. joined], CategoryGroups = [.. groupOf.Select(group => group < 0 ? -1 : place[group])] };
    }

    /// <summary>The shortest decimal number that parts the same values, because edges are printed.</summary>
    private static float[] ReadableEdges(float[] edges, ReadOnlySpan<float> sorted)
    {
        for (var i = 0; i < edges.Length; i++)
        {
            var below = sorted.BinarySearch(edges[i]);
            if (below < 0) below = ~below - 1;
            while (below + 1 < sorted.Length && sorted[below + 1] <= edges[i]) below++;
            edges[i] = Readable(edges[i], sorted[below], sorted[below + 1]);
        }

        return edges;
    }

    private static float Readable(float edge, float low, float high)
    {
        for (var digits = 1; digits <= 8; digits++)
        {
            var rounded = float.Parse(edge.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (rounded >= low && rounded < high) return rounded;
        }

        return edge;
    }
}
