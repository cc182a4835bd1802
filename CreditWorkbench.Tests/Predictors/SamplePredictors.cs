using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Tests.Predictors;

/// <summary>One small model of each kind on two columns: a number with two special codes and a category of three values.</summary>
internal static class SamplePredictors
{
    public static LinearPredictor Linear { get; } = new(
        -1.5,
        [
            new LinearColumn { Slope = 0.75, Mean = 30.0, Deviation = 8.0, Low = 10f, High = 70f, CodeTerms = [0.5, -0.25, 0.125] },
            new LinearColumn { CodeTerms = [0.0625], CategoryTerms = [0.25, -0.5, 1.0], UnknownTerm = 0.1875 },
        ],
        [0.03125, 0.1875]);

    public static PointsScorecard Scorecard { get; } = new(
        new PointsScale(20.0, 600.0, 50.0), 512, -1.25,
        [
            new ScorecardCharacteristic
            {
                Edges = [12f, 36f],
                RegularBins = 3,
                SpecialCodes = 2,
                Trend = RiskTrend.Descending,
                Coefficient = -0.875,
                InformationValue = 0.375,
                Bins = [new(100, 40, -0.75, 0.65625, -19), new(200, 30, 0.125, -0.109375, 3), new(300, 20, 0.875, -0.765625, 22), new(10, 2, 0.0625, -0.0546875, 2), new(5, 5, -1.0, 0.875, -25), new(0, 0, 0, 0, 0)],
            },
            new ScorecardCharacteristic
            {
                CategoryBins = [0, 1, 0],
                RegularBins = 2,
                IsEdited = true,
                Coefficient = -0.5,
                InformationValue = 0.125,
                Bins = [new(400, 70, -0.25, 0.125, -4), new(215, 27, 0.5, -0.25, 7), new(0, 0, 0, 0, 0), new(0, 0, 0, 0, 0)],
            },
        ],
        [0.0078125, -0.015625]);

    public static NeuralNetwork Network { get; } = new(
        [new NetworkColumn(30.0, 8.0, 10f, 70f, 0, 2), new NetworkColumn(0.0, 1.0, 0f, 0f, 3, 0)],
        [
            new NetworkLayer(8, [0.5, -0.25, 1, 0, -1, 0.5, 0.125, 0.25, -0.5, 0.75, 0.25, 0.25, 2, -1, 0.0625, 0.5], [0.25, -0.125]),
            new NetworkLayer(2, [0.5, -0.5, 0.25, 1, 0.75, -1], [0.125, 0, -0.25]),
            new NetworkLayer(3, [1, -0.5, 0.75], [-2.0]),
        ]);

    public static BlendPredictor Blend { get; } = new([new BlendMember(Linear, 0.25, 1.5, 0.125), new BlendMember(Scorecard, 0.75, 0.875, -0.0625)]);

    public static Predictor Of(string family) => family switch
    {
        "logistic" => Linear,
        "scorecard" => Scorecard,
        "network" => Network,
        "blend" => Blend,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, null),
    };

    /// <summary>Every kind of value against every kind of value: inside, at an edge, beyond, infinite, missing, coded, a code that no
    /// column has, and known and unknown categories.</summary>
    public static IEnumerable<float[]> Vectors()
    {
        float[] numbers = [12f, 12.5f, 36f, 40f, -1000f, 1e30f, float.PositiveInfinity, float.NegativeInfinity, CodedNaN.Missing, CodedNaN.Of(1), CodedNaN.Of(2), CodedNaN.Of(9)];
        float[] categories = [0f, 1f, 2f, 3f, -1f, 1e20f, CodedNaN.Missing, CodedNaN.Of(4)];
        return numbers.SelectMany(number => categories.Select(category => new[] { number, category }));
    }

    public static FeatureMatrix Matrix()
    {
        var vectors = Vectors().ToArray();
        FeatureColumn[] columns = [new("age", 0, [], ["-8", "-9"]), new("home", 0, ["own", "rent", "other"], [])];
        return new FeatureMatrix(columns, vectors.Length, [.. vectors.Select(vector => vector[0]), .. vectors.Select(vector => vector[1])]);
    }
}
