using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

public sealed class DictionaryInferenceTests
{
    private static readonly InferenceOptions Plain = new("Shop loans", "bad", ["1"]);

    [Fact]
    public async Task Infer_MixedColumns_GivesEachItsType()
    {
        var inferred = (await InferAsync(Shop(200), Plain)).Value;

        var definition = inferred.Definition;
        Assert.Equal("shop-loans", definition.Id);
        Assert.Equal(
            [("income", InputType.Number), ("months", InputType.Integer), ("sex", InputType.Category), ("phone", InputType.Flag)],
            definition.Inputs.Select(input => (input.Name, input.Type)));
        Assert.Equal(["F", "M", "other"], definition.Input("sex")!.Values.Select(value => value.Code).Order(StringComparer.Ordinal).ToArray());
        Assert.True(definition.Input("sex")!.Open);
        Assert.False(definition.Input("income")!.Required);
        Assert.Equal(4, definition.ModelFeatures.Count);
        Assert.All(definition.ModelFeatures, feature => Assert.NotNull(definition.Reason(feature.Reason!)!.Favourable));
        Assert.Equal(["1"], definition.Target.Bad);
        Assert.Equal(["0"], definition.Target.Good);
        Assert.Equal([("key", "column.identifier"), ("opened", "column.date"), ("note", "column.text"), ("fixed", "column.constant")], inferred.Warnings.Select(warning => (warning.Field!, warning.Code)));
    }

    [Fact]
    public async Task Infer_Dictionary_ReadsBackFromItsOwnText()
    {
        var definition = (await InferAsync(Shop(200), Plain)).Value.Definition;

        var again = ScorecardReader.Read(definition.SourceText, "shop-loans.yaml").Value;

        Assert.Equal((definition.ScoringHash, definition.PresentationHash), (again.ScoringHash, again.PresentationHash));
    }

    [Fact]
    public async Task Infer_SensitiveTimeGroupAndExcluded_AreNoFeatures()
    {
        var options = Plain with { Sensitive = ["sex"], Time = "opened", Group = "phone", Excluded = ["months"] };

        var inferred = (await InferAsync(Shop(200), options)).Value;

        Assert.True(inferred.Definition.Input("sex")!.Sensitive);
        Assert.Equal(["income"], inferred.Definition.ModelFeatures.Select(feature => feature.Name));
        Assert.Equal(DateFormat.YearFirst, inferred.TimeFormat);
        Assert.Equal("phone", inferred.Definition.Training.By);
    }

    [Fact]
    public async Task Infer_SpecialCodes_LieOutsideTheRangeAndAreFlagged()
    {
        var text = "score,late,bad\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i % 7 == 0 ? -9 : 40 + i)},{(i % 9 == 0 ? 96 : i % 5)},{i % 2}\n"));
        var options = Plain with { Specials = SpecialCodeList.Parse("score:-9,-8;late:96,98").Value };

        var definition = (await InferAsync(text, options)).Value.Definition;

        var (score, late) = (definition.Input("score")!, definition.Input("late")!);
        Assert.Equal(["-9", "-8"], score.Specials.Select(code => code.Value));
        Assert.Equal(0.0, score.Minimum);
        Assert.InRange(late.Maximum!.Value, 4, 95);
        Assert.All(definition.ModelFeatures, feature => Assert.True(feature.FlagsSpecials));
    }

    [Fact]
    public async Task Infer_NamedCodeAmongOrdinaryValues_IsRefused()
    {
        var options = Plain with { Specials = SpecialCodeList.Parse("months:5").Value };

        var problem = Assert.Single((await InferAsync(Shop(200), options)).Problems);

        Assert.Equal(("special.inside", "months"), (problem.Code, problem.Field));
    }

    [Theory]
    [InlineData("worse", "1", "target.column.unknown")]
    [InlineData("bad", "2", "target.bad.absent")]
    [InlineData("bad", "0,1", "target.one-class")]
    [InlineData("income", "1", "target.values.many")]
    public async Task Infer_UnusableTarget_IsRefused(string target, string bad, string code)
    {
        var outcome = await InferAsync(Shop(200), new InferenceOptions("x", target, bad.Split(',')));

        Assert.Contains(outcome.Problems, problem => problem.Code == code && problem.Field == target && problem.Remedy is not null);
    }

    [Fact]
    public async Task Infer_UnknownNamedColumns_AreAllReportedAtOnce()
    {
        var outcome = await InferAsync(Shop(50), Plain with { Sensitive = ["gender"], Time = "when", Excluded = ["nothing"] });

        Assert.Equal(["when", "gender", "nothing"], outcome.Problems.Select(problem => problem.Field));
        Assert.All(outcome.Problems, problem => Assert.Equal("column.unknown", problem.Code));
    }

    [Fact]
    public async Task Infer_ManyLevels_KeepsTheMostFrequentAndOpensTheRest()
    {
        var text = new StringBuilder("city,x,bad\n");
        for (var i = 0; i < 6_000; i++) text.Append(CultureInfo.InvariantCulture, $"city{i % 300:000},{i},{i % 2}\n");

        var inferred = (await InferAsync(text.ToString(), Plain)).Value;

        Assert.Equal(255, inferred.Definition.Input("city")!.Values.Count);
        Assert.Equal("other", inferred.Definition.Input("city")!.Values[^1].Code);
        Assert.Contains(inferred.Warnings, warning => warning.Code == "column.levels.many");
    }

    [Fact]
    public async Task Infer_ATypingErrorAmongNumbers_KeepsTheColumnNumericAndWarns()
    {
        var text = "x,bad\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{(i == 77 ? "12,5O0".Replace(',', '.') : (i * 7 % 331).ToString(CultureInfo.InvariantCulture))},{i % 2}\n"));

        var inferred = (await InferAsync(text, Plain)).Value;

        Assert.Equal(InputType.Integer, inferred.Definition.Input("x")!.Type);
        Assert.Contains(inferred.Warnings, warning => warning is { Code: "column.cells.wrong", Field: "x" });
    }

    [Fact]
    public async Task Infer_ColumnsThatCannotBeNames_AreRenamedAsTheyAreRead()
    {
        var text = "net profit / assets,net_profit_assets,30-59 days,and,age,bad\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7}.5,{i % 5}.5,{i % 3},{i % 4},{i % 6},{i % 2}\n"));

        var definition = (await InferAsync(text, Plain with { Sensitive = ["30-59 days"] })).Value.Definition;
        await using var reader = (await Tables.OpenAsync(Encoding.UTF8.GetBytes(text))).Value;
        var binder = RecordBinder.Create(definition, [.. reader.Columns.Select(column => column.Name)], RecordReading.Strict).Value;
        await reader.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["net_profit_assets_2", "net_profit_assets", "c_30_59_days", "and_value", "age"], definition.Inputs.Select(input => input.Name));
        Assert.Equal("Net profit / assets", definition.Inputs[0].Label.In("en"));
        Assert.Equal(["bad"], binder.UnknownColumns);
        Assert.Equal(0.5, binder.Bind(reader).Value["net_profit_assets_2"].Number);
    }

    [Fact]
    public async Task Infer_DecimalCommas_AreARuleOfTheFile()
    {
        var text = "rate;whole;bad\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i * 100},{i % 10}25;{i * 3 % 17};{i % 2}\n")) + "1.200,5;1;0\n";

        var inferred = (await InferAsync(text, Plain)).Value;

        Assert.True(inferred.Definition.Read.DecimalComma);
        Assert.Equal((InputType.Number, 0.0, 20_000.0), (inferred.Definition.Input("rate")!.Type, inferred.Definition.Input("rate")!.Minimum!.Value, inferred.Definition.Input("rate")!.Maximum!.Value));
        Assert.Empty(inferred.Warnings);
    }

    [Fact]
    public async Task Infer_CommasThatCanMeanTwoThings_LeaveTheColumnOut()
    {
        var text = "rate;x;bad\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{1 + i % 50},{i % 10}25;{i * 3 % 17};{i % 2}\n"));

        var warning = Assert.Single((await InferAsync(text, Plain)).Value.Warnings);

        Assert.Equal(("rate", "column.number.ambiguous"), (warning.Field, warning.Code));
    }

    [Fact]
    public async Task Infer_Heloc_HasEveryColumnWithItsThreeCodes()
    {
        var options = new InferenceOptions("heloc", "RiskPerformance", ["Bad"]) { Specials = SpecialCodeList.Parse("-7,-8,-9").Value };

        var inferred = (await InferFileAsync("heloc/heloc.csv", options)).Value;

        Assert.Equal(23, inferred.Definition.ModelFeatures.Count);
        Assert.All(inferred.Definition.Inputs, input => Assert.Equal(3, input.Specials.Count));
        Assert.All(inferred.Definition.Inputs, input => Assert.Equal(0.0, input.Minimum));
        Assert.Empty(inferred.Warnings);
    }

    [Theory]
    [InlineData("gmsc/cs-training.csv.zip", "SeriousDlqin2yrs", "1", 10)]
    [InlineData("taiwan-credit-card/credit_raw.csv", "default payment next month", "1", 23)]
    [InlineData("polish-1year/1year.arff.gz", "bankruptcy", "1", 64)]
    [InlineData("credit-risk/credit_risk_dataset.csv.gz", "loan_status", "1", 11)]
    [InlineData("lending-club-2018/lendingclub.csv.gz", "loan_status", "1", 41)]
    [InlineData("pakdd2009/creditscoring2.csv.gz", "TARGET_LABEL_BAD=1", "1", 20)]
    [InlineData("berka/loan.asc", "status", "B,D", 3)]
    public async Task Infer_RealFile_FindsItsInputs(string path, string target, string bad, int features)
    {
        var inferred = await InferFileAsync(path, new InferenceOptions("own", target, bad.Split(',')));

        Assert.Empty(inferred.Problems);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", inferred.Value.Warnings));
        Assert.Equal(features, inferred.Value.Definition.ModelFeatures.Count);
    }

    private static string Shop(int rows)
    {
        var text = new StringBuilder("key,income,months,sex,phone,opened,note,fixed,bad\n");
        for (var i = 0; i < rows; i++)
        {
            var income = i % 10 == 0 ? "NA" : (1000.5 + i * 3).ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{5000 + i},{income},{i * 7 % 37},{(i % 3 == 0 ? "F" : "M")},{i % 2},2020-{1 + i % 12:00}-{1 + i % 28:00},free text {i / 2},7,{(i % 4 == 0 ? 1 : 0)}\n");
        }

        return text.ToString();
    }

    private static async Task<FileProfile> ProfileAsync(string text, SpecialCodeList specials)
    {
        await using var reader = (await Tables.OpenAsync(Encoding.UTF8.GetBytes(text))).Value;
        return (await FileProfile.ReadAsync(reader, specials, TestContext.Current.CancellationToken)).Value;
    }

    private static async Task<Outcome<InferredDictionary>> InferAsync(string text, InferenceOptions options) =>
        DictionaryInference.Infer(await ProfileAsync(text, options.Specials), options);

    private static async Task<Outcome<InferredDictionary>> InferFileAsync(string path, InferenceOptions options)
    {
        await using var reader = (await TabularFile.OpenAsync(RealData.File(path), FileReadOptions.Default, TestContext.Current.CancellationToken)).Value;
        var profile = await FileProfile.ReadAsync(reader, options.Specials, TestContext.Current.CancellationToken);
        return DictionaryInference.Infer(profile.Value, options);
    }
}
