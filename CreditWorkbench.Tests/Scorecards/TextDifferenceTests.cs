using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Scorecards;

public sealed class TextDifferenceTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("a\nb\nc", "a\nb\nc", "=a =b =c")]
    [InlineData("", "a\nb", "+a +b")]
    [InlineData("a\nb", "", "-a -b")]
    [InlineData("a\nb\nc", "a\nx\nc", "=a -b +x =c")]
    [InlineData("a\nb\nc", "b\nc\nd", "-a =b =c +d")]
    [InlineData("a\r\nb\r\n", "a\nb", "=a =b")]
    public void Of_TwoTexts_KeepsWhatIsInBoth(string before, string after, string expected)
    {
        var compared = TextDifference.Of(before, after);

        Assert.Equal(expected, string.Join(' ', compared.Select(line => $"{(line.Change == LineChange.Same ? '=' : line.Change == LineChange.Added ? '+' : '-')}{line.Text}")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Of_RandomTexts_RebuildsBothWithAsFewChangesAsALongestCommonSubsequence(int seed)
    {
        for (var round = 0; round < 60; round++)
        {
            var (before, after) = (Lines(seed, 2 * round), Lines(seed, 2 * round + 1));

            var compared = TextDifference.Of(string.Join('\n', before), string.Join('\n', after));

            Assert.Equal(before, compared.Where(line => line.Change != LineChange.Added).Select(line => line.Text));
            Assert.Equal(after, compared.Where(line => line.Change != LineChange.Removed).Select(line => line.Text));
            Assert.Equal(Longest(before, after), compared.Count(line => line.Change == LineChange.Same));
            Assert.Equal(Enumerable.Range(1, before.Length), compared.Select(line => line.OldLine).OfType<int>());
            Assert.Equal(Enumerable.Range(1, after.Length), compared.Select(line => line.NewLine).OfType<int>());
        }
    }

    [Fact]
    public void Groups_ChangesFarApart_StandInGroupsOfTheirOwn()
    {
        var before = string.Join('\n', Enumerable.Range(1, 40));
        var after = before.Replace("\n5\n", "\nfive\n", StringComparison.Ordinal).Replace("\n30\n", "\nthirty\n", StringComparison.Ordinal);

        var groups = TextDifference.Groups(TextDifference.Of(before, after), 2);

        Assert.Equal(["3 4 5 five 6 7", "28 29 30 thirty 31 32"], groups.Select(group => string.Join(' ', group.Select(line => line.Text))));
    }

    [Fact]
    public void Groups_SameTexts_AreNone() => Assert.Empty(TextDifference.Groups(TextDifference.Of("a\nb", "a\nb"), 2));

    private static string[] Lines(int seed, int stream)
    {
        var state = (uint)(seed * 7919 + stream * 104729 + 1);
        uint Next() => state = state * 1664525 + 1013904223;
        return [.. Enumerable.Range(0, 1 + (int)(Next() >> 16) % 25).Select(_ => $"{(char)('a' + (Next() >> 20) % 5)}")];
    }

    private static int Longest(string[] one, string[] other)
    {
        var best = new int[one.Length + 1, other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++) best[i, j] = one[i - 1] == other[j - 1] ? best[i - 1, j - 1] + 1 : Math.Max(best[i - 1, j], best[i, j - 1]);
        }

        return best[one.Length, other.Length];
    }
}
