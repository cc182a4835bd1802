using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>Writes our trees as ONNX trees over plain numbers.</summary>
/// <remarks>A test of ours becomes a row of tests: one on equality for each special code that does not go where its number goes, one on
/// equality for each category of a set, or the comparison with the cut. All but the last lead to a child by true and to the next test by
/// false. A missing value leaves the row at the first test that leads where it goes.</remarks>
internal static class OnnxEnsembleWriter
{
    private const double Never = double.NegativeInfinity;

    /// <summary>Adds all trees of an ensemble.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="codes">Numbers of the special codes per column.</param>
    /// <param name="weightsOf">Weights of a leaf by its value.</param>
    public static void Write(OnnxTreeWriter writer, TreeEnsemble ensemble, IReadOnlyList<float[]> codes, Func<double, double[]> weightsOf)
    {
        var nodes = ensemble.Nodes;
        for (var tree = 0; tree < ensemble.TreeCount; tree++)
        {
            writer.BeginTree();
            var (first, end) = (nodes.TreeStart[tree], nodes.TreeStart[tree + 1]);
            var rows = new List<Step>[end - first];
            var place = new long[end - first];
            var next = 0L;
            for (var node = first; node < end; node++)
            {
                rows[node - first] = nodes.Feature[node] < 0 ? [] : StepsOf(ensemble, node, codes[nodes.Feature[node]]);
                place[node - first] = next;
                next += Math.Max(1, rows[node - first].Count);
            }

            for (var node = first; node < end; node++)
            {
                if (nodes.Feature[node] < 0) writer.AddLeaf(nodes.Cover[node], weightsOf(nodes.Value[node]));
                else WriteRow(writer, nodes, node, rows[node - first], place[node - first], place[nodes.Left[node] - first], place[nodes.Right[node] - first]);
            }
        }
    }

    private static void WriteRow(OnnxTreeWriter writer, TreeNodes nodes, int node, List<Step> row, long place, long left, long right)
    {
        var missingGoesLeft = (nodes.CodesLeft[node] & 1) != 0;
        for (var step = 0; step < row.Count; step++)
        {
            var onFalse = step + 1 < row.Count ? place + step + 1 : right;
            writer.AddTest(nodes.Feature[node], row[step].Mode, row[step].Value, row[step].GoesLeft ? left : right, onFalse, row[step].GoesLeft == missingGoesLeft, nodes.Cover[node]);
        }
    }

    // The last step leads left by true and right by false.
    private static List<Step> StepsOf(TreeEnsemble ensemble, int node, float[] codes)
    {
        var (nodes, steps) = (ensemble.Nodes, new List<Step>());
        for (var code = 1; code <= codes.Length; code++)
        {
            var goesLeft = (nodes.CodesLeft[node] >> code & 1) != 0;
            // A set is asked by equality here, so a fraction is in none.
            var wouldGoLeft = ensemble.GoesLeft(node, codes[code - 1]) && (nodes.CategorySet[node] < 0 || codes[code - 1] == MathF.Floor(codes[code - 1]));
            if (goesLeft != wouldGoLeft) steps.Add(new Step("BRANCH_EQ", codes[code - 1], goesLeft));
        }

        var set = nodes.CategorySet[node];
        if (set < 0) steps.Add(new Step("BRANCH_LEQ", nodes.Cut[node], true));
        else steps.AddRange(Categories(nodes, set).Select(category => new Step("BRANCH_EQ", category, true)));
        // An empty set lists nothing that goes left: a test that no number passes ends the row.
        if (set >= 0 && (steps.Count == 0 || !steps[^1].GoesLeft)) steps.Add(new Step("BRANCH_LT", Never, true));
        return steps;
    }

    private static IEnumerable<double> Categories(TreeNodes nodes, int set)
    {
        for (var word = nodes.SetStart[set]; word < nodes.SetStart[set + 1]; word++)
        {
            for (var bit = 0; bit < 64; bit++)
            {
                if ((nodes.SetBits[word] >> bit & 1) != 0) yield return (word - nodes.SetStart[set]) * 64.0 + bit;
            }
        }
    }

    private readonly record struct Step(string Mode, double Value, bool GoesLeft);
}
