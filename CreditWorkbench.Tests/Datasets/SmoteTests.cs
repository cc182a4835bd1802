using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using Xunit;

namespace CreditWorkbench.Tests.Datasets;

public sealed class SmoteTests
{
    private static readonly FeatureColumn Amount = FeatureColumn.Number("amount");
    private static readonly FeatureColumn Count = FeatureColumn.Number("count");
    private static readonly FeatureColumn Job = new("job", 0, ["clerk", "trader", "none"], []);
    private static readonly FeatureColumn Coded = new("months", 0, [], ["-7", "-8"]);

    [Fact]
    public void Balance_RareClass_BecomesAsFrequentAndKeepsTheRowsAsTheyWere()
    {
        var (features, classes) = Rows();

        var balanced = Smote.Balance(features, classes, 5, 1, 1, TestContext.Current.CancellationToken);

        Assert.Equal(100, balanced.Classes.Count(outcome => outcome == 0));
        Assert.Equal(100, balanced.Classes.Count(outcome => outcome == 1));
        Assert.Equal(classes, balanced.Classes[..classes.Length]);
        for (var column = 0; column < features.Columns.Count; column++)
            Assert.Equal(Bits(features.Column(column)), Bits(balanced.Features.Column(column)[..features.Rows]));
    }

    [Fact]
    public void Balance_SyntheticNumbers_LieBetweenTwoRowsOfTheirClass()
    {
        var (features, classes) = Rows();

        var balanced = Smote.Balance(features, classes, 5, 1, 1, TestContext.Current.CancellationToken);

        float[] parents = [.. Enumerable.Range(0, features.Rows).Where(row => classes[row] == 1).Select(row => features.Column(0)[row])];
        float[] synthetic = balanced.Features.Column(0)[features.Rows..].ToArray();
        Assert.All(synthetic, value => Assert.InRange(value, parents.Min(), parents.Max()));
        Assert.Contains(synthetic, value => !parents.Contains(value));
    }

    [Fact]
    public void Balance_WholeNumbersAndCategories_StayWhatTheyAre()
    {
        var (features, classes) = Rows();

        var balanced = Smote.Balance(features, classes, 5, 1, 1, TestContext.Current.CancellationToken);

        Assert.All(balanced.Features.Column(1)[features.Rows..].ToArray(), value => Assert.Equal(MathF.Floor(value), value));
        Assert.All(balanced.Features.Column(2)[features.Rows..].ToArray(), value => Assert.Contains(value, new[] { 0f, 1f, 2f }));
    }

    [Fact]
    public void Balance_Category_IsThatOfMostNeighbours()
    {
        // Three near rows are traders, the base is a clerk: the majority decides, not the base.
        var features = new FeatureMatrix([Amount, Job], 9, [1, 1.1f, 1.2f, 1.3f, 50, 51, 52, 53, 54, 0, 1, 1, 1, 0, 0, 0, 0, 0]);
        byte[] classes = [1, 1, 1, 1, 0, 0, 0, 0, 0];

        var balanced = Smote.Balance(features, classes, 3, 1, 1, TestContext.Current.CancellationToken);

        Assert.Equal(10, balanced.Features.Rows);
        Assert.Equal(1f, balanced.Features.Column(1)[9]);
    }

    [Fact]
    public void Balance_MissingAndCodes_AreCopiedWithTheirPayload()
    {
        var (features, classes) = Rows();

        var balanced = Smote.Balance(features, classes, 5, 1, 1, TestContext.Current.CancellationToken);

        int[] codes = [.. balanced.Features.Column(3)[features.Rows..].ToArray().Where(float.IsNaN).Select(CodedNaN.CodeOf).Distinct().Order()];
        Assert.Equal([0, 2], codes);
    }

    [Fact]
    public void Balance_EveryParentCoded_GivesTheCodeNeverANumber()
    {
        var months = Enumerable.Repeat(CodedNaN.Of(1), 4).Concat(Enumerable.Repeat(12f, 8)).ToArray();
        var features = new FeatureMatrix([Coded], 12, months);

        var balanced = Smote.Balance(features, [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], 5, 1, 1, TestContext.Current.CancellationToken);

        Assert.All(balanced.Features.Column(0)[12..].ToArray(), cell => Assert.Equal(1, float.IsNaN(cell) ? CodedNaN.CodeOf(cell) : -1));
    }

    [Fact]
    public void Balance_OtherNumberOfThreads_GivesTheSameBits()
    {
        var (features, classes) = Rows();

        var one = Smote.Balance(features, classes, 5, 7, 1, TestContext.Current.CancellationToken);
        var two = Smote.Balance(features, classes, 5, 7, 2, TestContext.Current.CancellationToken);
        var other = Smote.Balance(features, classes, 5, 8, 1, TestContext.Current.CancellationToken);

        Assert.Equal(Bits(one.Features.Values), Bits(two.Features.Values));
        Assert.NotEqual(Bits(one.Features.Values), Bits(other.Features.Values));
    }

    [Fact]
    public void Balance_ClassOfOneRow_IsCopied()
    {
        var features = new FeatureMatrix([Amount], 4, [7, 1, 2, 3]);

        var balanced = Smote.Balance(features, [1, 0, 0, 0], 5, 1, 1, TestContext.Current.CancellationToken);

        Assert.Equal([7f, 7f], balanced.Features.Column(0)[4..].ToArray());
    }

    private static uint[] Bits(ReadOnlySpan<float> cells) => Array.ConvertAll(cells.ToArray(), BitConverter.SingleToUInt32Bits);

    // 100 good rows and 20 bad ones; among the bad ones months is missing in some and code 2 in others.
    private static (FeatureMatrix Features, byte[] Classes) Rows()
    {
        const int rows = 120;
        var values = new float[4 * rows];
        var classes = new byte[rows];
        for (var row = 0; row < rows; row++)
        {
            classes[row] = (byte)(row % 6 == 0 ? 1 : 0);
            values[row] = row * 0.37f % 11f;
            values[rows + row] = row * 7 % 5;
            values[2 * rows + row] = row / 6 % 3;
            values[3 * rows + row] = row % 24 == 0 ? CodedNaN.Missing : row % 24 == 6 ? CodedNaN.Of(2) : row % 10;
        }

        return (new FeatureMatrix([Amount, Count, Job, Coded], rows, values), classes);
    }
}
