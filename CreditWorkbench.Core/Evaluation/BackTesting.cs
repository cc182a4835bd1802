using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Tests PDs against outcomes, grade by grade.</summary>
/// <remarks>Binomial and Hosmer-Lemeshow tests: Basel Committee, Working Paper 14 (2005); Jeffreys' test: European Central Bank, instructions for reporting
/// the validation results of internal models (2019); step-down adjustment: Holm (1979); colours: Basel Committee, supervisory framework for
/// backtesting (1996).</remarks>
public static class BackTesting
{
    private const double YellowBelow = 0.05;
    private const double RedBelow = 0.0001;

    /// <summary>Tests the grades that have rows. O(n).</summary>
    /// <param name="pd">Issued PD per row, shape [n].</param>
    /// <param name="bad">Outcome per row, same order.</param>
    /// <param name="grade">Index of the grade per row, same order.</param>
    /// <param name="grades">Names of the grades, best first.</param>
    /// <returns>Null without rows.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static PdBackTest? Of(ReadOnlySpan<double> pd, ReadOnlySpan<bool> bad, ReadOnlySpan<int> grade, IReadOnlyList<string> grades)
    {
        if (pd.Length != bad.Length || grade.Length != bad.Length) throw new ArgumentException("One PD, outcome and grade per row.", nameof(grade));
        if (bad.Length == 0) return null;
        var (counts, defaults, sums) = (new int[grades.Count], new int[grades.Count], new double[grades.Count]);
        for (var i = 0; i < bad.Length; i++)
        {
            counts[grade[i]]++;
            if (bad[i]) defaults[grade[i]]++;
            sums[grade[i]] += pd[i];
        }

        int[] present = [.. Enumerable.Range(0, grades.Count).Where(g => counts[g] > 0)];
        var jeffreys = Array.ConvertAll(present, g => BetaDistribution.Cdf(sums[g] / counts[g], defaults[g] + 0.5, counts[g] - defaults[g] + 0.5));
        var adjusted = Holm(jeffreys);
        GradeBackTest[] tests = [.. present.Select((g, place) => Test(grades[g], counts[g], defaults[g], sums[g] / counts[g], jeffreys[place], adjusted[place]))];
        return new PdBackTest(tests, HosmerLemeshowOf(tests), LightOf(adjusted.Min()));
    }

    /// <summary>P-values adjusted for their number by Holm's step-down; order kept.</summary>
    /// <param name="p">P-values, at least one.</param>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        int[] order = [.. Enumerable.Range(0, p.Count).OrderBy(i => p[i])];
        var (adjusted, largest) = (new double[p.Count], 0.0);
        for (var place = 0; place < order.Length; place++)
        {
            largest = Math.Max(largest, Math.Min(1.0, (p.Count - place) * p[order[place]]));
            adjusted[order[place]] = largest;
        }

        return adjusted;
    }

    private static GradeBackTest Test(string grade, int count, int defaults, double pd, double jeffreys, double adjusted)
    {
        var (low, high) = BetaDistribution.Jeffreys(defaults, count);
        var binomial = BetaDistribution.BinomialUpper(defaults, count, pd);
        return new GradeBackTest
        {
            Grade = grade,
            Count = count,
            Defaults = defaults,
            MeanPd = pd,
            DefaultRate = (double)defaults / count,
            Low = low,
            High = high,
            BinomialP = binomial,
            JeffreysP = jeffreys,
            HolmP = adjusted,
            Light = LightOf(binomial),
        };
    }

    // A PD of 0 or 1 that came true adds nothing; one that did not cannot be true.
    private static HosmerLemeshow HosmerLemeshowOf(GradeBackTest[] tests)
    {
        var sum = 0.0;
        foreach (var test in tests)
        {
            var (gap, variance) = (test.Defaults - test.Count * test.MeanPd, test.Count * test.MeanPd * (1.0 - test.MeanPd));
            if (gap != 0) sum += gap * gap / variance;
        }

        return new HosmerLemeshow(sum, tests.Length, double.IsPositiveInfinity(sum) ? 0.0 : Distributions.ChiSquareUpper(sum, tests.Length));
    }

    private static TrafficLight LightOf(double p) => p < RedBelow ? TrafficLight.Red : p < YellowBelow ? TrafficLight.Yellow : TrafficLight.Green;
}
