using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Scoring;

public sealed class RiskCategoryCutsTests
{
    [Fact]
    public void Fit_SeparableClasses_CutsHalfWay()
    {
        var cuts = RiskCategoryCuts.Fit([750, 710, 640, 560, 450, 420], [0, 0, 1, 1, 2, 2], 3);

        Assert.Equal([675, 505], cuts.Lowest);
        Assert.Equal([0, 1, 2], new[] { 675.0, 674.9, 400 }.Select(cuts.CategoryOf));
    }

    [Fact]
    public void Fit_RandomRows_NamesAsManyRightAsTheBestOfAllCuts()
    {
        var random = new Random(11);

        for (var trial = 0; trial < 60; trial++)
        {
            var z = Enumerable.Range(0, 14).Select(_ => 400.0 + 10 * random.Next(20)).ToArray();
            var classes = z.Select(_ => random.Next(3)).ToArray();
            var cuts = RiskCategoryCuts.Fit(z, classes, 3);
            Assert.Equal(BestByEnumeration(z, classes), Hits(cuts, z, classes));
        }
    }

    [Fact]
    public void Fit_NoRows_Throws() => Assert.Throws<ArgumentException>(() => RiskCategoryCuts.Fit([], [], 3));

    private static int Hits(RiskCategoryCuts cuts, double[] z, int[] classes) => z.Zip(classes).Count(row => cuts.CategoryOf(row.First) == row.Second);

    private static int BestByEnumeration(double[] z, int[] classes)
    {
        var edges = Enumerable.Range(0, 22).Select(i => 395.0 + 10 * i).ToArray();
        return edges.SelectMany(high => edges.Where(low => low <= high).Select(low => Hits(new RiskCategoryCuts([high, low]), z, classes))).Max();
    }
}
