using System.Collections.Immutable;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Predictors;

/// <summary>The body of an encoded points scorecard; its layout stands at <see cref="PredictorEncoding"/>.</summary>
internal static class PointsScorecardEncoding
{
    private const int LeastCharacteristicBytes = 38;
    private const int BinBytes = 36;

    /// <summary>Writes the body.</summary>
    public static void Write(PointsScorecard scorecard, BinaryWriter writer)
    {
        writer.Write(scorecard.Scale.PointsToDouble);
        writer.Write(scorecard.Scale.BaseScore);
        writer.Write(scorecard.Scale.BaseOdds);
        writer.Write(scorecard.BasePoints);
        writer.Write(scorecard.ExactIntercept);
        writer.WriteArray(scorecard.Means);
        writer.Write(scorecard.Characteristics.Length);
        foreach (var characteristic in scorecard.Characteristics) Write(characteristic, writer);
    }

    /// <summary>Reads the body and checks that every value has a bin and every bin its points.</summary>
    public static Outcome<Predictor> Read(ReadOnlySpan<byte> body)
    {
        var reader = new SpanReader(body);
        var scale = new PointsScale(reader.Double(), reader.Double(), reader.Double());
        var basePoints = reader.Int32();
        var exactIntercept = reader.Double();
        var means = reader.ImmutableArray<double>();
        var characteristics = new ScorecardCharacteristic[reader.Count(LeastCharacteristicBytes)];
        for (var i = 0; i < characteristics.Length && !reader.RanOut; i++) characteristics[i] = ReadCharacteristic(ref reader);
        if (!reader.IsAtEnd) return PredictorEncoding.Refusal("invalid", "The scorecard's parts do not fill its bytes.");
        var all = ImmutableArray.Create(characteristics);
        var fault = PointsScorecard.Fault(scale, basePoints, exactIntercept, all, means.Length) ?? AdditivePredictor.SumFault(scale.LogOddsOf(basePoints), means);
        return fault is null ? new PointsScorecard(scale, basePoints, exactIntercept, all, means) : PredictorEncoding.Refusal("invalid", fault);
    }

    private static void Write(ScorecardCharacteristic characteristic, BinaryWriter writer)
    {
        writer.WriteArray(characteristic.Edges);
        writer.WriteArray(characteristic.CategoryBins);
        writer.Write(characteristic.RegularBins);
        writer.Write(characteristic.SpecialCodes);
        writer.Write((byte)characteristic.Trend);
        writer.Write(characteristic.IsEdited);
        writer.Write(characteristic.Coefficient);
        writer.Write(characteristic.InformationValue);
        writer.Write(characteristic.Bins.Length);
        foreach (var bin in characteristic.Bins)
        {
            writer.Write(bin.Goods);
            writer.Write(bin.Bads);
            writer.Write(bin.Woe);
            writer.Write(bin.ExactTerm);
            writer.Write(bin.Points);
        }
    }

    private static ScorecardCharacteristic ReadCharacteristic(ref SpanReader reader)
    {
        var edges = reader.ImmutableArray<float>();
        var categoryBins = reader.ImmutableArray<int>();
        var (regular, codes, trend, edited) = (reader.Int32(), reader.Int32(), (RiskTrend)reader.Byte(), reader.Byte());
        var (coefficient, value) = (reader.Double(), reader.Double());
        var bins = new ScorecardBin[reader.Count(BinBytes)];
        for (var i = 0; i < bins.Length; i++) bins[i] = new ScorecardBin(reader.Double(), reader.Double(), reader.Double(), reader.Double(), reader.Int32());

        // One way to write true, or equal scorecards would have other bytes.
        if (edited > 1) reader.Refuse();
        return new ScorecardCharacteristic
        {
            Edges = edges,
            CategoryBins = categoryBins,
            RegularBins = regular,
            SpecialCodes = codes,
            Trend = trend,
            IsEdited = edited == 1,
            Coefficient = coefficient,
            InformationValue = value,
            Bins = ImmutableArray.Create(bins),
        };
    }
}
