using System.Text;
using CreditWorkbench.Core.Intake;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

public sealed class ColumnDetectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Outcomes => new()
    {
        { "heloc/heloc.csv", "RiskPerformance", "Bad" },
        { "gmsc/cs-training.csv.zip", "SeriousDlqin2yrs", "1" },
        { "taiwan-credit-card/credit_raw.csv", "default payment next month", "1" },
        { "german/german.data", "c21", "2" },
        { "credit-risk/credit_risk_dataset.csv.gz", "loan_status", "1" },
        { "polish-1year/1year.arff.gz", "bankruptcy", "1" },
        { "lending-club-2018/lendingclub.csv.gz", "loan_status", "1" },
        { "hmda/hmda_train_preprocessed.zip", "high_priced", "1" },
        { "pakdd2009/creditscoring2.csv.gz", "TARGET_LABEL_BAD=1", "1" },
        { "south-german/SouthGermanCredit.asc", "kredit", "0" },
    };

    [Theory, MemberData(nameof(Outcomes))]
    public async Task Propose_RealFile_FindsTheOutcomeAndItsBadValue(string file, string target, string bad)
    {
        var inspection = await InspectAsync(RealData.File(file));

        var proposed = Assert.Single(inspection.Columns, column => column.Part == ColumnPart.Target);

        Assert.Equal((target, bad), (proposed.Profile.Name, proposed.BadValue));
    }

    [Fact]
    public async Task Propose_Heloc_FindsThreeBureauCodesInEveryColumnThatHasThem()
    {
        var inspection = await InspectAsync(RealData.File("heloc/heloc.csv"));

        var withCodes = inspection.Columns.Where(column => column.Specials.Count > 0).ToList();

        // 23 inputs, each with -9 on the 588 rows without a bureau record.
        Assert.Equal(23, withCodes.Count);
        Assert.All(withCodes, column => Assert.Equal("-9", column.Specials[0].Code));
        Assert.All(withCodes, column => Assert.All(column.Specials, special => Assert.Contains(special.Code, (string[])["-9", "-8", "-7"])));
        Assert.Equal(["-9", "-8", "-7"], Of(inspection, "MSinceMostRecentDelq").Specials.Select(special => special.Code));
        Assert.Equal(23, Of(inspection, "MSinceMostRecentDelq").Specials[0].Because.Facts[^1]);
    }

    [Fact]
    public async Task Propose_Gmsc_FindsTheCodesOfPastDueCountsAndNothingElse()
    {
        var inspection = await InspectAsync(RealData.File("gmsc/cs-training.csv.zip"));

        var withCodes = inspection.Columns.Where(column => column.Specials.Count > 0).ToDictionary(column => column.Profile.Name, column => column.Specials);

        Assert.Equal(["NumberOfTime30-59DaysPastDueNotWorse", "NumberOfTime60-89DaysPastDueNotWorse", "NumberOfTimes90DaysLate"], withCodes.Keys.Order(StringComparer.Ordinal));
        Assert.All(withCodes.Values, codes => Assert.Equal([("96", 5L), ("98", 264L)], codes.Select(code => (code.Code, code.Rows))));
        Assert.Equal(ColumnPart.Id, inspection.Columns[0].Part);
    }

    [Theory]
    [InlineData("taiwan-credit-card/credit_raw.csv")]
    [InlineData("german/german.data")]
    [InlineData("credit-risk/credit_risk_dataset.csv.gz")]
    [InlineData("lending-club-2018/lendingclub.csv.gz")]
    [InlineData("polish-1year/1year.arff.gz")]
    public async Task Propose_FileWithoutCodes_ProposesNone(string file)
    {
        var inspection = await InspectAsync(RealData.File(file));

        Assert.Empty(inspection.Columns.Where(column => column.Specials.Count > 0).Select(column => $"{column.Profile.Name}: {string.Join(", ", column.Specials.Select(special => special.Code))}"));
    }

    [Fact]
    public async Task Propose_Taiwan_FindsIdAndWhatIsProtected()
    {
        var inspection = await InspectAsync(RealData.File("taiwan-credit-card/credit_raw.csv"));

        Assert.Equal(ColumnPart.Id, Of(inspection, "ID").Part);
        Assert.Equal(["SEX", "MARRIAGE", "AGE"], inspection.Columns.Where(column => column.Part == ColumnPart.Sensitive).Select(column => column.Profile.Name));
    }

    [Fact]
    public async Task Propose_Hmda_FindsEveryProtectedGroup()
    {
        var inspection = await InspectAsync(RealData.File("hmda/hmda_train_preprocessed.zip"));

        var sensitive = inspection.Columns.Where(column => column.Part == ColumnPart.Sensitive).Select(column => column.Profile.Name).ToList();

        Assert.Superset(new HashSet<string> { "black", "asian", "white", "amind", "hispanic", "male", "female", "hipac", "agegte62" }, sensitive.ToHashSet());
        Assert.Equal(ColumnPart.Id, Of(inspection, "row_id").Part);
    }

    [Fact]
    public async Task Propose_LendingClub_FindsTheDateOfIssue()
    {
        var inspection = await InspectAsync(RealData.File("lending-club-2018/lendingclub.csv.gz"));

        Assert.Equal(ColumnPart.Time, Of(inspection, "issue_d").Part);
    }

    [Theory]
    [InlineData("german/german.data", false)]
    [InlineData("japanese/crx.data", false)]
    [InlineData("heloc/heloc.csv", true)]
    [InlineData("gmsc/cs-training.csv.zip", true)]
    public async Task Inspect_RealFile_TellsHeaderFromRows(string file, bool header)
    {
        var inspection = await InspectAsync(RealData.File(file));

        Assert.Equal(header, inspection.HeaderFound);
        Assert.Equal(FileInspector.PreviewRows, inspection.Preview.Count);
        Assert.All(inspection.Preview, row => Assert.Equal(inspection.Columns.Count, row.Count));
    }

    [Theory]
    [InlineData(new[] { 0, 5, 11, 60, 999, 999 }, "999")]
    [InlineData(new[] { 0, 5, 40, 80, 98, 99 }, "")]
    [InlineData(new[] { 0, 40, 71, 95, 96, 97, 98, 99 }, "")]
    [InlineData(new[] { 0, 5, 11, 60, 999 }, "")]
    [InlineData(new[] { -2, -1, 0, 1, 2, 3 }, "")]
    [InlineData(new[] { -9, -8, 0, 1, 2, 3 }, "-9,-8")]
    [InlineData(new[] { -9, -8, -4711, 1, 2, 3 }, "")]
    [InlineData(new[] { -99, 0, 3, 7, 12, 96, 96, 98 }, "-99,96,98")]
    public async Task Propose_Codes_OnlyWhereTheyLieApart(int[] values, string codes)
    {
        var rows = string.Join('\n', values.Select((value, row) => $"{value},{row % 2}"));

        var inspection = await OfTextAsync($"amount,bad\n{rows}\n");

        Assert.Equal(codes, string.Join(',', Of(inspection, "amount").Specials.Select(special => special.Code)));
    }

    [Fact]
    public async Task Propose_RepeatedCustomers_AreAGroup()
    {
        var rows = string.Join('\n', Enumerable.Range(0, 60).Select(row => $"{row / 2 + 7000},{row * 31 % 17},{row % 3 / 2}"));

        var inspection = await OfTextAsync("customer_id,amount,default\n" + rows);

        Assert.Equal(ColumnPart.Group, Of(inspection, "customer_id").Part);
        Assert.Equal("default", Assert.Single(inspection.Columns, column => column.Part == ColumnPart.Target).Profile.Name);
    }

    [Fact]
    public async Task Propose_DefaultOnFile_IsNoOutcome()
    {
        var rows = string.Join('\n', Enumerable.Range(0, 60).Select(row => $"{(row % 5 == 0 ? "Y" : "N")},{row * 31 % 17},{row % 3 / 2}"));

        var inspection = await OfTextAsync("default_on_file,amount,repaid\n" + rows);

        Assert.NotEqual(ColumnPart.Target, Of(inspection, "default_on_file").Part);
    }

    private static ColumnProposal Of(FileInspection inspection, string column) => inspection.Columns.Single(one => one.Profile.Name == column);

    private static Task<FileInspection> OfTextAsync(string text) => InspectAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static Task<FileInspection> InspectAsync(string path) => InspectAsync(() => new FileStream(path, FileMode.Open, FileAccess.Read));

    private static async Task<FileInspection> InspectAsync(Func<Stream> open)
    {
        var inspected = await FileInspector.InspectAsync(open, null, Cancellation);
        Assert.True(inspected.Succeeded, string.Join(" ", inspected.Problems));
        return inspected.Value;
    }
}
