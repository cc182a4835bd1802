using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

public sealed class RecordValidatorTests
{
    private static readonly RecordValidator Validator = new(IntakeDictionary.Applications);
    private static readonly RecordReading English = RecordReading.Form(new CultureInfo("en-US"));
    private static readonly RecordReading Indonesian = RecordReading.Form(new CultureInfo("id-ID"));

    [Fact]
    public void Validate_GoodTexts_GiveTypedValues()
    {
        var outcome = Validator.Validate(Texts(
            ("income", "12500000.5"), ("term", "24"), ("consistency", "-2"), ("housing", "rent"), ("channel", "2.0"), ("owner", "Yes"),
            ("opened", "2024-02-29"), ("seen", "2024-02-29T12:00:00Z"), ("national_id", "3174010203040506")), RecordReading.Strict);

        var record = outcome.Value;
        Assert.Equal(InputValue.OfNumber(12_500_000.5), record["income"]);
        Assert.Equal(InputValue.OfNumber(24), record["term"]);
        Assert.Equal(InputValue.OfSpecial(2), record["consistency"]);
        Assert.Equal(InputValue.OfNumber(1), record["housing"]);
        Assert.Equal(InputValue.OfNumber(1), record["channel"]);
        Assert.Equal(InputValue.OfNumber(1), record["owner"]);
        Assert.Equal(InputValue.OfNumber(new DateOnly(2024, 2, 29).DayNumber), record["opened"]);
        Assert.Equal(InputValue.OfNumber(new DateOnly(2024, 2, 29).DayNumber + 0.5), record["seen"]);
        Assert.Equal("3174010203040506", record["national_id"].Text);
    }

    [Fact]
    public void Validate_ManyFaults_ReportsAllAtOnceInOrder()
    {
        var outcome = Validator.Validate(Texts(
            ("term", "72"), ("consistency", "1.5"), ("housing", "rented"), ("owner", "perhaps"), ("opened", "29/02/2023"), ("seen", "noon"), ("national_id", "12"), ("branch2", "x")), RecordReading.Strict);

        Assert.Equal(
            ["field.required", "field.range", "field.range", "field.category", "field.flag", "field.date", "field.date", "field.pattern", "field.unknown"],
            outcome.Problems.Select(problem => problem.Code));
        Assert.Equal(
            ["income", "term", "consistency", "housing", "owner", "opened", "seen", "national_id", "branch2"],
            outcome.Problems.Select(problem => problem.Field));
        Assert.All(outcome.Problems, problem => Assert.False(string.IsNullOrEmpty(problem.Remedy) && problem.Code != "field.pattern"));
    }

    [Fact]
    public void Range_Outside_StatesValueAndLimits()
    {
        var problem = Validator.Check("term", RawValue.OfText("72"), RecordReading.Strict)!;

        Assert.Equal("term: Term is 72 months. Allowed: 6 to 60.", problem.ToString());
        Assert.Equal((6, 60), (problem.Minimum, problem.Maximum));
    }

    [Fact]
    public void Category_NearMiss_SuggestsTheCode()
    {
        var problem = Validator.Check("housing", RawValue.OfText("Rent"), RecordReading.Strict)!;

        Assert.Equal("rent", problem.Suggestion);
        Assert.Equal(["owned", "rent", "other"], problem.Allowed);
    }

    [Fact]
    public void Category_Open_ReadsUnlistedAsLastWithNote()
    {
        var notes = new List<Problem>();

        var record = Validator.Validate(Texts(("income", "1"), ("channel", "teletext")), RecordReading.Strict, notes).Value;

        Assert.Equal(2, record["channel"].Number);
        Assert.Equal("field.category.other", Assert.Single(notes).Code);
    }

    [Theory]
    [InlineData("12,5O0", "The letter O stands where a zero should be.")]
    [InlineData("1l00", "A letter stands where the digit one should be.")]
    [InlineData("abc", "Use digits, and a point before decimals in files.")]
    [InlineData("NaN", "Use digits, and a point before decimals in files.")]
    [InlineData("1e999", "Use digits, and a point before decimals in files.")]
    public void Number_NotReadable_SaysWhy(string given, string remedy)
    {
        var problem = Validator.Check("income", RawValue.OfText(given), RecordReading.Strict)!;

        Assert.Equal("field.notNumber", problem.Code);
        Assert.Equal($"\"{given}\" is not a number.", problem.Message);
        Assert.Equal(remedy, problem.Remedy);
    }

    [Fact]
    public void Number_GroupedInFileOrApi_IsRefused()
    {
        Assert.Equal("field.notNumber", Validator.Check("income", RawValue.OfText("2,150,000"), RecordReading.Strict)!.Code);
        Assert.Equal("field.notNumber", Validator.Check("income", RawValue.OfText("Rp 2.150.000"), RecordReading.Strict)!.Code);
    }

    [Theory]
    [InlineData("Rp 2.150.000", 2_150_000)]
    [InlineData("Rp2.150.000", 2_150_000)]
    [InlineData("2,150,000", 2_150_000)]
    [InlineData("2.150.000,50", 2_150_000.5)]
    [InlineData("2,150,000.50", 2_150_000.5)]
    [InlineData("2 150 000", 2_150_000)]
    [InlineData("IDR 750000", 750_000)]
    [InlineData("0,125", 0.125)]
    [InlineData("12,5", 12.5)]
    public void Number_TypedEitherWay_IsReadInBothCultures(string typed, double expected)
    {
        foreach (var form in (RecordReading[])[English, Indonesian])
        {
            var record = Validator.Validate(Texts(("income", typed)), form).Value;

            Assert.Equal(expected, record["income"].Number);
        }
    }

    [Fact]
    public void Number_OneSeparatorBeforeThreeDigits_FollowsTheCulture()
    {
        Assert.Equal(2150, Validator.Validate(Texts(("income", "2.150")), Indonesian).Value["income"].Number);
        Assert.Equal(2.15, Validator.Validate(Texts(("income", "2.150")), English).Value["income"].Number);
    }

    [Theory]
    [InlineData("2.15.000")]
    [InlineData("1,2345,678")]
    [InlineData(".")]
    [InlineData("Rp")]
    [InlineData("12 apples")]
    [InlineData("--5")]
    [InlineData("1.000.00,5,0")]
    public void Number_BrokenGrouping_IsRefused(string typed)
    {
        Assert.Equal("field.notNumber", Validator.Check("income", RawValue.OfText(typed), Indonesian)!.Code);
    }

    [Fact]
    public void TypedValues_WrongKind_AreRefused()
    {
        Assert.Equal("field.type", Validator.Check("income", RawValue.OfTruth(true), RecordReading.Strict)!.Code);
        Assert.Equal("field.notInteger", Validator.Check("term", RawValue.OfNumber(12.5), RecordReading.Strict)!.Code);
        Assert.Equal("field.flag", Validator.Check("owner", RawValue.OfNumber(2), RecordReading.Strict)!.Code);
        Assert.Equal("field.special", Validator.Check("income", RawValue.OfSpecial("tag1"), RecordReading.Strict)!.Code);
        Assert.Null(Validator.Check("consistency", RawValue.OfSpecial("tag1"), RecordReading.Strict));
        Assert.Throws<ArgumentException>(() => Validator.Check("nobody", RawValue.Missing, RecordReading.Strict));
    }

    [Fact]
    public void PersonalData_Refused_IsNotRepeated()
    {
        var problem = Validator.Check("national_id", RawValue.OfText("31740102030405067"), RecordReading.Strict)!;

        Assert.DoesNotContain("3174", problem.ToString());
        Assert.Null(problem.Given);
    }

    [Fact]
    public void ClosedSource_ValueAndDemand_AreDropped()
    {
        var closed = RecordReading.Strict with { ClosedSources = new HashSet<string> { "declared" } };

        var record = Validator.Validate(Texts(("income", "abc"), ("consistency", "0.5")), closed).Value;

        Assert.Equal(InputValueKind.Missing, record["income"].Kind);
        Assert.Equal(0.5, record["consistency"].Number);
    }

    private static Dictionary<string, RawValue> Texts(params (string Name, string Text)[] values) =>
        values.ToDictionary(value => value.Name, value => RawValue.OfText(value.Text));
}
