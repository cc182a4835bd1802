using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

public sealed class RandomStreamTests
{
    [Fact]
    public void NextBits_SameAddress_SameNumbersAndOtherAddressesDiffer()
    {
        var first = new RandomStream(1, 2, 3).NextBits();

        Assert.Equal(first, new RandomStream(1, 2, 3).NextBits());
        Assert.Equal(4, new[] { first, new RandomStream(2, 2, 3).NextBits(), new RandomStream(1, 3, 3).NextBits(), new RandomStream(1, 2, 4).NextBits() }.Distinct().Count());
    }

    [Fact]
    public void NextInt_ManyDraws_AreEven()
    {
        var random = new RandomStream(7);
        var counts = new int[7];

        for (var i = 0; i < 70_000; i++) counts[random.NextInt(7)]++;

        // 10,000 expected, standard deviation 93.
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void NextDouble_ManyDraws_AverageAHalf()
    {
        var random = new RandomStream(8);

        var draws = Enumerable.Range(0, 10_000).Select(_ => random.NextDouble()).ToArray();

        Assert.All(draws, draw => Assert.InRange(draw, 0.0, 1.0 - 1e-16));
        Assert.InRange(draws.Average(), 0.488, 0.512);
    }

    [Fact]
    public void Shuffle_Items_IsAPermutation()
    {
        var items = Enumerable.Range(0, 50).ToArray();

        new RandomStream(9).Shuffle(items);

        Assert.NotEqual(Enumerable.Range(0, 50), items);
        Assert.Equal(Enumerable.Range(0, 50), items.Order());
    }
}
