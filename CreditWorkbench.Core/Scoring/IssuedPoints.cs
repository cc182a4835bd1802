using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Scoring;

/// <summary>Which values a line of a points table is for.</summary>
public enum PointsLine
{
    /// <summary>Numbers between two edges, or a group of categories.</summary>
    Regular,
    /// <summary>Missing values.</summary>
    Missing,
    /// <summary>A special code.</summary>
    Special,
    /// <summary>Categories that the training rows did not have.</summary>
    Unseen,
}

/// <summary>One line of a points table.</summary>
/// <param name="Line">Which values it is for.</param>
/// <param name="Above">Values lie above this edge; null without a lower one.</param>
/// <param name="UpTo">Values lie at or below this edge; null without an upper one.</param>
/// <param name="Values">Categories, or the special code; empty for numbers.</param>
/// <param name="Goods">Weight of good training rows.</param>
/// <param name="Bads">Weight of bad training rows.</param>
/// <param name="Woe">Weight of evidence, higher is better.</param>
/// <param name="CardPoints">Whole points of the card as it was trained, before calibration.</param>
/// <param name="Points">Points that the issued score holds, rounded to <see cref="IssuedPoints.Decimals"/> decimals.</param>
public sealed record IssuedPointsLine(PointsLine Line, float? Above, float? UpTo, IReadOnlyList<string> Values, double Goods, double Bads, double Woe, int CardPoints, double Points);

/// <summary>Points of one characteristic.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="InformationValue">Information value over all bins.</param>
/// <param name="Coefficient">Coefficient of the weight of evidence; 0 where the column was left out.</param>
/// <param name="Lines">Lines, in the order of <see cref="ScorecardCharacteristic.Bins"/>.</param>
public sealed record IssuedCharacteristic(string Feature, double InformationValue, double Coefficient, IReadOnlyList<IssuedPointsLine> Lines);

/// <summary>A points scorecard as it is issued: the calibration's slope and intercept are folded into the points, so that base points and one line of
/// each characteristic add up to the unrounded score that applicants are given.</summary>
/// <remarks>score = offset - factor (a margin + b), and the margin is a sum of terms; so each line holds -factor a term, and the base the rest. The card
/// is trained in whole points; a slope other than 1 makes decimals of them, which are printed rather than rounded away.</remarks>
public sealed record IssuedPoints
{
    /// <summary>Decimals that points are printed with; none where no calibration changes whole points.</summary>
    public required int Decimals { get; init; }

    /// <summary>Points before any characteristic.</summary>
    public required double BasePoints { get; init; }

    /// <summary>Base points of the card as it was trained.</summary>
    public required int CardBasePoints { get; init; }

    /// <summary>Slope of the calibration: points of the issued score per point of the card on the same scale.</summary>
    public required double Slope { get; init; }

    /// <summary>Intercept of the calibration, in log-odds.</summary>
    public required double Intercept { get; init; }

    /// <summary>How far a sum of printed points may lie from the unrounded score: half of the last decimal, for the base and each characteristic.</summary>
    public required double Rounding { get; init; }

    /// <summary>Whether the PD comes from a second calibration of the score, so that points say the score and not the PD.</summary>
    public required bool PdIsApart { get; init; }

    /// <summary>One per column of the model.</summary>
    public required IReadOnlyList<IssuedCharacteristic> Characteristics { get; init; }

    /// <summary>The points of a model; null where its predictor is no points scorecard.</summary>
    public static IssuedPoints? Of(ScoringModel model)
    {
        if (model.Predictor is not PointsScorecard card || model.Scale.IsOrdinal) return null;
        // The scale is linear in log-odds: two points of it tell its slope.
        double ScoreOf(double margin) => model.Scale.Points(model.PositionOf(margin));
        var perLogOdds = ScoreOf(1.0) - ScoreOf(0.0);
        var decimals = Math.Abs(perLogOdds + card.Scale.Factor) < 1e-9 * card.Scale.Factor ? 0 : 2;
        return new IssuedPoints
        {
            Decimals = decimals,
            BasePoints = decimals == 0 ? ScoreOf(card.Scale.LogOddsOf(card.BasePoints)) : Math.Round(ScoreOf(card.Scale.LogOddsOf(card.BasePoints)), decimals),
            CardBasePoints = card.BasePoints,
            Slope = model.Calibrator.Slope,
            Intercept = model.Calibrator.Intercept,
            Rounding = decimals == 0 ? 1e-6 : 0.5 * Math.Pow(10, -decimals) * (1 + card.Characteristics.Count(one => one.Coefficient != 0.0)) + 1e-6,
            PdIsApart = model.PdCalibrator is not null,
            Characteristics = [.. card.Characteristics.Select((one, column) => new IssuedCharacteristic(
                model.Columns[column].Name, one.InformationValue, one.Coefficient,
                [.. one.Bins.Select((bin, at) => Line(model.Columns[column], one, at, Math.Round(perLogOdds * card.Scale.TermOf(bin.Points), decimals)))]))],
        };
    }

    /// <summary>The score as one adds it up on paper.</summary>
    /// <param name="card">The card whose points these are.</param>
    /// <param name="vector">Shape [columns].</param>
    public double Sum(PointsScorecard card, ReadOnlySpan<float> vector)
    {
        var sum = BasePoints;
        for (var column = 0; column < Characteristics.Count; column++) sum += Characteristics[column].Lines[card.Characteristics[column].BinOf(vector[column])].Points;
        return sum;
    }

    private static IssuedPointsLine Line(FeatureColumn column, ScorecardCharacteristic characteristic, int at, double points)
    {
        var (bin, regular) = (characteristic.Bins[at], characteristic.RegularBins);
        var line = at < regular ? PointsLine.Regular : at == regular ? PointsLine.Missing : at <= regular + characteristic.SpecialCodes ? PointsLine.Special : PointsLine.Unseen;
        IReadOnlyList<string> values = line switch
        {
            PointsLine.Special => [column.SpecialCodes[at - regular - 1]],
            PointsLine.Regular or PointsLine.Unseen when characteristic.IsCategory => [.. column.Categories.Where((_, category) => characteristic.CategoryBins[category] == at)],
            _ => [],
        };
        var isNumber = line == PointsLine.Regular && !characteristic.IsCategory;
        return new IssuedPointsLine(
            line, isNumber && at > 0 ? characteristic.Edges[at - 1] : null, isNumber && at < regular - 1 ? characteristic.Edges[at] : null, values, bin.Goods, bin.Bads, bin.Woe, bin.Points, points);
    }
}
