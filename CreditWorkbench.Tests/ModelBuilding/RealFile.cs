using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.ModelBuilding;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

/// <summary>A public file, the way a user would name it on the command line.</summary>
/// <param name="Path">Below the folder of real data.</param>
/// <param name="Target">Outcome column.</param>
/// <param name="Bad">Bad value.</param>
internal sealed record RealFile(string Path, string Target, string Bad)
{
    public string Special { get; init; } = "";

    public string? Id { get; init; }

    public string[] Sensitive { get; init; } = [];

    public string[] Excluded { get; init; } = [];

    public bool HasHeader { get; init; } = true;

    public static RealFile Heloc { get; } = new("heloc/heloc.csv", "RiskPerformance", "Bad") { Special = "-7,-8,-9" };

    public static RealFile Gmsc { get; } = new("gmsc/cs-training.csv.zip", "SeriousDlqin2yrs", "1");

    public static RealFile Taiwan { get; } = new("taiwan-credit-card/credit_raw.csv", "default payment next month", "1") { Id = "ID" };

    public static RealFile Polish { get; } = new("polish-1year/1year.arff.gz", "bankruptcy", "1");

    public static RealFile Hmda { get; } = new("hmda/hmda_train_preprocessed.zip", "high_priced", "1")
    {
        Id = "row_id",
        Sensitive = ["black", "asian", "white", "amind", "hipac", "hispanic", "male", "female", "agegte62"],
        Excluded = ["non_hispanic", "agelt62"],
    };

    public static RealFile CreditRisk { get; } = new("credit-risk/credit_risk_dataset.csv.gz", "loan_status", "1");

    public static RealFile Pakdd { get; } = new("pakdd2009/creditscoring2.csv.gz", "TARGET_LABEL_BAD=1", "1");

    public static RealFile German { get; } = new("german/german.data", "c21", "2") { HasHeader = false };

    /// <summary>Reads the file twice, as the product does: once to infer a dictionary, once to build the data set.</summary>
    public async Task<TrainingRequest> RequestAsync(TrainingSettings settings)
    {
        var (file, token) = (RealData.File(Path), TestContext.Current.CancellationToken);
        var specials = SpecialCodeList.Parse(Special).Value;
        InferredDictionary inferred;
        await using (var first = (await TabularFile.OpenAsync(file, new FileReadOptions { HasHeader = HasHeader }, token)).Value)
        {
            var profile = (await FileProfile.ReadAsync(first, specials, token)).Value;
            var options = new InferenceOptions("real", Target, [Bad]) { Specials = specials, Id = Id, Sensitive = Sensitive, Excluded = Excluded };
            inferred = DictionaryInference.Infer(profile, options).Value;
        }

        await using var second = (await TabularFile.OpenAsync(file, new FileReadOptions { HasHeader = HasHeader }, token)).Value;
        var program = FeatureProgram.Compile(inferred.Definition, FittedTransforms.None);
        var vectorizer = DictionaryVectorizer.Create(inferred.Definition, program, second);
        var built = (await DatasetBuilder.BuildAsync(second, DatasetRequest.Of(inferred, second, file) with { KeepRecords = true }, vectorizer.Value, token)).Value;
        return new TrainingRequest(inferred.Definition, built.Dataset, built.Manifest, settings) { IsInferred = true };
    }
}
