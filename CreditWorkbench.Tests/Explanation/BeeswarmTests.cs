using CreditWorkbench.Core.Explanation;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class BeeswarmTests
{
    private static float[] Normal(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => (float)Enumerable.Range(0, 12).Sum(_ => random.NextDouble() - 0.5))];
    }

    [Fact]
    public void Swarm_OfManyRows_CountsAllAndDrawsFew()
    {
        var table = GlobalSamples.Table(Normal(50_000, 1), Normal(50_000, 2));

        var swarm = Beeswarm.Of(table, [1, 0]);

        Assert.Equal([1, 0], swarm.Features.Select(each => each.Feature));
        Assert.All(swarm.Features, each => Assert.Equal(50_000, each.Counts.Sum()));
        Assert.All(swarm.Features, each => Assert.InRange(each.Marks.Count, 50, swarm.Bins * Beeswarm.MaxLanes));
        Assert.Equal(0, swarm.Features[0].Median, 0.2);
    }

    [Fact]
    public void Swarm_ExtremeRows_AreAlwaysDrawn()
    {
        var column = Normal(20_000, 3);
        (column[4_321], column[17_001]) = (-40f, 55f);

        var swarm = Beeswarm.Of(GlobalSamples.Table(column), [0]).Features[0];

        Assert.Contains(swarm.Marks, mark => mark.Row == 4_321);
        Assert.Contains(swarm.Marks, mark => mark.Row == 17_001);
        Assert.Equal((-40.0, 55.0), (swarm.Lowest, swarm.Highest));
    }

    [Fact]
    public void Swarm_EveryFilledBin_HasAMark()
    {
        var table = GlobalSamples.Table(Normal(5_000, 4));

        var swarm = Beeswarm.Of(table, [0]);

        var width = (swarm.High - swarm.Low) / swarm.Bins;
        var drawn = swarm.Features[0].Marks.Select(mark => Math.Clamp((int)((mark.Contribution - swarm.Low) / width), 0, swarm.Bins - 1)).ToHashSet();
        Assert.Equal(swarm.Features[0].Counts.Count(count => count > 0), drawn.Count);
    }

    [Fact]
    public void Swarm_SameRows_DrawsTheSameMarks()
    {
        var table = GlobalSamples.Table(Normal(3_000, 5));

        Assert.Equal(Beeswarm.Of(table, [0]).Features[0].Marks, Beeswarm.Of(table, [0]).Features[0].Marks);
    }

    [Fact]
    public void Swarm_OfNothingButZeros_IsOneColumnOfMarks()
    {
        var swarm = Beeswarm.Of(GlobalSamples.Table(new float[100]), [0]);

        Assert.Single(swarm.Features[0].Counts, count => count > 0);
        Assert.InRange(swarm.Features[0].Marks.Count, 1, Beeswarm.MaxLanes + 2);
    }
}
