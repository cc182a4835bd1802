using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class ScoreExplainerTests
{
    public static TheoryData<LinkKind, AttributionMethod> Kinds()
    {
        var data = new TheoryData<LinkKind, AttributionMethod>();
        foreach (var kind in Enum.GetValues<LinkKind>())
        {
            foreach (var method in Enum.GetValues<AttributionMethod>()) data.Add(kind, method);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Explain_AnyRow_EndsInTheIssuedInteger(LinkKind kind, AttributionMethod method)
    {
        var random = new Random(17);
        var (low, high) = kind switch { LinkKind.Logit => (0.0, 1.0), LinkKind.Ordinal => (380.0, 820.0), _ => (-4.0, 4.0) };
        var trees = Enumerable.Range(0, 5).Select(_ => RandomTree(random, 4, low, high)).ToArray();
        var model = Model(kind, trees);
        var explainer = new ScoreExplainer(model, Rows(model, random, 40), Rows(model, random, 60));
        var clipped = 0;

        for (var trial = 0; trial < 200; trial++)
        {
            var values = model.Program.Evaluate(RandomRecord(model.Program.Definition, random));
            var score = model.Score(values.Model);
            var explanation = explainer.Explain(values, score, Policy(Recommendation.Refer), method).Value;
            Assert.Equal(score.Issued, explanation.Issued);
            Assert.InRange(explanation.Rounding, -0.5, 0.5);
            Assert.Equal(score.Issued, explanation.BasePoints + explanation.Contributions.Sum(each => each.Points) + explanation.Rounding + explanation.Clip, 7);
            Assert.All(explanation.Contributions, each => Assert.Equal(ScoreExplainer.EffectOf(each.Points), each.Effect));
            Assert.InRange(explanation.Reasons.Count, 0, 4);
            Assert.All(explanation.Reasons, reason => Assert.True(reason.Points <= -1));
            clipped += explanation.Clip != 0 ? 1 : 0;
        }

        Assert.True(clipped > 0 || kind != LinkKind.LogOdds);
    }

    [Fact]
    public void Explain_ScoreOfAnotherRow_IsRefused()
    {
        var model = Model(LinkKind.LogOdds, Ensembles.Stump(0, 0.4f, -1, 1));
        var explainer = Explainer(model);
        var score = model.Score([0.9f, 0, 0, 0]);

        var outcome = explainer.Explain(Values(model, dsr: 0.1), score, Policy(Recommendation.Refer));

        Assert.Equal("explanation.notAdditive", Assert.Single(outcome.Problems).Code);
    }

    [Fact]
    public void Reasons_FamilyOfTwo_IsToldOnceWithJointPoints()
    {
        var model = Model(LinkKind.LogOdds, Ensembles.Stump(0, 0.4f, -0.5, 0.5), Ensembles.Stump(1, 1_000_000, 0.2, -0.2), Ensembles.Stump(2, 12, 0.3, -0.3));
        var explainer = Explainer(model);

        var reasons = Reasons(explainer, model, Values(model, dsr: 0.9, balance: 0, tenure: 3));

        Assert.Equal(["R1", "R3"], reasons.Select(reason => reason.Code));
        Assert.Equal("Instalments take 90 % of income.", reasons[0].Text.In("en"));
        Assert.Equal(-1.4 * 50 / Math.Log(2), reasons[0].Points, 8);
        Assert.NotNull(reasons[0].Advice);
    }

    [Fact]
    public void Reasons_UnderOnePoint_AreNotTold()
    {
        var model = Model(LinkKind.LogOdds, Ensembles.Stump(0, 0.4f, -0.006, 0.006));

        Assert.Empty(Reasons(Explainer(model), model, Values(model, dsr: 0.9)));
    }

    [Fact]
    public void Reasons_AgainstTheDeclaredDirection_AreNotTold()
    {
        var rising = Model(LinkKind.LogOdds, Ensembles.Stump(0, 0.15f, 1, -1));

        Assert.Empty(Reasons(Explainer(rising), rising, Values(rising, dsr: 0.1)));
        Assert.True(Explainer(rising).Bars(Values(rising, dsr: 0.1).Model, rising.Score(Values(rising, dsr: 0.1).Model)).Value.Points[0] < -50);
    }

    [Fact]
    public void Reasons_SensitiveInputBehindAFeature_AreNotTold()
    {
        var definition = SampleScorecard.Binary with { Inputs = [.. SampleScorecard.Binary.Inputs.Select(input => input.Name == "dsr" ? input with { Sensitive = true } : input)] };
        var model = Model(LinkKind.LogOdds, definition, Ensembles.Stump(0, 0.4f, -1, 1));

        Assert.Empty(Reasons(Explainer(model), model, Values(model, dsr: 0.9)));
    }

    [Fact]
    public void Reasons_MissingAndCodedValues_SayWhatIsNotKnown()
    {
        var model = Model(LinkKind.LogOdds, new Sketch.Split(2, 12, null, 0b10, new Sketch.Leaf(1, 5), new Sketch.Leaf(-1, 5)));
        var record = Record(model.Program.Definition).With("tenure", InputValue.OfSpecial(1));

        var reasons = Reasons(Explainer(model), model, model.Program.Evaluate(record));

        Assert.Equal("tenure label: No file.", Assert.Single(reasons).Text.In("en"));
        Assert.Equal("label tenure: Tanpa data.", reasons[0].Text.In("id"));
    }

    [Fact]
    public void Reasons_RuleDecided_AreTheRules()
    {
        var model = Model(LinkKind.LogOdds, Ensembles.Stump(0, 0.4f, -1, 1));
        var values = Values(model, dsr: 0.9);
        var rule = new RuleResult(model.Program.Definition.Policy.Rules[0], true);
        var policy = Policy(Recommendation.Decline) with { DecidedByRule = rule, Rules = [rule] };

        var reason = Assert.Single(Explainer(model).Reasons(values, model.Score(values.Model), policy).Value);

        Assert.Equal(("P1", true, 0.0, "Younger than 18."), (reason.Code, reason.FromRule, reason.Points, reason.Text.In("en")));
    }

    [Fact]
    public void Explain_StrongFactors_AreNarratedInBothLanguages()
    {
        var model = Model(LinkKind.LogOdds, Ensembles.Stump(0, 0.4f, -0.5, 0.5), Ensembles.Stump(2, 12, 0.1, -0.1));
        var values = Values(model, dsr: 0.9, tenure: 40);

        var explanation = Explainer(model).Explain(values, model.Score(values.Model), Policy(Recommendation.Refer)).Value;

        Assert.Equal("Instalments take 90 % of income (−72 points).", explanation.Narrative.In("en"));
        Assert.Equal("Angsuran menyita 90 % penghasilan (−72 poin).", explanation.Narrative.In("id"));
        Assert.Equal("20 %", explanation.Contributions[0].Peer!.In("en"));
        Assert.Equal(Impact.High, explanation.Contributions[0].Impact);
        Assert.Equal(Effect.Neutral, explanation.Contributions[3].Effect);
    }

    [Fact]
    public void Explain_NothingStrong_SaysSo()
    {
        var model = Model(LinkKind.LogOdds, Ensembles.Stump(0, 0.4f, -0.01, 0.01));
        var values = Values(model, dsr: 0.9);

        var explanation = Explainer(model).Explain(values, model.Score(values.Model), Policy(Recommendation.Refer)).Value;

        Assert.Equal("No factor moves the score by five points or more.", explanation.Narrative.In("en"));
    }

    private static IReadOnlyList<Reason> Reasons(ScoreExplainer explainer, ScoringModel model, FeatureValues values) =>
        explainer.Reasons(values, model.Score(values.Model), Policy(Recommendation.Decline)).Value;

    private static PolicyOutcome Policy(Recommendation recommendation) => new(recommendation, null, [], 700, 500, null, []);

    private static ScoringModel Model(LinkKind kind, params Sketch[] trees) =>
        Model(kind, kind == LinkKind.Ordinal ? SampleScorecard.Ordinal : SampleScorecard.Binary, trees);

    private static ScoringModel Model(LinkKind kind, ScorecardDefinition definition, params Sketch[] trees)
    {
        var aggregation = kind == LinkKind.LogOdds ? Aggregation.Sum : Aggregation.Mean;
        var ensemble = Ensembles.Of(4, new Link(kind, 200), aggregation, 0, trees);
        var ordinal = kind == LinkKind.Ordinal;
        return new ScoringModel(
            SampleScorecard.ProgramOf(definition), ensemble, PlattCalibrator.Identity, ordinal ? new IsotonicCalibrator([400, 800], [0.9, 0.1]) : null,
            ordinal ? new RiskCategoryCuts([700, 500]) : null);
    }

    // A background of good cases that are all alike: the gap to it is easy to work out by hand.
    private static ScoreExplainer Explainer(ScoringModel model)
    {
        var good = Values(model).Model.ToArray();
        var rows = Ensembles.Matrix([good, good]);
        return new ScoreExplainer(model, new FeatureMatrix(model.Columns, 2, rows.Values), new FeatureMatrix(model.Columns, 2, rows.Values));
    }

    private static FeatureMatrix Rows(ScoringModel model, Random random, int count) =>
        model.Program.Run([.. Enumerable.Range(0, count).Select(_ => RandomRecord(model.Program.Definition, random))]);

    private static FeatureValues Values(ScoringModel model, double dsr = 0.2, double balance = 5_000_000, double tenure = 60) =>
        model.Program.Evaluate(Record(model.Program.Definition, dsr, balance, tenure));

    private static InputRecord Record(ScorecardDefinition definition, double dsr = 0.2, double balance = 5_000_000, double tenure = 60) =>
        new(definition, [InputValue.OfNumber(dsr), InputValue.OfNumber(balance), InputValue.OfNumber(tenure), InputValue.OfNumber(0), InputValue.OfNumber(30)]);

    private static InputRecord RandomRecord(ScorecardDefinition definition, Random random)
    {
        var record = Record(definition, 1.2 * random.NextDouble(), 10_000_000 * random.NextDouble(), random.Next(100)).With("job", InputValue.OfNumber(random.Next(3)));
        if (random.NextDouble() < 0.2) record = record.With("tenure", InputValue.OfSpecial(1));
        return random.NextDouble() < 0.2 ? record.With("balance", InputValue.Missing) : record;
    }

    private static Sketch RandomTree(Random random, int depth, double low, double high)
    {
        if (depth == 0) return new Sketch.Leaf(low + (high - low) * random.NextDouble(), 1 + random.Next(20));
        var feature = random.Next(4);
        var cut = feature switch { 0 => 1.2 * random.NextDouble(), 1 => 10_000_000 * random.NextDouble(), _ => 100 * random.NextDouble() };
        return new Sketch.Split(feature, feature == 3 ? 0 : (float)cut, feature == 3 ? [(ulong)random.Next(1, 7)] : null, (uint)random.Next(4),
            RandomTree(random, depth - 1, low, high), RandomTree(random, depth - 1, low, high));
    }
}
