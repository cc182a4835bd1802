using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Scorecards;

public sealed class ScorecardWriterTests
{
    [Fact]
    public void Write_Tiny_ReadsBackEqual() => AssertRoundTrip(ScorecardFiles.Read(ScorecardFiles.Tiny));

    [Fact]
    public void Write_Trust_ReadsBackEqual() => AssertRoundTrip(ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml")));

    [Theory]
    [InlineData("consumer.yaml")]
    [InlineData("loan-risk.yaml")]
    [InlineData("loan-default.yaml")]
    [InlineData("sme-esg.yaml")]
    public void Write_EveryDraft_ReadsBackEqual(string file) => AssertRoundTrip(ScorecardFiles.Read(ScorecardFiles.Draft(file)));

    [Theory]
    [InlineData("Yes")]
    [InlineData("#VALUE!")]
    [InlineData("a: b")]
    [InlineData("- x")]
    [InlineData("1e3 \"quoted\" and 'single' \\ back")]
    [InlineData("two\nlines\tand tab")]
    [InlineData("Größe é 日本 {value}")]
    [InlineData("-0042")]
    [InlineData(" blank at the ends ")]
    public void Write_AwkwardText_ReadsBackEqual(string text)
    {
        var definition = ScorecardFiles.Read(ScorecardFiles.Tiny);
        var awkward = definition with
        {
            Title = LocalizedText.Same(text, definition.Languages),
            Inputs = [.. definition.Inputs, new InputDefinition
            {
                Name = "colour",
                Type = InputType.Category,
                Label = LocalizedText.Same(text, definition.Languages),
                Help = definition.Title,
                Source = "declared",
                Values = [new(text, definition.Title), new("other", definition.Title)],
            }],
        };

        AssertRoundTrip(ScorecardDefinitions.Complete(awkward));
    }

    [Fact]
    public void Complete_DefinitionBuiltInMemory_FillsTextHashesAndInheritance()
    {
        var tiny = ScorecardFiles.Read(ScorecardFiles.Tiny);
        var bare = tiny with
        {
            SourceText = "",
            ScoringHash = default,
            PresentationHash = default,
            Features = [tiny.Features[0], tiny.Features[1] with { Unit = null, Minimum = null, Maximum = null, IsInteger = false, ExpressionText = null }],
        };

        var complete = ScorecardDefinitions.Complete(bare);

        Assert.Equal(DefinitionContent.Of(tiny), DefinitionContent.Of(complete));
        Assert.Equal(tiny.ScoringHash, ScorecardFiles.Read(complete.SourceText).ScoringHash);
    }

    [Fact]
    public void Write_OneSidedRange_ReadsBackEqual()
    {
        var tiny = ScorecardFiles.Read(ScorecardFiles.Tiny);

        AssertRoundTrip(ScorecardDefinitions.Complete(tiny with { Inputs = [tiny.Inputs[0] with { Maximum = null }, .. tiny.Inputs.Skip(1)] }));
    }

    [Fact]
    public void Checked_DefinitionWithAFault_IsRefused()
    {
        var tiny = ScorecardFiles.Read(ScorecardFiles.Tiny);

        var outcome = ScorecardDefinitions.Checked(tiny with { Id = "Not An Id" }, "memory");

        Assert.Equal("scorecard.id", Assert.Single(outcome.Problems).Code);
    }

    private static void AssertRoundTrip(ScorecardDefinition definition)
    {
        var written = ScorecardWriter.Write(definition);
        var again = ScorecardFiles.Read(written);

        Assert.Equal(DefinitionContent.Of(definition), DefinitionContent.Of(again));
        Assert.Equal(written, ScorecardWriter.Write(again));
        Assert.NotEqual(default(ContentHash), again.ScoringHash);
    }
}
