using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class ReasonBackgroundTests
{
    private static readonly OddsScale Scale = new(600, 19, 50, 300, 900);

    [Fact]
    public void Select_ManyRows_TakesTheTwoHundredNearestAtOrAbove()
    {
        var issued = Enumerable.Range(0, 900).Select(i => 540 + i % 90).ToArray();

        var rows = ReasonBackground.Select(issued, 580, Scale).Value;

        Assert.Equal(200, rows.Length);
        Assert.All(rows, row => Assert.InRange(issued[row], 580, 599));
        Assert.Equal(rows.OrderBy(row => issued[row]).ThenBy(row => row), rows);
    }

    [Fact]
    public void Select_RowsFarAbove_AreNeverTaken()
    {
        var issued = Enumerable.Repeat(605, 60).Concat(Enumerable.Repeat(606, 100)).ToArray();

        Assert.Equal(60, ReasonBackground.Select(issued, 580, Scale).Value.Length);
    }

    [Theory]
    [InlineData(49, false)]
    [InlineData(50, true)]
    public void Select_FewRows_RefusesBelowFifty(int near, bool expected)
    {
        var issued = Enumerable.Repeat(590, near).Concat(Enumerable.Repeat(570, 500)).ToArray();

        var outcome = ReasonBackground.Select(issued, 580, Scale);

        Assert.Equal(expected, outcome.Succeeded);
        if (!expected) Assert.Equal("reasonBackground.tooSmall", outcome.Problems[0].Code);
    }

    [Fact]
    public void Peers_NumbersCategoriesAndGaps_GiveTheUsualValue()
    {
        FeatureColumn[] columns = [FeatureColumn.Number("a"), new("b", 0, ["x", "y"], []), FeatureColumn.Number("c")];
        float[] values = [1, 2, 9, CodedNaN.Missing, 1, 1, 0, 1, CodedNaN.Missing, CodedNaN.Missing, CodedNaN.Missing, 5];

        var peers = ReasonBackground.Peers(new FeatureMatrix(columns, 4, values));

        Assert.Equal([2, 1, double.NaN], peers);
    }
}
