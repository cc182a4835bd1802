using System.Globalization;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Writes trees from elsewhere with our tests, which ask one thing: is the number at most a cut. A test with three runs of
/// numbers or more becomes a chain of ours, and what hangs on a way that several runs take is written once per run.</summary>
/// <remarks>Below such a chain it is known between which numbers a value lies, so tests that this answers are left out; without that a
/// chain of tests would double at every link. What is known is kept per path and for the features concerned only: other trees
/// come through node for node. The first run of a way takes all of its training weight, so that path-dependent expectations are those
/// of the origin.</remarks>
internal sealed class SourceTrees(GatheredNodes nodes, long mostNodes)
{
    private readonly HashSet<int> _chained = [];
    private IReadOnlyList<SourceNode> _source = [];

    /// <summary>Adds a tree.</summary>
    /// <param name="source">Its nodes, the root first. Children exist and no walk comes back to where it was; a node may have several
    /// parents and is then written for each.</param>
    /// <param name="hasCovers">Whether the nodes know their training weight; otherwise each leaf has 1 and a test what is below it.</param>
    /// <returns>What is wrong with it; null when it was added.</returns>
    public string? Add(IReadOnlyList<SourceNode> source, bool hasCovers)
    {
        _source = source;
        _chained.Clear();
        foreach (var node in source)
        {
            if (node.Test is { Runs.Count: > 2 } test) _chained.Add(test.Feature);
        }

        var pending = new Stack<Visit>([new Visit(0, -1, false, 0, null, 1.0, false, false)]);
        while (pending.TryPop(out var visit))
        {
            visit = Settled(visit);
            if (visit.Depth > GatheredNodes.MaxDepth) return $"node {visit.Node} lies deeper than {GatheredNodes.MaxDepth} tests";
            if (nodes.Count >= mostNodes) return string.Create(CultureInfo.InvariantCulture, $"written with tests that compare with one number, the trees have more than {mostNodes} nodes");
            if (visit.Parent >= 0) nodes.Attach(visit.Parent, visit.IsLeft, nodes.Count);
            Append(visit, pending);
        }

        nodes.EndTree(hasCovers);
        return null;
    }

    // Passes tests whose answer is known here.
    private Visit Settled(Visit visit)
    {
        while (_source[visit.Node].Test is { } test && test.Categories.Count == 0)
        {
            var known = Known.Of(visit.Known, test.Feature);
            var runs = Within(test, known);
            if (runs.Count > 1 || (known.MayBeMissing && test.MissingGoesLeft != runs[0].GoesLeft)) break;
            visit = Child(visit, runs[0].GoesLeft, visit.Known) with { Parent = visit.Parent, IsLeft = visit.IsLeft, Depth = visit.Depth };
        }

        return visit;
    }

    private void Append(Visit visit, Stack<Visit> pending)
    {
        var source = _source[visit.Node];
        if (source.Test is not { } test)
        {
            nodes.AddLeaf(source.Value, source.Cover * visit.Share);
            return;
        }

        var index = nodes.Count;
        if (test.Categories.Count > 0)
        {
            nodes.AddCategories(test.Feature, test.Categories, test.MissingGoesLeft, source.Cover * visit.Share);
            pending.Push(Child(visit, false, visit.Known).Under(index, false));
            pending.Push(Child(visit, true, visit.Known).Under(index, true));
            return;
        }

        var known = Known.Of(visit.Known, test.Feature);
        var runs = Within(test, known);
        var first = runs[0].GoesLeft;
        // With one run left it is a missing value that goes the other way: every number is at most +Infinity.
        var cut = runs.Count > 1 ? runs[0].Upto : float.PositiveInfinity;
        var missingGoesFirst = test.MissingGoesLeft == first;
        nodes.AddTest(test.Feature, cut, missingGoesFirst, CoverLeft(visit));
        var (below, above) = _chained.Contains(test.Feature)
            ? (known.With(visit.Known, known.From, cut, known.MayBeMissing && missingGoesFirst), known.With(visit.Known, MathF.BitIncrement(cut), known.To, known.MayBeMissing && !missingGoesFirst))
            : (visit.Known, visit.Known);
        var rest = runs.Count > 2
            ? visit with { Known = above, LeftIsGiven = visit.LeftIsGiven || first, RightIsGiven = visit.RightIsGiven || !first, Depth = visit.Depth + 1 }
            : Child(visit, !first, above);
        pending.Push(rest.Under(index, false));
        pending.Push(Child(visit, first, below).Under(index, true));
    }

    // The weight goes with the first run of a way, so a later one has none left.
    private Visit Child(Visit visit, bool left, Known? known)
    {
        var isGiven = left ? visit.LeftIsGiven : visit.RightIsGiven;
        return new Visit(left ? _source[visit.Node].Left : _source[visit.Node].Right, -1, false, visit.Depth + 1, known, isGiven ? 0.0 : visit.Share, false, false);
    }

    private double CoverLeft(Visit visit)
    {
        var source = _source[visit.Node];
        if (!visit.LeftIsGiven && !visit.RightIsGiven) return source.Cover * visit.Share;
        return visit.Share * ((visit.LeftIsGiven ? 0.0 : _source[source.Left].Cover) + (visit.RightIsGiven ? 0.0 : _source[source.Right].Cover));
    }

    // The runs that reach into what is known of the number; at least one.
    private static List<NumberRun> Within(SourceTest test, Known known)
    {
        var runs = new List<NumberRun>(test.Runs.Count);
        foreach (var run in test.Runs)
        {
            if (run.Upto < known.From) continue;
            runs.Add(run);
            if (run.Upto >= known.To) break;
        }

        return runs;
    }

    /// <summary>A node that is still to be written.</summary>
    /// <param name="Node">Which node of the source.</param>
    /// <param name="Parent">Node that was written above it; -1 for the root.</param>
    /// <param name="IsLeft">Whether it is the left child.</param>
    /// <param name="Depth">Tests above it.</param>
    /// <param name="Known">What is known of the features here.</param>
    /// <param name="Share">1 where it takes its training weight along, 0 where another copy has it.</param>
    /// <param name="LeftIsGiven">Whether an earlier link of its chain has the weight of the left way.</param>
    /// <param name="RightIsGiven">Whether an earlier link of its chain has the weight of the right way.</param>
    private readonly record struct Visit(int Node, int Parent, bool IsLeft, int Depth, Known? Known, double Share, bool LeftIsGiven, bool RightIsGiven)
    {
        public Visit Under(int parent, bool isLeft) => this with { Parent = parent, IsLeft = isLeft };
    }

    /// <summary>What the tests above say of one feature: its number lies from <c>From</c> to <c>To</c>; then the next feature.</summary>
    private sealed record Known(int Feature, float From, float To, bool MayBeMissing, Known? Next)
    {
        private static readonly Known _nothing = new(-1, float.NegativeInfinity, float.PositiveInfinity, true, null);

        public static Known Of(Known? known, int feature)
        {
            for (; known is not null; known = known.Next)
            {
                if (known.Feature == feature) return known;
            }

            return _nothing with { Feature = feature };
        }

        // The newest entry of a feature is found first.
        public Known With(Known? all, float from, float to, bool mayBeMissing) => new(Feature, from, to, mayBeMissing, all);
    }
}
