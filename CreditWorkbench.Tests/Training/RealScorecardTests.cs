using System.Globalization;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Training;
using CreditWorkbench.Tests.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.Training;

/// <summary>Points scorecards of default settings on public files, printed points and all, cross-validated on all rows.</summary>
/// <remarks>A floor is the mean AUC of a plain WoE logistic scorecard on the same bytes; .002 below it is the least that is allowed.</remarks>
[Trait("Category", "Long")]
public sealed class RealScorecardTests
{
    private const double Allowance = 0.002;

    private static readonly Dictionary<string, RealFile> Files = new()
    {
        ["heloc"] = RealFile.Heloc,
        ["gmsc"] = RealFile.Gmsc,
        ["taiwan"] = RealFile.Taiwan,
        ["polish"] = RealFile.Polish,
        ["hmda"] = new RealFile("hmda/hmda_train_preprocessed.zip", "high_priced", "1")
        {
            Id = "row_id",
            Excluded = ["black", "asian", "white", "amind", "hipac", "hispanic", "non_hispanic", "male", "female", "agegte62", "agelt62"],
        },
        ["lending club"] = new RealFile("lending-club-2018/lendingclub.csv.gz", "loan_status", "1") { Id = "id", Excluded = ["issue_d"] },
        ["credit risk"] = new RealFile("credit-risk/credit_risk_dataset.csv.gz", "loan_status", "1"),
        ["pakdd"] = new RealFile("pakdd2009/creditscoring2.csv.gz", "TARGET_LABEL_BAD=1", "1"),
        ["german"] = new RealFile("german/german.data", "c21", "2") { HasHeader = false },
    };

    [Theory]
    [InlineData("heloc", 0.791, 5)]
    [InlineData("gmsc", 0.856, 3)]
    [InlineData("taiwan", 0.771, 5)]
    [InlineData("polish", 0.874, 5)]
    [InlineData("hmda", 0.791, 3)]
    [InlineData("lending club", 0.723, 5)]
    [InlineData("credit risk", 0.881, 5)]
    [InlineData("pakdd", 0.664, 5)]
    [InlineData("german", 0.780, 5)]
    public async Task Train_DefaultSettings_ReachesTheFloorOfThePlainScorecard(string name, double floor, int folds)
    {
        var dataset = (await Files[name].RequestAsync(new TrainingSettings())).Dataset;
        var aucs = new List<double>();

        foreach (var fold in StratifiedFolds.Of(dataset, folds, 1).Value)
        {
            var (training, held) = (dataset.Take(fold.Train), dataset.Take(fold.Held));
            var model = ScorecardTrainer.Train(training.Features, training.Outcomes, null, new ScorecardSettings(), 1, 2, null, TestContext.Current.CancellationToken);
            var margins = new double[held.Rows];
            model.Margins(held.Features, margins);
            aucs.Add(Ranking.Auc(margins, held.BadMask()));
        }

        var summary = string.Create(CultureInfo.InvariantCulture, $"{name}: {aucs.Average():0.0000} ({string.Join(" ", aucs.Select(auc => auc.ToString("0.0000", CultureInfo.InvariantCulture)))}), floor {floor}");
        TestContext.Current.TestOutputHelper?.WriteLine(summary);
        Assert.True(aucs.Average() >= floor - Allowance, summary);
    }
}
