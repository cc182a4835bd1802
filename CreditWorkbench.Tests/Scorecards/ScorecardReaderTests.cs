using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Scorecards;

public sealed class ScorecardReaderTests
{
    [Fact]
    public void Read_Tiny_GivesTheDefinition()
    {
        var tiny = ScorecardFiles.Read(ScorecardFiles.Tiny);

        Assert.Equal("tiny", tiny.Id);
        Assert.Equal(["en", "id"], tiny.Languages);
        Assert.Equal("Mungil", tiny.Title.In("id-ID"));
        Assert.Equal(["declared", "bureau"], tiny.Sources.Select(source => source.Name));
        Assert.Equal(3, tiny.Sources[1].Months);
        Assert.True(tiny.Sources[1].NeedsConsent);
        var clean = tiny.Input("months_clean")!;
        Assert.Equal((InputType.Integer, 0.0, 120.0, 1.0), (clean.Type, clean.Minimum, clean.Maximum, clean.Grows));
        Assert.Equal(new SpecialCode("-1", "no_file", clean.Specials[0].Label), Assert.Single(clean.Specials));
        Assert.Equal(16, clean.Line);
        Assert.Equal(["dsr", "months_clean"], tiny.ModelFeatures.Select(feature => feature.Name));
        var (ratio, passed) = (tiny.Features[0], tiny.Features[1]);
        Assert.Equal("instalments / income", ExpressionText.Of(ratio.Expression!));
        Assert.Equal((RiskDirection.Rises, 100.0, "R1"), (ratio.Direction, ratio.Scale, ratio.Reason));
        Assert.Equal((RiskDirection.Falls, "months", true), (passed.Direction, passed.Unit, passed.FlagsSpecials));
        Assert.Equal(clean.Label, passed.Label);
        Assert.Null(tiny.Reason("P1")!.Favourable);
        Assert.Equal((100_000.0, 200_000.0), (tiny.Actions[0].Step, tiny.Actions[0].PerMonth));
        Assert.Equal((580, 520), (tiny.Policy.ApproveFrom, tiny.Policy.DeclineBelow));
        Assert.Equal(["scorecard", "boosting"], tiny.Training.Candidates);
        Assert.Equal(ScorecardFiles.Tiny, tiny.SourceText);
    }

    [Fact]
    public void Read_Tiny_BlankNeverHelpsWhatTheApplicantStates()
    {
        var tiny = ScorecardFiles.Read(ScorecardFiles.Tiny);

        Assert.True(tiny.Input("income")!.BlankNeverHelps);
        Assert.False(tiny.Input("months_clean")!.BlankNeverHelps);
    }

    [Fact]
    public void Read_Trust_GivesThirteenMetricsAndTwentyFeatures()
    {
        var trust = ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml"));

        Assert.Equal(20, trust.ModelFeatures.Count);
        Assert.Equal(13, trust.ModelFeatures.Count(feature => feature.From is not null));
        Assert.True(trust.Target.IsOrdinal);
        Assert.Equal(800.0, trust.Scale.Anchors["low"]);
        Assert.Equal("balanced", trust.Training.Parameters["forest"]["classWeight"]);
        Assert.All(trust.ModelFeatures, feature => Assert.False(feature.FlagsSpecials));
        Assert.Equal(15, trust.Synthetic!.Terms.Count);
        Assert.Equal(0.449, trust.Synthetic.Verified["bad_rate.0"]);
        Assert.Equal(15, trust.Statement!.Classes.Count);
        Assert.Equal(10, trust.Statement.ExampleBookings.Count);
        Assert.Equal(["moderate_or_high", "high"], trust.Policy.Baseline.Select(boundary => boundary.Key));
    }

    [Fact]
    public void Inspect_Trust_WarnsOfRequiredInputsBehindConsentOnly()
    {
        var reading = ScorecardReader.Inspect(ScorecardFiles.Seed("trust.yaml"), "trust.yaml");

        Assert.Equal(["inputs[monthly_transaction_count]", "inputs[income_regularity_score]", "inputs[income_stability_months]"], reading.Warnings.Select(warning => warning.Field!));
        Assert.All(reading.Warnings, warning => Assert.Equal("scorecard.input.consent", warning.Code));
    }

    [Fact]
    public void Read_Trust_HasThePinnedScoringHash()
    {
        var trust = ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml"));

        Assert.Equal("a096945d98e5", trust.ScoringHash.Short);
        Assert.Equal(new DateOnly(2025, 4, 1), trust.Statement!.ExampleAsOf);
    }

    [Fact]
    public void Read_SpecialCodes_KeepTheirOrder()
    {
        var definition = ScorecardFiles.Read(ScorecardFiles.Tiny.Replace("specials: {-1:", "specials: {999: {tag: unknown, label: Unknown}, -1:", StringComparison.Ordinal));

        Assert.Equal(["999", "-1"], definition.Input("months_clean")!.Specials.Select(special => special.Value));
    }

    [Fact]
    public void Read_EachPlaceholder_WritesOneFeaturePerValue()
    {
        var definition = ScorecardFiles.Read(ScorecardFiles.Tiny.Replace("features:\n",
            "features:\n  - {each: {w: [3, 12]}, name: \"burden_{w}\", use: policy, label: [\"{w} months\", \"{w} bulan\"], expr: \"{w} * instalments\"}\n", StringComparison.Ordinal));

        Assert.Equal(["burden_3", "burden_12", "dsr", "months_clean"], definition.Features.Select(feature => feature.Name));
        Assert.Equal("12 * instalments", ExpressionText.Of(definition.Features[1].Expression!));
        Assert.Equal("12 bulan", definition.Features[1].Label.In("id"));
    }

    [Fact]
    public void Read_CategoryKeys_AreTextWhateverYamlMakesOfThem()
    {
        var definition = ScorecardFiles.Read(ScorecardFiles.Tiny.Replace("features:\n",
            "  - {name: match, type: category, values: {Yes: Yes, No: No, 1e3: Thousand, null: None}, source: declared, label: Match, help: Match}\nfeatures:\n", StringComparison.Ordinal));

        Assert.Equal(["Yes", "No", "1e3", "null"], definition.Input("match")!.Values.Select(value => value.Code));
    }

    [Theory]
    [InlineData("trust.yaml", 20)]
    [InlineData("consumer.yaml", 25)]
    [InlineData("loan-risk.yaml", 56)]
    [InlineData("loan-default.yaml", 40)]
    [InlineData("sme-esg.yaml", 31)]
    public void Read_EveryDraft_HasNoFault(string file, int modelFeatures)
    {
        var draft = ScorecardFiles.Read(ScorecardFiles.Draft(file));

        Assert.Equal(modelFeatures, draft.ModelFeatures.Count);
    }
}
