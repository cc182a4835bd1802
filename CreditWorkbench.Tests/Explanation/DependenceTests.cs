using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class DependenceTests
{
    private static ContributionTable Product(int rows)
    {
        // The contribution of x0 is bent by x2 and by nothing else.
        var matrix = GlobalSamples.Uniform(rows, 3, seed: 1);
        var contributions = new float[rows * 3];
        for (var row = 0; row < rows; row++) contributions[row] = matrix.Column(0)[row] * (matrix.Column(2)[row] - 0.5f);
        return new ContributionTable(matrix, contributions);
    }

    [Fact]
    public void Dependence_OfAProduct_IsColouredByTheOtherFactor()
    {
        var dependence = Dependence.Of(Product(4000), 0);

        Assert.Equal(2, dependence.Colour);
        Assert.True(dependence.ColourStrength > 0.7, $"{dependence.ColourStrength}");
        Assert.True(Dependence.Strengths(Product(4000), 0)[1].Strength < 0.15);
    }

    [Fact]
    public void Dependence_Groups_HoldEveryRowOnceWithItsMean()
    {
        var table = GlobalSamples.Table([5, 6, 7, 8, 100, 200, 300, 400]);

        var groups = Dependence.Of(table, 0, parts: 2).Groups;

        Assert.Equal(8, groups.Sum(group => group.Rows));
        Assert.Equal(1026.0 / 8, groups.Sum(group => group.Rows * group.Mean.Value) / 8, 1e-9);
        Assert.True(groups[0].To < groups[1].From);
    }

    [Fact]
    public void Dependence_MissingAndCodes_HaveGroupsOfTheirOwnAtTheEnd()
    {
        var rows = GlobalSamples.Matrix(6, [1, 2, CodedNaN.Missing, CodedNaN.Of(2), CodedNaN.Missing, 3]);
        var table = new ContributionTable(rows, [1, 1, 7, 9, 5, 1]);

        var groups = Dependence.Of(table, 0, parts: 1).Groups;

        Assert.Equal([3, 2, 1], groups.Select(group => group.Rows));
        Assert.Equal(6, groups[^2].Mean.Value);
        Assert.Equal(2, CodedNaN.CodeOf(groups[^1].From));
        Assert.DoesNotContain(Dependence.Of(table, 0).Marks, mark => float.IsNaN(mark.Value));
    }

    [Fact]
    public void Dependence_OfManyRows_DrawsFewAndKeepsTheExtremes()
    {
        var table = Product(20_000);

        var marks = Dependence.Of(table, 0, most: 500).Marks;

        var column = table.Column(0).ToArray();
        Assert.InRange(marks.Count, 500, 502);
        Assert.Contains(marks, mark => mark.Contribution == column.Max());
        Assert.Contains(marks, mark => mark.Contribution == column.Min());
    }

    [Fact]
    public void Cohorts_WithAKnownGap_FindItInTheRightFeature()
    {
        var random = new Random(2);
        var (same, moved) = (new float[400], new float[400]);
        for (var row = 0; row < 400; row++) (same[row], moved[row]) = (random.NextSingle(), random.NextSingle() + (row < 200 ? 0.5f : 0));
        int[] first = [.. Enumerable.Range(0, 200)];
        int[] second = [.. Enumerable.Range(200, 200)];

        var differences = CohortComparison.Of(GlobalSamples.Table(same, moved), first, second);

        Assert.Equal(1, differences[0].Feature);
        Assert.InRange(0.5, differences[0].Difference.Low, differences[0].Difference.High);
        Assert.True(differences[0].IsProven);
        Assert.False(differences[1].IsProven);
        Assert.Equal(2 * 1.96 * Math.Sqrt(2 / 12.0 / 200), differences[0].Difference.High - differences[0].Difference.Low, 0.02);
    }

    [Fact]
    public void CohortFilter_ConditionsOnValuesScoreAndOutcome_AllHold()
    {
        var rows = GlobalSamples.Matrix(5, [1, 5, 5, 5, CodedNaN.Missing]);
        int[] issued = [600, 600, 500, 700, 700];
        RowOutcome[] outcomes = [RowOutcome.Bad, RowOutcome.Bad, RowOutcome.Bad, RowOutcome.Good, RowOutcome.Bad];
        var large = new CohortCondition(CohortSubject.Feature, 0, CohortTest.AtLeast, 5);
        var low = new CohortCondition(CohortSubject.Score, 0, CohortTest.Below, 650);
        var defaulted = new CohortCondition(CohortSubject.Outcome, 0, CohortTest.Is, 1);

        Assert.Equal([1, 2], new CohortFilter([large, low, defaulted]).Rows(rows, issued, outcomes));
        Assert.Equal([4], new CohortFilter([large with { Test = CohortTest.Missing }]).Rows(rows, issued, outcomes));
        Assert.Empty(new CohortFilter([defaulted]).Rows(rows, issued, new RowOutcome[5]));
        Assert.Equal(5, new CohortFilter([]).Rows(rows, issued, outcomes).Length);
    }
}
