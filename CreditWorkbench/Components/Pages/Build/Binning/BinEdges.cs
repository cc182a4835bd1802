using CreditWorkbench.Core.ModelBuilding;

namespace CreditWorkbench.Web.Components.Pages.Build.Binning;

/// <summary>What an edit does to the bins of a column.</summary>
public static class BinEdges
{
    /// <summary>An edge moved to a value of the ladder; null where it would pass a neighbour or stays.</summary>
    /// <param name="sheet">The column.</param>
    /// <param name="edge">Index of the edge.</param>
    /// <param name="to">Where to.</param>
    public static BinningState? Moved(BinningSheet sheet, int edge, float to)
    {
        float[] edges = [.. sheet.Edges];
        if (edge < 0 || edge >= edges.Length || edges[edge] == to) return null;
        edges[edge] = to;
        for (var i = 1; i < edges.Length; i++)
        {
            if (!(edges[i] > edges[i - 1])) return null;
        }

        return new BinningState(sheet.State.Trend, edges, null);
    }

    /// <summary>A regular bin joined with the next.</summary>
    public static BinningState Merged(BinningSheet sheet, int bin)
    {
        if (!sheet.IsCategory) return new BinningState(sheet.State.Trend, [.. sheet.Edges.Where((_, edge) => edge != bin)], null);
        var groups = sheet.Groups.Select(group => group.ToList()).ToList();
        groups[bin].AddRange(groups[bin + 1]);
        groups.RemoveAt(bin + 1);
        return new BinningState(sheet.State.Trend, null, groups);
    }

    /// <summary>A regular bin in two: a number at the middle of its rows, categories one half each; null where it holds one value only.</summary>
    public static BinningState? Split(BinningSheet sheet, int bin)
    {
        if (sheet.IsCategory)
        {
            var groups = sheet.Groups.Select(group => (IReadOnlyList<string>)[.. group]).ToList();
            if (groups[bin].Count < 2) return null;
            var half = groups[bin].Count / 2;
            var (first, second) = (groups[bin].Take(half).ToList(), groups[bin].Skip(half).ToList());
            groups[bin] = first;
            groups.Insert(bin + 1, second);
            return new BinningState(sheet.State.Trend, null, groups);
        }

        var regular = sheet.Bins.Where(one => one.Kind == BinKind.Regular).ToList();
        var inside = sheet.Ladder.Select((value, step) => (Value: value, Share: sheet.LadderShares[step]))
            .Where(step => !(step.Value <= regular[bin].From) && !(step.Value >= regular[bin].To)).ToList();
        if (inside.Count == 0) return null;
        var total = Math.Max(1, regular.Sum(one => one.Rows));
        var middle = (regular.Take(bin).Sum(one => one.Rows) + regular[bin].Rows / 2.0) / total;
        var at = inside.MinBy(step => Math.Abs(step.Share - middle)).Value;
        return new BinningState(sheet.State.Trend, [.. sheet.Edges.Append(at).Order()], null);
    }
}
