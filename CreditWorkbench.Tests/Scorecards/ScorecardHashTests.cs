using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Scorecards;

public sealed class ScorecardHashTests
{
    private static readonly ScorecardDefinition Tiny = ScorecardFiles.Read(ScorecardFiles.Tiny);

    [Theory]
    [InlineData("label: [\"Income\", \"Penghasilan\"]", "label: [\"Earnings\", \"Penghasilan\"]")]
    [InlineData("help: [\"-1 without a file.\"", "help: [\"-1 when no file.\"")]
    [InlineData("\"Pay off a loan.\"", "\"Repay a loan.\"")]
    [InlineData("title: [\"Tiny\"", "title: [\"Small\"")]
    public void Hashes_TextChanged_OnlyPresentationChanges(string old, string changed)
    {
        var edited = Edited(old, changed);

        Assert.Equal(Tiny.ScoringHash, edited.ScoringHash);
        Assert.NotEqual(Tiny.PresentationHash, edited.PresentationHash);
    }

    [Theory]
    [InlineData("scale: 100, direction: rises", "scale: 100, direction: free")]
    [InlineData("expr: \"instalments / income\"", "expr: \"instalments / (income + 1)\"")]
    [InlineData("range: [0, 120]", "range: [0, 121]")]
    [InlineData("{-1: {tag", "{-2: {tag")]
    [InlineData("specials: flag", "specials: missing")]
    public void Hashes_MeaningChanged_ScoringChanges(string old, string changed)
    {
        var edited = Edited(old, changed);

        Assert.NotEqual(Tiny.ScoringHash, edited.ScoringHash);
    }

    [Theory]
    [InlineData("expr: \"instalments / income\"", "expr: \"  instalments/ (income) \"")]
    [InlineData("subject: person\n", "\n# a remark\nsubject:   'person'\n")]
    [InlineData("range: [0, 120]", "range: [0.0, 1.2e2]")]
    [InlineData("{code: A, from: 600, label: [\"Good\", \"Baik\"]}", "{label: [Good, Baik], from: 600, code: A}")]
    public void Hashes_LayoutChanged_NeitherChanges(string old, string changed)
    {
        var edited = Edited(old, changed);

        Assert.Equal(Tiny.ScoringHash, edited.ScoringHash);
        Assert.Equal(Tiny.PresentationHash, edited.PresentationHash);
    }

    [Fact]
    public void Hashes_PolicyChanged_NeitherChanges()
    {
        var edited = Edited("approve_from: 580", "approve_from: 590");

        Assert.Equal(Tiny.ScoringHash, edited.ScoringHash);
        Assert.Equal(Tiny.PresentationHash, edited.PresentationHash);
    }

    [Fact]
    public void ScoringHash_FeatureThatNoModelFeatureReads_DoesNotCount()
    {
        var more = Edited("features:\n", "features:\n  - {name: half, use: policy, label: Half, expr: \"income / 2\"}\n");

        Assert.Equal(Tiny.ScoringHash, more.ScoringHash);
    }

    [Fact]
    public void ScoringHash_OfTiny_IsPinned()
    {
        Assert.Equal("ebe0ced0970e", Tiny.ScoringHash.Short);
        Assert.Equal("59468d9e23ac", Tiny.PresentationHash.Short);
    }

    private static ScorecardDefinition Edited(string old, string changed)
    {
        Assert.Contains(old, ScorecardFiles.Tiny, StringComparison.Ordinal);
        return ScorecardFiles.Read(ScorecardFiles.Tiny.Replace(old, changed, StringComparison.Ordinal));
    }
}
