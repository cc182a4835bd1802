using System.Text;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using Xunit;

namespace CreditWorkbench.Tests.Datasets;

public sealed class DatasetBuilderTests
{
    private static readonly DatasetRequest Plain = new("loans.csv", "bad", OutcomeLabels.Bad(["1"]));

    [Fact]
    public async Task Build_NumericColumns_KeepsRowsInOrderAndCountsWhatIsLeftOut()
    {
        const string Text = "id,x,y,who,when,bad\na,1,2,p,2020-01-02,0\nb,NA,3,q,,1\nc,oops,3,q,2020-01-03,1\nd,4,5\ne,6,7,p,2020-01-04,\nf,8,9,NA,2020-13-01,0\ng,-1,.5,p,2020-01-05,b'1'\n";

        var built = (await BuildAsync(Text, Plain with { Id = "id", Group = "who", Time = "when", Sensitive = ["who"] }, ["x", "y"])).Value;

        var dataset = built.Dataset;
        Assert.Equal([1f, CodedNaN.Missing, -1f], dataset.Features.Column(0).ToArray());
        Assert.Equal([0, 1, 1], dataset.Outcomes);
        Assert.Equal(["a", "b", "g"], dataset.Ids!);
        Assert.Equal([1L, 2L, 7L], dataset.FileRows);
        Assert.Equal(new DateOnly?[] { new(2020, 1, 2), null, new(2020, 1, 5) }, dataset.Times);
        Assert.Equal(["p", "q", "p"], Enumerable.Range(0, 3).Select(row => dataset.Groups![row]));
        Assert.Equal(4, built.Rejected.Count);
        Assert.Equal([(3L, "input.number"), (4L, "row.cells"), (5L, "target.missing"), (6L, "input.date")], built.Rejected.First.Select(problem => (problem.Row!.Value, problem.Code)));
        Assert.Equal((3, 4L, 2), (built.Manifest.Rows, built.Manifest.RejectedRows, dataset.Positives));
    }

    [Fact]
    public async Task Build_Weights_AreKeptAndRowsWhoseWeightSaysNothingAreNamed()
    {
        const string Text = "x,w,bad\n1,2,0\n2,0.5,1\n3,-1,0\n4,NaN,1\n5,0,1\n6,heavy,0\n7,,1\n8,1e400,0\n9,inf,1\n10,4,1\n11,1e12,0\n";

        var built = (await BuildAsync(Text, Plain with { Weight = "w" }, ["x"])).Value;

        Assert.Equal([2.0, 0.5, 4.0], built.Dataset.Weights!);
        Assert.Equal("w", built.Dataset.WeightColumn);
        Assert.Equal([4.0, 2.0], built.Dataset.Take([2, 0]).Weights!);
        Assert.Equal(
            [(3L, "weight.range"), (4L, "weight.missing"), (5L, "weight.zero"), (6L, "weight.number"), (7L, "weight.missing")],
            built.Rejected.First.Take(5).Select(problem => (problem.Row!.Value, problem.Code)));
        Assert.All(built.Rejected.First, problem => Assert.Equal(("w", true), (problem.Field, problem.Remedy?.Length > 0)));
        Assert.Equal(8, built.Rejected.Count);
    }

    [Theory]
    [InlineData("x,w,bad\n1,0,0\n2,0,1\n", "weight.zero")]
    [InlineData("x,w,bad\n1,a,0\n2,b,1\n", "weight.number")]
    public async Task Build_NoUsableWeight_IsRefusedWithTheFirstRows(string text, string code)
    {
        var problems = (await BuildAsync(text, Plain with { Weight = "w" }, ["x"])).Problems;

        Assert.Equal("dataset.rows.none", problems[0].Code);
        Assert.Equal((code, "w", 1L), (problems[1].Code, problems[1].Field, problems[1].Row));
    }

    [Fact]
    public async Task Build_UnknownWeight_IsReported() =>
        Assert.Equal(("column.unknown", "w"), ((await BuildAsync("x,bad\n1,0\n", Plain with { Weight = "w" }, ["x"])).Problems is [var problem] ? (problem.Code, problem.Field) : default)!);

    [Fact]
    public async Task Build_UnknownColumns_AreReportedTogether()
    {
        var outcome = await BuildAsync("x,bad\n1,0\n", Plain with { Target = "worse", Id = "key" }, ["x"]);

        Assert.Equal([("target.column.unknown", "worse"), ("column.unknown", "key")], outcome.Problems.Select(problem => (problem.Code, problem.Field!)));
    }

    [Theory]
    [InlineData("x,bad\n1,1\n2,1\n", "target.one-class")]
    [InlineData("x,bad\n1,0\n2,0\n", "target.one-class")]
    [InlineData("x,bad\noops,0\nno,1\n", "dataset.rows.none")]
    [InlineData("x,bad\n1,\n2,NA\n", "dataset.rows.none")]
    public async Task Build_UnusableRows_AreRefused(string text, string code)
    {
        var outcome = await BuildAsync(text, Plain, ["x"]);

        Assert.Equal(code, outcome.Problems[0].Code);
    }

    [Fact]
    public async Task Build_ValueOutsideTheLabels_IsNotLabelled()
    {
        var labels = OutcomeLabels.Of(new() { Column = "bad", Bad = ["B", "D"], Good = ["A"], Meaning = new(new Dictionary<string, string> { ["en"] = "late" }) });

        var built = (await BuildAsync("x,bad\n1,A\n2,B\n3,C\n4,D\n", Plain with { Labels = labels }, ["x"])).Value;

        Assert.Equal([0, 1, 1], built.Dataset.Outcomes);
        Assert.Equal((3L, "target.unlabelled"), (built.Rejected.First[0].Row!.Value, built.Rejected.First[0].Code));
    }

    [Theory]
    [InlineData("heloc/heloc.csv", "RiskPerformance", "Bad", "-7,-8,-9", 10_459, 5_459, 23)]
    [InlineData("gmsc/cs-training.csv.zip", "SeriousDlqin2yrs", "1", "", 150_000, 10_026, 10)]
    [InlineData("taiwan-credit-card/credit_raw.csv", "default payment next month", "1", "", 30_000, 6_636, 23)]
    [InlineData("polish-1year/1year.arff.gz", "bankruptcy", "1", "", 7_027, 271, 64)]
    [InlineData("credit-risk/credit_risk_dataset.csv.gz", "loan_status", "1", "", 32_581, 7_108, 11)]
    [InlineData("pakdd2009/creditscoring2.csv.gz", "TARGET_LABEL_BAD=1", "1", "", 39_988, 7_917, 20)]
    public async Task Build_InferredDictionary_KeepsEveryRowOfARealFile(string path, string target, string bad, string specials, int rows, int positives, int columns)
    {
        var options = new InferenceOptions("own", target, [bad]) { Specials = SpecialCodeList.Parse(specials).Value };
        var inferred = await InferAsync(RealData.File(path), options);
        await using var reader = (await TabularFile.OpenAsync(RealData.File(path), FileReadOptions.Default, TestContext.Current.CancellationToken)).Value;
        var vectorizer = DictionaryVectorizer.Create(inferred.Definition, FeatureProgram.Compile(inferred.Definition, FittedTransforms.None), reader).Value;

        var built = (await DatasetBuilder.BuildAsync(reader, DatasetRequest.Of(inferred, reader, path), vectorizer, TestContext.Current.CancellationToken)).Value;

        Assert.Equal((rows, positives, columns), (built.Dataset.Rows, built.Dataset.Positives, built.Dataset.Features.Columns.Count));
        Assert.All(built.Rejected.First, problem => Assert.Equal("row.shifted", problem.Code));
    }

    [Fact]
    public async Task Build_SensitiveColumnThatIsRenamed_IsKeptForAudit()
    {
        var text = "home type,x,bad\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i % 3 == 0 ? "own" : "rent")},{i % 7},{i % 2}\n"));
        var options = new InferenceOptions("own", "bad", ["1"]) { Sensitive = ["home type"] };
        await using var profiled = (await TabularFile.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), FileReadOptions.Default, TestContext.Current.CancellationToken)).Value;
        var inferred = DictionaryInference.Infer((await FileProfile.ReadAsync(profiled, options.Specials, TestContext.Current.CancellationToken)).Value, options).Value;
        await using var reader = (await TabularFile.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), FileReadOptions.Default, TestContext.Current.CancellationToken)).Value;
        var vectorizer = DictionaryVectorizer.Create(inferred.Definition, FeatureProgram.Compile(inferred.Definition, FittedTransforms.None), reader).Value;

        var dataset = (await DatasetBuilder.BuildAsync(reader, DatasetRequest.Of(inferred, reader, "own.csv") with { KeepRecords = true }, vectorizer, TestContext.Current.CancellationToken)).Value.Dataset;

        Assert.Equal(["own", "rent"], Assert.Single(dataset.Sensitive).Levels);
        Assert.Equal(["x"], dataset.Features.Columns.Select(column => column.Name));
        var recordsOnly = new LabelledDataset(new FeatureMatrix([], dataset.Rows, []), dataset.Outcomes, 2) { Records = dataset.Records };
        Assert.NotEqual(Enumerable.Range(0, 30), StratifiedSplit.Of(recordsOnly, SplitPlan.Default, 1).Value.Train);
    }

    [Fact]
    public async Task Build_Heloc_KeepsTheMeaningOfItsCodes()
    {
        var path = RealData.File("heloc/heloc.csv");
        var options = new InferenceOptions("own", "RiskPerformance", ["Bad"]) { Specials = SpecialCodeList.Parse("-7,-8,-9").Value };
        var inferred = await InferAsync(path, options);
        await using var reader = (await TabularFile.OpenAsync(path, FileReadOptions.Default, TestContext.Current.CancellationToken)).Value;
        var vectorizer = DictionaryVectorizer.Create(inferred.Definition, FeatureProgram.Compile(inferred.Definition, FittedTransforms.None), reader).Value;

        var dataset = (await DatasetBuilder.BuildAsync(reader, DatasetRequest.Of(inferred, reader, path), vectorizer, TestContext.Current.CancellationToken)).Value.Dataset;

        // 588 people have no bureau record at all: every column says -9, the third code.
        var vector = new float[23];
        var unrecorded = Enumerable.Range(0, dataset.Rows).Count(row =>
        {
            dataset.Features.CopyRow(row, vector);
            return vector.All(cell => float.IsNaN(cell) && CodedNaN.CodeOf(cell) == 3);
        });
        Assert.Equal(588, unrecorded);
    }

    private static async Task<InferredDictionary> InferAsync(string path, InferenceOptions options)
    {
        await using var reader = (await TabularFile.OpenAsync(path, FileReadOptions.Default, TestContext.Current.CancellationToken)).Value;
        return DictionaryInference.Infer((await FileProfile.ReadAsync(reader, options.Specials, TestContext.Current.CancellationToken)).Value, options).Value;
    }

    private static async Task<Outcome<BuiltDataset>> BuildAsync(string text, DatasetRequest request, string[] columns)
    {
        await using var reader = (await TabularFile.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), FileReadOptions.Default, TestContext.Current.CancellationToken)).Value;
        return await DatasetBuilder.BuildAsync(reader, request, new NumericVectorizer(reader, columns), TestContext.Current.CancellationToken);
    }
}
