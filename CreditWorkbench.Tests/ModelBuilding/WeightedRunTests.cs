using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Predictors;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class WeightedRunTests
{
    private static readonly string[] Families = ["scorecard", "logistic", "forest", "boosting"];

    [Fact]
    public void Run_WeightsFourTimesAsLarge_ChangeNothing()
    {
        var (one, four) = (Run(Weighted(2.0)).Value, Run(Weighted(8.0)).Value);

        Assert.Equal(one.Candidates.Select(candidate => (candidate.Family, candidate.Auc.Mean)), four.Candidates.Select(candidate => (candidate.Family, candidate.Auc.Mean)));
        Assert.Equal(PredictorEncoding.ToBytes(one.Model.Predictor), PredictorEncoding.ToBytes(four.Model.Predictor));
        Assert.Equal(one.Test.Report, four.Test.Report);
    }

    [Fact]
    public void Run_EqualWeights_MeasureAsWithoutWeights()
    {
        var settings = Applicants.Quick with { Candidates = ["logistic"], ConfidenceRefits = 0 };
        var plain = Run(new Applicants().Request(settings)).Value;

        var equal = Run(With(new Applicants().Request(settings), _ => 3.0)).Value;

        var (before, after) = (plain.Test.Report, equal.Test.Report);
        Assert.Equal((before.Auc, before.Ks, before.Brier, before.LogLoss), (after.Auc, after.Ks, after.Brier, after.LogLoss), Close);
        Assert.Equal(before.EceAfter, after.EceAfter, 1e-9);
        Assert.Equal(plain.Overall.Mean, equal.Overall.Mean, 1e-12);
    }

    [Theory]
    [InlineData("scorecard")]
    [InlineData("logistic")]
    [InlineData("forest")]
    [InlineData("boosting")]
    public void Run_GoodRowsThatStandForThree_GivePdsOfThePopulation(string family)
    {
        var request = With(new Applicants(4_000).Request(Applicants.Quick with { Candidates = [family], Folds = 3, ConfidenceRefits = 0 }), outcome => outcome == 0 ? 3.0 : 1.0);

        var result = Run(request).Value;

        // Each good row stands for three: the mean PD over that population is its bad rate.
        var record = TrainingRecord.Of(result, default, null);
        var (pds, bads, total) = (0.0, 0.0, 0.0);
        foreach (var (row, score) in result.Split.Calibration.Concat(result.Split.Test).Zip(result.HeldOutScores))
        {
            var weight = result.Request.Dataset.Weights![row];
            (pds, bads, total) = (pds + weight * score.Pd, bads + weight * result.Request.Dataset.Outcomes[row], total + weight);
        }

        Assert.InRange(pds / total, bads / total - 0.02, bads / total + 0.02);
        Assert.InRange(result.Test.Report.EceAfter, 0.0, result.Test.Curves.CalibrationAfter.NullLimit + 0.02);
        Assert.Equal(("w", 3.0), (record.Weights!.Column, Math.Round(record.Weights.Most / record.Weights.Least, 12)));
        Assert.DoesNotContain(result.Test.Intervals, interval => interval.Method == Core.Evaluation.IntervalMethods.DeLong);
        Assert.InRange(result.Test.Report.Auc, result.Test.Report.AucLow, result.Test.Report.AucHigh);
    }

    [Fact]
    public void Run_SmoteOfWeightedRows_IsRefusedByTheColumn()
    {
        var problem = Assert.Single(Run(With(new Applicants(300).Request(Applicants.Quick with { Balance = "smote" }), _ => 1.0)).Problems);

        Assert.Equal(("training.weights.smote", "w"), (problem.Code, problem.Field));
    }

    [Fact]
    public void Hash_OtherWeights_IsAnotherDataSet()
    {
        var plain = new Applicants(300).Request().Dataset;

        var hashes = new[] { plain.Hash(), With(new Applicants(300).Request(), _ => 1.0).Dataset.Hash(), With(new Applicants(300).Request(), _ => 2.0).Dataset.Hash() };

        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("scorecard", "balanced")]
    [InlineData("scorecard", "1, 4")]
    [InlineData("logistic", "[1,4]")]
    [InlineData("forest", "1, 4")]
    [InlineData("boosting", "balanced")]
    [InlineData("boosting", "1, 4")]
    [InlineData("network", "balanced")]
    public void Fit_ClassWeights_ReachTheFamilyAndKeepTheBaseRate(string family, string weights)
    {
        var request = new Applicants(2_000).Request();
        var rows = new TrainingRows(request.Dataset.Features, request.Dataset.Outcomes, new bool[request.Dataset.Features.Columns.Count]);

        var (plain, weighed) = (Candidate(family, null), Candidate(family, weights));

        Assert.Contains("\"classWeights\":", weighed.ParametersJson, StringComparison.Ordinal);
        var (before, after) = (Fit(plain, rows), Fit(weighed, rows));
        Assert.NotEqual(PredictorEncoding.ToBytes(before), PredictorEncoding.ToBytes(after));
        if (family == "forest") return;
        var baseRate = rows.Classes.Average(outcome => (double)outcome);
        Assert.InRange(Quantities.Of(after, rows.Features, 1, TestContext.Current.CancellationToken).Average(margin => 1 / (1 + Math.Exp(-margin))), baseRate - 0.03, baseRate + 0.03);
    }

    [Fact]
    public void Fit_ClassWeightsNone_HoldInsteadOfTheBalanceOfTheRun()
    {
        var request = new Applicants(800).Request();
        var rows = new TrainingRows(request.Dataset.Features, request.Dataset.Outcomes, new bool[request.Dataset.Features.Columns.Count]);

        var own = Fit(Candidate("logistic", "none", "weights"), rows);

        Assert.Equal(PredictorEncoding.ToBytes(Fit(Candidate("logistic", null), rows)), PredictorEncoding.ToBytes(own));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1, 0")]
    [InlineData("1, -2")]
    [InlineData("1, NaN")]
    [InlineData("1, 2, 3")]
    [InlineData("heavy")]
    public void Resolve_ClassWeightsThatSayNothing_AreRefusedWithTheField(string weights)
    {
        var problem = Assert.Single(Resolve("boosting", weights, "none").Problems);

        Assert.Equal(("training.parameter.value", "boosting.classWeights"), (problem.Code, problem.Field));
    }

    [Fact]
    public void Run_AllFamilies_TakeWeightsSideBySide()
    {
        var result = Run(With(new Applicants().Request(Applicants.Quick with { Candidates = [.. Families, "blend", "network"], Folds = 3, ConfidenceRefits = 0, JudgesAll = false }), outcome => 1.0 + outcome)).Value;

        Assert.Equal(6, result.Candidates.Count);
        Assert.All(result.Candidates, candidate => Assert.InRange(candidate.Auc.Mean, 0.6, 1.0));
    }

    private static TrainingRequest Weighted(double unit) => With(new Applicants().Request(Applicants.Quick with { Candidates = Families, ConfidenceRefits = 0, JudgesAll = false, Folds = 3 }), outcome => unit * (1 + outcome));

    private static TrainingRequest With(TrainingRequest request, Func<byte, double> weight)
    {
        var old = request.Dataset;
        var dataset = new LabelledDataset(old.Features, old.Outcomes, old.ClassCounts.Count)
        {
            Records = old.Records,
            Sensitive = old.Sensitive,
            Weights = Array.ConvertAll(old.Outcomes, outcome => weight(outcome)),
            WeightColumn = "w",
        };
        return request with { Dataset = dataset };
    }

    private static Predictor Fit(Candidate candidate, TrainingRows rows) => candidate.Fit(rows, 1, 1, TestContext.Current.CancellationToken);

    private static Candidate Candidate(string family, string? classWeights, string balance = "none") => Resolve(family, classWeights, balance).Value[0];

    private static Outcome<IReadOnlyList<Candidate>> Resolve(string family, string? classWeights, string balance)
    {
        var parameters = new Dictionary<string, string>(Applicants.Quick.Parameters.GetValueOrDefault(family) ?? new Dictionary<string, string>());
        if (classWeights is not null) parameters["classWeights"] = classWeights;
        var settings = Applicants.Quick with { Candidates = [family], Balance = balance, Parameters = new Dictionary<string, IReadOnlyDictionary<string, string>> { [family] = parameters } };
        return CandidateCatalogue.Resolve(new Applicants(50).Request().Definition, settings);
    }

    private static bool Close((double, double, double, double) one, (double, double, double, double) other) =>
        Math.Abs(one.Item1 - other.Item1) + Math.Abs(one.Item2 - other.Item2) + Math.Abs(one.Item3 - other.Item3) + Math.Abs(one.Item4 - other.Item4) < 1e-9;

    private static Outcome<TrainingResult> Run(TrainingRequest request) => new TrainingLine(TimeProvider.System).Run(request, null, TestContext.Current.CancellationToken);
}
