using CreditWorkbench.Web.Components;
using CreditWorkbench.Web.Resources;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class FormatsTests
{
    [Theory]
    [InlineData("1000000000000000", true, false)]
    [InlineData("1000000000000001", false, false)]
    [InlineData("-99999999999999999999999", false, false)]
    [InlineData("2147483648", true, false)]
    [InlineData("24", true, true)]
    [InlineData("", false, false)]
    public void Typed_OfAnySize_IsReadOrRefusedAndNeverThrows(string text, bool isNumber, bool isWhole)
    {
        Assert.Equal(isNumber, Typed.TryDecimal(text, out _));
        Assert.Equal(isWhole, Typed.TryWhole(text, out _));
    }

    [Theory]
    [InlineData("en", "60000000", "60,000,000")]
    [InlineData("en", "1234.56", "1,234.56")]
    [InlineData("id", "1234.5", "1.234,5")]
    [InlineData("id", "12000", "12.000")]
    public void Amount_InAField_ReadsBackAsWhatItIs(string language, string amount, string expected)
    {
        using var culture = new InCulture(language);
        var stated = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);

        var text = Typed.Amount(stated);

        Assert.Equal(expected, text);
        Assert.True(Typed.TryDecimal(text, out var read));
        Assert.Equal(stated, read);
    }

    [Theory]
    [InlineData("en", "1,284.5", "5.9\u00A0%", "Rp\u00A060,000,000", "Rp\u00A01.92\u00A0bn", "\u221238.4")]
    [InlineData("id", "1.284,5", "5,9\u00A0%", "Rp60.000.000", "Rp1,92\u00A0M", "\u221238,4")]
    public void Formats_ByCulture_FollowTheDesign(string language, string number, string share, string money, string shortMoney, string points)
    {
        using var culture = new InCulture(language);

        Assert.Equal(number, Formats.Number(1284.5));
        Assert.Equal(share, Formats.Percent(0.059));
        Assert.Equal(money, Formats.Money(60_000_000));
        Assert.Equal(shortMoney, Formats.ShortMoney(1_920_000_000));
        Assert.Equal(points, Formats.Signed(-38.4));
    }

    [Theory]
    [InlineData(24.6, "+24.6")]
    [InlineData(0.04, "0.0")]
    [InlineData(-0.04, "0.0")]
    public void Signed_SmallPoints_CarryNoSignWhenTheyRoundToZero(double points, string expected)
    {
        using var culture = new InCulture("en");

        Assert.Equal(expected, Formats.Signed(points));
    }

    [Fact]
    public void Duration_OverAnHour_NamesHoursAndMinutes()
    {
        using var culture = new InCulture("en");

        Assert.Equal("2 h 05 min", Formats.Duration(TimeSpan.FromMinutes(125)));
        Assert.Equal("0 min", Formats.Duration(TimeSpan.FromMinutes(-3)));
    }

    [Fact]
    public void Time_InTheOrganisationsZone_IsShifted()
    {
        using var culture = new InCulture("en");
        var zone = TimeZoneInfo.CreateCustomTimeZone("WIB", TimeSpan.FromHours(7), "WIB", "WIB");

        Assert.Equal("20 Nov 2026, 09:42", Formats.Time(new DateTimeOffset(2026, 11, 20, 2, 42, 0, TimeSpan.Zero), zone));
    }

    [Fact]
    public void Short_LongHash_KeepsItsEnd() => Assert.Equal("c41e\u20267a90", Formats.Short("c41e00112233445566777a90"));
}
