using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Chooses the PD threshold on the calibration part: by stated costs, else by the largest gap between bad and good.</summary>
internal static class ThresholdStep
{
    /// <summary>Chooses.</summary>
    /// <param name="program">Feature program, for cost expressions.</param>
    /// <param name="records">Accepted inputs of the calibration rows; empty where none are kept.</param>
    /// <param name="pd">PD per row.</param>
    /// <param name="bad">Outcome per row.</param>
    public static ThresholdChoice Choose(FeatureProgram program, IReadOnlyList<InputRecord> records, double[] pd, bool[] bad)
    {
        if (program.Definition.Costs is not { } costs) return ThresholdSearch.ByKolmogorovSmirnov(pd, bad);
        if (costs is { FalseNegative: { } miss, FalsePositive: { } alarm }) return ThresholdSearch.ByCost(pd, bad, [miss], [alarm]);
        if (costs.Lgd is not { } lgd || Loans(program, records) is not var (losses, margins)) return ThresholdSearch.ByKolmogorovSmirnov(pd, bad);
        var searched = ThresholdSearch.ByCost(pd, bad, Array.ConvertAll(losses, loss => lgd * loss), margins);
        // The dictionary states the rule itself: decline when PD > margin / (margin + lgd x ead).
        return searched.ClosedForm is { } closed ? searched with { Pd = closed } : searched;
    }

    /// <summary>Exposure and margin of each loan by the dictionary's expressions; null where it states none, no records are kept, or a value is
    /// missing or negative.</summary>
    public static (double[] Exposure, double[] Margin)? Loans(FeatureProgram program, IReadOnlyList<InputRecord> records)
    {
        if (program.Definition.Costs is not { Ead: { } ead, Margin: { } margin } || records.Count == 0) return null;
        var (losses, margins) = (Evaluate(program, ead, records), Evaluate(program, margin, records));
        return losses.Concat(margins).All(value => value >= 0) ? (losses, margins) : null;
    }

    /// <summary>Cut-offs in points for a dictionary that was inferred: approve from the points of the threshold on, decline one
    /// doubling of the odds below it.</summary>
    public static PolicyDefinition CutOffs(ScorecardDefinition definition, Score[] scores, double threshold)
    {
        var approved = scores.Where(score => score.Pd <= threshold).ToList();
        var from = approved.Count > 0 ? approved.Min(score => score.Issued) : definition.Scale.Max;
        return definition.Policy with { ApproveFrom = from, DeclineBelow = Math.Max(definition.Scale.Min, from - (int)Math.Round(definition.Scale.Pdo)) };
    }

    private static double[] Evaluate(FeatureProgram program, Expression expression, IReadOnlyList<InputRecord> records)
    {
        var compiled = PolicyExpression.Compile(program, expression);
        return [.. records.Select(record => compiled.Evaluate(program.Evaluate(record)))];
    }
}
