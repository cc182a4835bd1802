using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Store;
using Xunit;

namespace CreditWorkbench.Tests.Registry;

public sealed class RolloutDrawTests
{
    private static readonly string[] Subjects = [.. Enumerable.Range(0, 20_000).Select(n => $"subject-{n.ToString(CultureInfo.InvariantCulture)}")];

    [Fact]
    public void BucketOf_AnySubject_IsTheHashAsOneNumberModuloTenThousand()
    {
        foreach (var subject in Subjects.Take(200))
        {
            var number = new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes($"trust\0{subject}\0salt")), isUnsigned: true, isBigEndian: true);

            Assert.Equal((int)(number % 10_000), RolloutDraw.BucketOf("trust", subject, "salt"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    public void Takes_ShareOfManySubjects_IsTheShareWithinChance(int share)
    {
        var taken = Subjects.Count(subject => RolloutDraw.Takes(Canary(share), subject));

        // Five standard deviations of a binomial count.
        Assert.InRange(taken, 20_000 * share / 100.0 - 5 * Deviation(share), 20_000 * share / 100.0 + 5 * Deviation(share));
    }

    [Fact]
    public void Takes_ShareRaised_KeepsWhoWasIn()
    {
        foreach (var subject in Subjects.Take(2_000))
        {
            var shares = Enumerable.Range(1, 100).Select(share => RolloutDraw.Takes(Canary(share), subject)).ToList();

            Assert.Equal(shares.Order(), shares); // false, then true for good
            Assert.True(shares[^1]);
        }
    }

    [Fact]
    public void Takes_OtherSalt_DrawsOthers()
    {
        var first = Subjects.Where(subject => RolloutDraw.Takes(Canary(10), subject)).ToHashSet();
        var second = Subjects.Where(subject => RolloutDraw.Takes(Canary(10) with { Salt = "another" }, subject)).ToList();

        Assert.InRange((double)second.Count(first.Contains) / second.Count, 0.05, 0.15);
    }

    [Fact]
    public void Takes_Shadow_DecidesOnNobody() =>
        Assert.DoesNotContain(Subjects.Take(500), subject => RolloutDraw.Takes(Canary(100) with { Mode = RolloutMode.Shadow, Share = 0 }, subject));

    private static Rollout Canary(int share) => RolloutStoreTests.NewRollout() with { Share = share };

    private static double Deviation(int share) => Math.Sqrt(20_000 * share / 100.0 * (1 - share / 100.0));
}
