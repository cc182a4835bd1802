using CreditWorkbench.Core.Features;
using Xunit;

namespace CreditWorkbench.Tests.Predictors;

public sealed class MarginsTests
{
    [Theory]
    [InlineData(1UL, 1)]
    [InlineData(2UL, 63)]
    [InlineData(1UL, 5000)]
    [InlineData(2UL, 5000)]
    public void Margins_AnyNumberOfRows_EqualsRowByRowBitForBit(ulong seed, int rows)
    {
        var ensemble = RandomEnsembles.Of(seed);
        var vectors = RandomEnsembles.Vectors(seed, rows).ToArray();
        var (single, parallel) = (new double[rows], new double[rows]);

        ensemble.Margins(Matrix(vectors), single);
        ensemble.Margins(Matrix(vectors), parallel, threads: 2, TestContext.Current.CancellationToken);

        var expected = vectors.Select(vector => ensemble.Margin(vector)).ToArray();
        Assert.Equal(expected, single);
        Assert.Equal(expected, parallel);
    }

    [Fact]
    public void Margins_WrongShape_IsRefused()
    {
        var ensemble = RandomEnsembles.Of(1);
        var vectors = RandomEnsembles.Vectors(1, 3).ToArray();

        Assert.Throws<ArgumentException>(() => ensemble.Margins(Matrix(vectors), new double[2]));
        Assert.Throws<ArgumentException>(() => ensemble.Margins(new FeatureMatrix([FeatureColumn.Number("a")], 3, new float[3]), new double[3]));
    }

    private static FeatureMatrix Matrix(float[][] vectors)
    {
        var columns = Enumerable.Range(0, RandomEnsembles.Features).Select(f => FeatureColumn.Number($"x{f}")).ToArray();
        var values = new float[columns.Length * vectors.Length];
        for (var row = 0; row < vectors.Length; row++)
        {
            for (var f = 0; f < columns.Length; f++) values[f * vectors.Length + row] = vectors[row][f];
        }

        return new FeatureMatrix(columns, vectors.Length, values);
    }
}
