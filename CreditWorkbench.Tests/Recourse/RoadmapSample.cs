using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;
using CreditWorkbench.Tests.Scoring;

namespace CreditWorkbench.Tests.Recourse;

/// <summary>The sample dictionary with three actions, one feature of two moving inputs, and models on it.</summary>
internal static class RoadmapSample
{
    public const int MaxMonths = 12;

    public static ScorecardDefinition Definition { get; } = SampleScorecard.Binary with
    {
        Features =
        [
            .. SampleScorecard.Binary.Features,
            new()
            {
                Name = "cushion", Expression = Parsed("balance / 1000000 * (1 - min(1, dsr))"), ExpressionText = "", Label = SampleScorecard.Text("Cushion", "Bantalan"),
                Direction = RiskDirection.Falls, Group = "burden", Reason = "R2",
            },
        ],
        Actions =
        [
            Action("repay", "dsr", ActionMove.Down, "0.1", step: 0.2, months: 1, perMonth: 0.1, Effort.Low),
            Action("save", "balance", ActionMove.Up, "balance + 6000000", step: 2_000_000, months: 2, perMonth: 1_000_000, Effort.Medium),
            Action("new_job", "job", ActionMove.Set, "'gov'", step: 0, months: 6, perMonth: null, Effort.High) with { OnlyIf = Parsed("job != 'gov'") },
        ],
    };

    public static Expression Parsed(string text) => ExpressionParser.Parse(text).Value;

    public static ActionDefinition Action(string name, string input, ActionMove move, string to, double step, int months, double? perMonth, Effort effort) => new()
    {
        Name = name,
        Input = input,
        Move = move,
        To = Parsed(to),
        Step = step,
        Months = months,
        PerMonth = perMonth,
        Effort = effort,
        Label = SampleScorecard.Text(name, name),
        How = SampleScorecard.Text("", ""),
    };

    public static ScoringModel Model(ScorecardDefinition definition, params Sketch[] trees)
    {
        var program = SampleScorecard.ProgramOf(definition);
        return new ScoringModel(program, Ensembles.Of(program.Columns.Count, Link.LogOdds, Aggregation.Sum, 0, trees), PlattCalibrator.Identity, null, null);
    }

    public static ScoreCandidate Score(ScoringModel model) => candidate =>
        new CandidateScore(model.Score(model.Program.Evaluate(candidate).Model).Issued, Recommendation.Refer);

    public static InputRecord Record(ScorecardDefinition definition, double dsr = 0.9, double balance = 1_000_000, double tenure = 10, int job = 1) =>
        new(definition, [InputValue.OfNumber(dsr), InputValue.OfNumber(balance), InputValue.OfNumber(tenure), InputValue.OfNumber(job), InputValue.OfNumber(30)]);

    /// <summary>A tree over all five features that pays no heed to directions.</summary>
    public static Sketch RandomTree(Random random, int depth)
    {
        if (depth == 0) return new Sketch.Leaf(1.2 * random.NextDouble() - 0.6, 10);
        var feature = random.Next(5);
        var cut = feature switch { 0 => random.NextDouble(), 1 => 8_000_000 * random.NextDouble(), 2 => 30 * random.NextDouble(), 4 => 6 * random.NextDouble(), _ => 0 };
        return new Sketch.Split(feature, (float)cut, feature == 3 ? [(ulong)random.Next(1, 7)] : null, 0, RandomTree(random, depth - 1), RandomTree(random, depth - 1));
    }

    /// <summary>Best score over every allowed combination, worked out without the search: own list of values, own months.</summary>
    public static int BestByGrid(ScoringModel model, InputRecord today)
    {
        var (dsr, balance, tenure, job) = (today["dsr"].Number, today["balance"].Number, today["tenure"].Number, today["job"].Number);
        var best = int.MinValue;
        foreach (var debt in Values(dsr, 0.1, -0.2))
        {
            foreach (var saved in Values(balance, balance + 6_000_000, 2_000_000))
            {
                foreach (var work in job == 0 ? [0.0] : new[] { job, 0.0 })
                {
                    var months = Math.Max(Months(dsr - debt, 1, 0.1), Math.Max(Months(saved - balance, 2, 1_000_000), work == job ? 0 : 6));
                    for (var month = months; month <= MaxMonths; month++)
                    {
                        var state = today.With("dsr", InputValue.OfNumber(debt)).With("balance", InputValue.OfNumber(saved))
                            .With("job", InputValue.OfNumber(work)).With("tenure", InputValue.OfNumber(Math.Min(120, tenure + month)));
                        best = Math.Max(best, Score(model)(state).Issued);
                    }
                }
            }
        }

        return best;
    }

    private static List<double> Values(double old, double furthest, double step)
    {
        var (sign, values) = (Math.Sign(step), new List<double> { old });
        for (var i = -2000; i <= 2000; i++)
        {
            var value = Math.Round(i * Math.Abs(step), 10);
            if ((value - old) * sign >= Math.Abs(step) - 1e-12 && (furthest - value) * sign > 0) values.Add(value);
        }

        if ((furthest - old) * sign >= Math.Abs(step) - 1e-12) values.Add(furthest);
        return values;
    }

    private static int Months(double change, int least, double pace) => change == 0 ? 0 : Math.Max(least, (int)Math.Ceiling(change / pace - 1e-9));
}
