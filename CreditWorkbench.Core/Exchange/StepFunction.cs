using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Exchange;

/// <summary>A function of one cell that is constant between steps: what a column of a points scorecard, or a category of a regression,
/// adds to the log-odds.</summary>
/// <param name="Uptos">Upper ends of all runs but the last, rising; a number at an end belongs to its run. Shape [runs - 1].</param>
/// <param name="Values">Value of each run; shape [runs].</param>
/// <param name="Missing">Value of a missing cell.</param>
/// <param name="Codes">Value of each special code.</param>
internal sealed record StepFunction(IReadOnlyList<float> Uptos, IReadOnlyList<double> Values, double Missing, IReadOnlyList<double> Codes)
{
    /// <summary>The terms of a column of a points scorecard.</summary>
    public static StepFunction Of(PointsScorecard scorecard, int column)
    {
        var characteristic = scorecard.Characteristics[column];
        var terms = characteristic.Bins.Select(bin => scorecard.Scale.TermOf(bin.Points)).ToArray();
        double[] codes = [.. Enumerable.Range(1, characteristic.SpecialCodes).Select(code => terms[characteristic.MissingBin + code])];
        return characteristic.IsCategory
            ? OfCategories([.. characteristic.CategoryBins.Select(bin => terms[bin])], terms[^1], terms[characteristic.MissingBin], codes)
            : new StepFunction(characteristic.Edges, terms[..characteristic.RegularBins], terms[characteristic.MissingBin], codes);
    }

    /// <summary>The terms of a column of a regression that are no slope: of categories, missing and codes. A number has none.</summary>
    public static StepFunction Of(LinearColumn column)
    {
        var (missing, codes) = (column.CodeTerms[0], column.CodeTerms[1..]);
        return column.IsCategory ? OfCategories(column.CategoryTerms, column.UnknownTerm, missing, codes) : new StepFunction([], [0.0], missing, codes);
    }

    /// <summary>Adds it as one tree.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="feature">Column of the cell.</param>
    /// <param name="codes">Numbers of the column's special codes.</param>
    public void Write(OnnxTreeWriter writer, int feature, float[] codes)
    {
        writer.BeginTree();
        var coded = Math.Min(codes.Length, Codes.Count);
        // A test that no number passes catches missing cells; then one test per code. Their leaves follow, then the search among the runs.
        var search = 2L * (coded + 1);
        for (var test = 0; test <= coded; test++)
        {
            var onFalse = test < coded ? test + 1 : search;
            var (mode, value) = test == 0 ? ("BRANCH_LT", double.NegativeInfinity) : ("BRANCH_EQ", codes[test - 1]);
            writer.AddTest(feature, mode, value, coded + 1 + test, onFalse, test == 0, 1.0);
        }

        writer.AddLeaf(1.0, Missing);
        for (var code = 0; code < coded; code++) writer.AddLeaf(1.0, Codes[code]);
        WriteRuns(writer, feature, search);
    }

    // Halves the runs: each test stands before all that hangs on its way of true, then all on its way of false.
    private void WriteRuns(OnnxTreeWriter writer, int feature, long first)
    {
        var pending = new Stack<(int From, int To, long Place)>([(0, Values.Count - 1, first)]);
        while (pending.TryPop(out var runs))
        {
            if (runs.From == runs.To)
            {
                writer.AddLeaf(1.0, Values[runs.From]);
                continue;
            }

            var middle = (runs.From + runs.To) / 2;
            // n runs take 2n - 1 nodes.
            var (onTrue, onFalse) = (runs.Place + 1, runs.Place + 1 + 2L * (middle - runs.From + 1) - 1);
            writer.AddTest(feature, "BRANCH_LEQ", Uptos[middle], onTrue, onFalse, false, 1.0);
            pending.Push((middle + 1, runs.To, onFalse));
            pending.Push((runs.From, middle, onTrue));
        }
    }

    // Index i stands for every number from i to just below i + 1; what lies outside is unknown.
    private static StepFunction OfCategories(IReadOnlyList<double> terms, double unknown, double missing, IReadOnlyList<double> codes)
    {
        var (uptos, values) = (new List<float> { MathF.BitDecrement(0f) }, new List<double> { unknown });
        for (var category = 0; category < terms.Count; category++)
        {
            uptos.Add(MathF.BitDecrement(category + 1f));
            values.Add(terms[category]);
        }

        values.Add(unknown);
        return new StepFunction(uptos, values, missing, codes);
    }
}
