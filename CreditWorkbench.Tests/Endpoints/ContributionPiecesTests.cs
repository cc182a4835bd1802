using System.Text.Json;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Scorecards;
using CreditWorkbench.Web.Endpoints;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>Contributions out of prepared bytes: every kind of value, in every language.</summary>
public sealed class ContributionPiecesTests
{
    private static readonly ScorecardDefinition Definition = ScorecardFiles.Read(ScorecardFiles.Seed("consumer.yaml"));

    public static TheoryData<double> Numbers => [0.3, 0, -0.25, -1, 41, 1e9, 0.32400000268596];

    [Theory, MemberData(nameof(Numbers))]
    public void Write_ANumber_IsTheNumber(double value)
    {
        var feature = Definition.Features.First(each => CategoryOf(each) is null);

        var written = Written("en", Of(feature, value));

        Assert.Equal(value, written.GetProperty("value").GetDouble());
        Assert.Equal((feature.Name, feature.Label.In("en")), (written.GetProperty("feature").GetString(), written.GetProperty("label").GetString()));
        Assert.Equal(["feature", "label", "value", "display", "points", "logOdds", "effect", "impact", "peer"], written.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void Write_ACategory_IsItsCode()
    {
        var feature = Definition.Features.First(each => CategoryOf(each) is not null);
        var codes = CategoryOf(feature)!.Values;

        for (var i = 0; i < codes.Count; i++) Assert.Equal(codes[i].Code, Written("id", Of(feature, i)).GetProperty("value").GetString());
        Assert.Equal(feature.Label.In("id"), Written("id", Of(feature, 0)).GetProperty("label").GetString());
    }

    [Fact]
    public void Write_MissingAndSpecialValues_AreNull()
    {
        foreach (var feature in Definition.Features)
        {
            Assert.Equal(JsonValueKind.Null, Written("en", Of(feature, CodedNaN.Missing)).GetProperty("value").ValueKind);
            Assert.Equal(JsonValueKind.Null, Written("en", Of(feature, CodedNaN.Of(1))).GetProperty("value").ValueKind);
        }
    }

    [Theory]
    [InlineData(Effect.Positive, Impact.High, "positive", "high")]
    [InlineData(Effect.Neutral, Impact.Neutral, "neutral", "neutral")]
    [InlineData(Effect.Negative, Impact.Low, "negative", "low")]
    [InlineData(Effect.Negative, Impact.Medium, "negative", "medium")]
    public void Write_EffectAndImpact_AreTheirWords(Effect effect, Impact impact, string effectWord, string impactWord)
    {
        var written = Written("en", Of(Definition.Features[0], 1) with { Effect = effect, Impact = impact, Peer = null });

        Assert.Equal((effectWord, impactWord, JsonValueKind.Null), (written.GetProperty("effect").GetString(), written.GetProperty("impact").GetString(), written.GetProperty("peer").ValueKind));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Write_SoMany_IsAListOfSoMany(int count)
    {
        var bytes = new JsonBytes();

        ContributionPieces.Of(Definition, "en").Write(bytes, [.. Definition.Features.Take(count).Select(feature => Of(feature, 1))]);

        Assert.Equal(count, JsonDocument.Parse(bytes.Written.ToArray()).RootElement.GetArrayLength());
    }

    private static Contribution Of(FeatureDefinition feature, double value) =>
        new(feature.Name, feature.Label, "", value, LocalizedText.Same("−1 \"x\"", ["en", "id"]), -12.5, 0.25, Effect.Negative, Impact.Low, LocalizedText.Same("usual", ["en", "id"]));

    private static JsonElement Written(string language, Contribution contribution)
    {
        var bytes = new JsonBytes();
        ContributionPieces.Of(Definition, language).Write(bytes, [contribution]);
        var written = JsonDocument.Parse(bytes.Written.ToArray()).RootElement[0];
        Assert.Equal(("−1 \"x\"", -12.5, 0.25), (written.GetProperty("display").GetString(), written.GetProperty("points").GetDouble(), written.GetProperty("logOdds").GetDouble()));
        return written.Clone();
    }

    private static InputDefinition? CategoryOf(FeatureDefinition feature) => feature.From is { } from && Definition.Input(from) is { Type: InputType.Category } input ? input : null;
}
