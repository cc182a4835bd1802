using CreditWorkbench.Web.Components.Controls;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+cmd", "'+cmd")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("\u221238.4", "-38.4")]
    [InlineData("+24.6", "+24.6")]
    [InlineData("Dewi, Anggraini", "\"Dewi, Anggraini\"")]
    public void Cell_OfATable_NeverRunsInASpreadsheet(string value, string expected)
    {
        using var culture = new InCulture("en");

        Assert.Equal(expected, Csv.Cell(value));
    }

    [Fact]
    public void Write_Table_HasHeaderRowsAndOrigin() =>
        Assert.Equal("\uFEFFFactor,Points\r\nIncome,12\r\n# Case 7\r\n", Csv.Write(["Factor", "Points"], [["Income", "12"]], "Case 7"));
}
