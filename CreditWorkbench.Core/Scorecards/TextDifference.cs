namespace CreditWorkbench.Core.Scorecards;

/// <summary>What became of a line.</summary>
public enum LineChange
{
    /// <summary>In both texts.</summary>
    Same,
    /// <summary>Only in the old one.</summary>
    Removed,
    /// <summary>Only in the new one.</summary>
    Added,
}

/// <summary>One line of a comparison.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="OldLine">One-based line of the old text; null for an added one.</param>
/// <param name="NewLine">One-based line of the new text; null for a removed one.</param>
/// <param name="Text">The line.</param>
public sealed record ComparedLine(LineChange Change, int? OldLine, int? NewLine, string Text);

/// <summary>Compares two texts line by line.</summary>
/// <remarks>Myers (1986), the greedy algorithm, O((n + m) d) for d differing lines; beyond <see cref="MostEdits"/> what lies between the common head and
/// tail counts as replaced.</remarks>
public static class TextDifference
{
    private const int MostEdits = 3_000;

    /// <summary>Every line of both texts in reading order.</summary>
    public static IReadOnlyList<ComparedLine> Of(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (Lines(before), Lines(after));
        var head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head]) head++;
        var tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)]) tail++;
        var compared = new List<ComparedLine>(old.Length + now.Length);
        for (var line = 0; line < head; line++) compared.Add(new(LineChange.Same, line + 1, line + 1, old[line]));
        Middle(old.AsSpan(head, old.Length - head - tail), now.AsSpan(head, now.Length - head - tail), head, compared);
        for (var line = tail; line > 0; line--) compared.Add(new(LineChange.Same, old.Length - line + 1, now.Length - line + 1, old[^line]));
        return compared;
    }

    /// <summary>The changed lines with some lines around them, in groups; empty when the texts are the same.</summary>
    /// <param name="lines">From <see cref="Of"/>.</param>
    /// <param name="around">Unchanged lines kept on each side.</param>
    public static IReadOnlyList<IReadOnlyList<ComparedLine>> Groups(IReadOnlyList<ComparedLine> lines, int around)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var groups = new List<IReadOnlyList<ComparedLine>>();
        for (var line = 0; line < lines.Count; line++)
        {
            if (lines[line].Change == LineChange.Same) continue;
            var (from, last) = (Math.Max(0, line - around), line);
            for (var next = line; next < lines.Count && next <= last + 2 * around + 1; next++)
            {
                if (lines[next].Change != LineChange.Same) last = next;
            }

            var to = Math.Min(lines.Count - 1, last + around);
            groups.Add([.. lines.Skip(from).Take(to - from + 1)]);
            line = to;
        }

        return groups;
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static void Middle(ReadOnlySpan<string> old, ReadOnlySpan<string> now, int head, List<ComparedLine> compared)
    {
        var kept = Kept(old, now);
        var (i, j) = (0, 0);
        foreach (var (oldLine, newLine) in kept.Append((old.Length, now.Length)))
        {
            for (; i < oldLine; i++) compared.Add(new(LineChange.Removed, head + i + 1, null, old[i]));
            for (; j < newLine; j++) compared.Add(new(LineChange.Added, null, head + j + 1, now[j]));
            if (i >= old.Length || j >= now.Length) continue;
            compared.Add(new(LineChange.Same, head + i + 1, head + j + 1, old[i]));
            (i, j) = (i + 1, j + 1);
        }
    }

    /// <summary>Pairs of equal lines of a longest common subsequence, in order.</summary>
    private static List<(int Old, int New)> Kept(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        var (n, m) = (old.Length, now.Length);
        if (n == 0 || m == 0) return [];
        var most = Math.Min(n + m, MostEdits);
        var reach = new int[2 * most + 2];
        var trace = new List<int[]>();
        for (var edits = 0; edits <= most; edits++)
        {
            trace.Add([.. reach]);
            for (var k = -edits; k <= edits; k += 2)
            {
                var x = k == -edits || (k != edits && reach[most + k - 1] < reach[most + k + 1]) ? reach[most + k + 1] : reach[most + k - 1] + 1;
                for (var y = x - k; x < n && y < m && old[x] == now[y]; y++) x++;
                reach[most + k] = x;
                if (x >= n && x - k >= m) return Backwards(trace, most, n, m);
            }
        }

        return [];
    }

    private static List<(int Old, int New)> Backwards(List<int[]> trace, int most, int n, int m)
    {
        var kept = new List<(int, int)>();
        var (x, y) = (n, m);
        for (var edits = trace.Count - 1; edits >= 0; edits--)
        {
            var reach = trace[edits];
            var k = x - y;
            var down = k == -edits || (k != edits && reach[most + k - 1] < reach[most + k + 1]);
            var before = edits == 0 ? 0 : down ? k + 1 : k - 1;
            var (fromX, fromY) = edits == 0 ? (0, 0) : (reach[most + before], reach[most + before] - before);
            while (x > fromX && y > fromY) kept.Add((--x, --y));
            (x, y) = (fromX, fromY);
        }

        kept.Reverse();
        return kept;
    }
}
