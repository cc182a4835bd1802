using System.Text;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

public sealed class RecordBinderTests
{
    private static readonly ScorecardDefinition Applications = IntakeDictionary.Applications with
    {
        Read = new ReadRules(["NA"], new Dictionary<string, string> { ["Gaji"] = "income" }, ["$"]),
    };

    private static readonly string[] Header = ["id", "Gaji", "housing", "consistency", "term"];

    [Fact]
    public void Bind_GoodRow_EqualsTheValidator()
    {
        var binder = RecordBinder.Create(Applications, Header, RecordReading.Strict).Value;

        var record = binder.Bind(1, ["7", "$12500000.5", "rent", "-1", "NA"]).Value;

        var expected = new RecordValidator(Applications).Validate(
            new Dictionary<string, RawValue>
            {
                ["income"] = RawValue.OfText("12500000.5"),
                ["housing"] = RawValue.OfText("rent"),
                ["consistency"] = RawValue.OfText("-1"),
            },
            RecordReading.Strict).Value;
        Assert.Equal(expected.Values, record.Values);
        Assert.Equal(["id"], binder.UnknownColumns);
    }

    [Fact]
    public void Cell_Utf8AndChars_GiveTheSameRecord()
    {
        var binder = RecordBinder.Create(Applications, Header, RecordReading.Strict).Value;
        string[] cells = ["8", "250", "owned", "0.25", "12.0"];
        var fromTexts = binder.Bind(1, cells).Value;

        binder.Begin(1);
        for (var column = 0; column < cells.Length; column++) binder.Cell(column, Encoding.UTF8.GetBytes(cells[column]));
        var fromBytes = binder.End().Value;

        Assert.Equal(fromTexts.Values, fromBytes.Values);
    }

    [Fact]
    public void Bind_BadRow_NamesRowFieldAndRemedyForEveryProblem()
    {
        var binder = RecordBinder.Create(Applications, Header, RecordReading.Strict).Value;

        var problems = binder.Bind(214, ["9", "12,5O0", "tent", "0.5", "72"]).Problems;

        Assert.Equal("Row 214, income: \"12,5O0\" is not a number. The letter O stands where a zero should be.", problems[0].ToString());
        Assert.Equal(["field.notNumber", "field.category", "field.range"], problems.Select(problem => problem.Code));
        Assert.True(binder.Bind(215, ["9", "1", "rent", "", ""]).Succeeded);
    }

    [Fact]
    public void Bind_RequiredBlank_IsRefusedForScoringAndAcceptedForTraining()
    {
        var scoring = RecordBinder.Create(Applications, Header, RecordReading.Strict).Value;
        var training = RecordBinder.Create(Applications, Header, RecordReading.Training).Value;

        Assert.Equal("field.required", Assert.Single(scoring.Bind(3, ["9", "", "rent", "0.5", "12"]).Problems).Code);
        Assert.True(training.Bind(3, ["9", "", "rent", "0.5", "12"]).Succeeded);
    }

    [Fact]
    public void Create_MissingOrDoubledColumn_IsRefused()
    {
        var missing = RecordBinder.Create(Applications, ["incom", "term"], RecordReading.Strict).Problems;
        var doubled = RecordBinder.Create(Applications, ["Gaji", "income"], RecordReading.Strict).Problems;

        Assert.Equal("income: The file has no column income. Rename the column incom.", Assert.Single(missing).ToString());
        Assert.Equal("column.duplicate", Assert.Single(doubled).Code);
    }

    [Fact]
    public async Task Bind_RowsOfAFile_ReadsMissingTokensAndRejectsBadRows()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var file = new MemoryStream("id;Gaji;housing;consistency;term\n1;100;rent;NaN;12\n2;?;rent;0.5;12\n3;300;'rent';0.5;12\n"u8.ToArray());
        await using var rows = (await TabularFile.OpenAsync(file, new FileReadOptions(), cancellation)).Value;
        var binder = RecordBinder.Create(Applications, [.. rows.Columns.Select(column => column.Name)], RecordReading.Strict).Value;
        var outcomes = new List<string>();

        while (await rows.ReadAsync(cancellation) == RowState.Row)
        {
            var bound = binder.Bind(rows);
            outcomes.Add(bound.Succeeded ? bound.Value["consistency"].ToString() : bound.Problems[0].Code);
        }

        Assert.Equal(["missing", "field.required", "field.category"], outcomes);
    }
}
