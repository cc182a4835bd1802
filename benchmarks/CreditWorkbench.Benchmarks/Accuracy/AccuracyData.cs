using System.Globalization;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;

namespace CreditWorkbench.Benchmarks.Accuracy;

/// <summary>A public file with what others reach on it.</summary>
/// <param name="Name">Folder of the file.</param>
/// <param name="File">File in the folder.</param>
/// <param name="Target">Outcome column.</param>
/// <param name="Bad">Bad value.</param>
internal sealed record AccuracyData(string Name, string File, string Target, string Bad)
{
    /// <summary>Special codes as on the command line.</summary>
    public string Special { get; init; } = "";

    /// <summary>Columns that are no inputs.</summary>
    public string[] Excluded { get; init; } = [];

    /// <summary>Audit columns.</summary>
    public string[] Sensitive { get; init; } = [];

    /// <summary>Folds of the published floor.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Whether the file has a header.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Mean AUC of an untuned WoE logistic scorecard, stratified cross-validation.</summary>
    public required double ScorecardFloor { get; init; }

    /// <summary>Mean AUC of an untuned histogram GBDT.</summary>
    public required double BoostingFloor { get; init; }

    /// <summary>Every file that can be named.</summary>
    public static IReadOnlyList<AccuracyData> All { get; } =
    [
        new("heloc", "heloc.csv", "RiskPerformance", "Bad") { Special = "-7,-8,-9", ScorecardFloor = 0.791, BoostingFloor = 0.799 },
        new("gmsc", "cs-training.csv.zip", "SeriousDlqin2yrs", "1") { Folds = 3, ScorecardFloor = 0.856, BoostingFloor = 0.866 },
        new("taiwan-credit-card", "credit_raw.csv", "default payment next month", "1") { Excluded = ["ID"], ScorecardFloor = 0.771, BoostingFloor = 0.783 },
        new("polish-1year", "1year.arff.gz", "bankruptcy", "1") { ScorecardFloor = 0.874, BoostingFloor = 0.955 },
        new("hmda", "hmda_train_preprocessed.zip", "high_priced", "1")
        {
            Folds = 3, Excluded = ["row_id", "agelt62", "non_hispanic"], ScorecardFloor = 0.791, BoostingFloor = 0.817,
            Sensitive = ["black", "asian", "white", "amind", "hipac", "hispanic", "male", "female", "agegte62"],
        },
        new("lending-club-2018", "lendingclub.csv.gz", "loan_status", "1") { Excluded = ["id", "issue_d"], ScorecardFloor = 0.723, BoostingFloor = 0.733 },
        new("credit-risk", "credit_risk_dataset.csv.gz", "loan_status", "1") { ScorecardFloor = 0.881, BoostingFloor = 0.942 },
        new("pakdd2009", "creditscoring2.csv.gz", "TARGET_LABEL_BAD=1", "1") { ScorecardFloor = 0.664, BoostingFloor = 0.681 },
        new("german", "german.data", "c21", "2") { HasHeader = false, ScorecardFloor = 0.780, BoostingFloor = 0.780 },
    ];

    /// <summary>Reads the file as <c>train</c> would.</summary>
    /// <param name="folder">Folder of all data sets.</param>
    /// <param name="seed">Seed of folds and training.</param>
    public async Task<TrainingRequest> OpenAsync(string folder, int seed)
    {
        var specials = Special.Length == 0 ? SpecialCodeList.None : SpecialCodeList.Parse(Special).Value;
        var file = new TrainingFile(Path.Combine(folder, Name, File))
        {
            Reading = FileReadOptions.Default with { HasHeader = HasHeader },
            Inference = new InferenceOptions(Name, Target, [Bad]) { Specials = specials, Excluded = Excluded, Sensitive = Sensitive, Seed = seed },
        };
        var opened = await file.OpenAsync(definition => TrainingSettings.Of(definition) with { Seed = seed }, CancellationToken.None);
        return opened.TryGet(out var training, out var problems) ? training.Request : throw new InvalidDataException(string.Join('\n', problems));
    }

    /// <summary>Text of the floors.</summary>
    public string Floors => string.Create(CultureInfo.InvariantCulture, $"{ScorecardFloor:0.000} / {BoostingFloor:0.000}");

    /// <summary>The folds of a data set.</summary>
    public IReadOnlyList<DataFold> Deal(LabelledDataset dataset, int seed) => StratifiedFolds.Of(dataset, Folds, seed).Value;
}
