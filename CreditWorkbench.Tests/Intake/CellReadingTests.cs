using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Intake;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

public sealed class CellReadingTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-17", -17)]
    [InlineData("+2.50", 2.5)]
    [InlineData(" .5 ", 0.5)]
    [InlineData("1e-3", 0.001)]
    [InlineData("123456789012345678901", 123456789012345678901.0)]
    public void TryInvariant_Number_IsRead(string cell, double expected)
    {
        var read = NumberCell.TryInvariant(Encoding.UTF8.GetBytes(cell), out var value);

        Assert.True(read);
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1,5")]
    [InlineData("12,5O0")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    [InlineData("0x1F")]
    [InlineData("1 2")]
    [InlineData("--1")]
    public void TryInvariant_Anything_Else_IsNoNumber(string cell)
    {
        Assert.False(NumberCell.TryInvariant(Encoding.UTF8.GetBytes(cell), out _));
    }

    [Fact]
    public void TryInvariant_RandomDoubles_AreReadBitForBitAsTheFrameworkReadsThem()
    {
        var random = new Random(5);

        for (var i = 0; i < 20_000; i++)
        {
            var value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20));
            var text = value.ToString(random.Next(3) switch { 0 => "R", 1 => "F6", _ => "G9" }, CultureInfo.InvariantCulture);

            Assert.True(NumberCell.TryInvariant(Encoding.UTF8.GetBytes(text), out var read), text);
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), read);
        }
    }

    [Theory]
    [InlineData("1.234,5", true, 1234.5)]
    [InlineData("12,5", true, 12.5)]
    [InlineData("2,150,000", true, 2_150_000)]
    [InlineData("1,234.5", true, 1234.5)]
    [InlineData("1,234", false, 0)]
    [InlineData("1.234.567,8", true, 1_234_567.8)]
    [InlineData("12,34,567", false, 0)]
    [InlineData("1.5,", false, 0)]
    public void TryUnambiguous_Commas_CountOnlyWhenTheyMeanOneThing(string cell, bool expected, double value)
    {
        var read = NumberCell.TryUnambiguous(Encoding.UTF8.GetBytes(cell), out var number);

        Assert.Equal(expected, read);
        if (expected) Assert.Equal(value, number);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("NA", true)]
    [InlineData("N/A", true)]
    [InlineData("nan", true)]
    [InlineData("NaN", true)]
    [InlineData("null", true)]
    [InlineData("None", true)]
    [InlineData("?", true)]
    [InlineData(".", true)]
    [InlineData("none", false)]
    [InlineData("0", false)]
    [InlineData("NAN1", false)]
    [InlineData("Missing", false)]
    public void IsMissing_KnownTokens_AndNothingElse(string cell, bool missing)
    {
        Assert.Equal(missing, CellText.IsMissing(Encoding.UTF8.GetBytes(cell)));
    }

    [Theory]
    [InlineData("2018-05-01", DateFormat.YearFirst, true)]
    [InlineData("2018/5/1", DateFormat.YearFirst, true)]
    [InlineData("2018-05-01T10:20:30Z", DateFormat.YearFirst, true)]
    [InlineData("20180501", DateFormat.Compact, true)]
    [InlineData("1.5.2018", DateFormat.DayFirst, true)]
    [InlineData("5/1/2018", DateFormat.MonthFirst, true)]
    [InlineData("180501", DateFormat.ShortCompact, true)]
    [InlineData("2018-02-30", DateFormat.YearFirst, false)]
    [InlineData("2018-05-01 late", DateFormat.YearFirst, false)]
    [InlineData("18-05-01", DateFormat.YearFirst, false)]
    public void TryRead_Date_InTheFormatOfItsColumn(string cell, DateFormat format, bool expected)
    {
        var read = DateCell.TryRead(Encoding.UTF8.GetBytes(cell), format, out var date);

        Assert.Equal(expected, read);
        if (expected) Assert.Equal(new DateOnly(2018, 5, 1), date);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1.0", 1)]
    [InlineData("b'1'", 1)]
    [InlineData("'1'", 1)]
    [InlineData(" 1 ", 1)]
    [InlineData("0", 0)]
    [InlineData("10", 0)]
    [InlineData("Bad", 0)]
    public void ClassOf_BadOne_MatchesEverySpellingOfOne(string cell, int expected)
    {
        Assert.Equal(expected, OutcomeLabels.Bad(["1"]).ClassOf(Encoding.UTF8.GetBytes(cell)));
    }

    [Fact]
    public void ClassOf_MissingCell_HasNoClass()
    {
        Assert.Null(OutcomeLabels.Bad(["1"]).ClassOf("NA"u8));
        Assert.Null(OutcomeLabels.Bad(["1"]).ClassOf(""u8));
    }

    [Fact]
    public void Parse_SpecialCodes_ForEveryColumnAndForSingleOnes()
    {
        var everywhere = SpecialCodeList.Parse("-9,-8,-7").Value;
        var single = SpecialCodeList.Parse("a:96, 98; b:c:999;d:;-1").Value;

        Assert.Equal(["-9", "-8", "-7"], everywhere.For("anything"));
        Assert.Equal(["96", "98"], single.For("a"));
        Assert.Equal(["999"], single.For("b:c"));
        Assert.Empty(single.For("d"));
        Assert.Equal(["-1"], single.For("other"));
    }

    [Theory]
    [InlineData(":5")]
    [InlineData("a:1;a:2")]
    [InlineData(",")]
    public void Parse_BrokenSpecialCodes_AreRefusedWithTheSyntax(string text)
    {
        var problem = Assert.Single(SpecialCodeList.Parse(text).Problems);

        Assert.Equal("special.syntax", problem.Code);
        Assert.Contains("COL:96,98", problem.Remedy, StringComparison.Ordinal);
    }
}
