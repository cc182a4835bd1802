using CreditWorkbench.Core.Intake;
using Xunit;

namespace CreditWorkbench.Tests.Intake;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=cmd()", "'=cmd()")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+1+cmd", "'+1+cmd")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("-7.5", "-7.5")]
    [InlineData("+1e3", "+1e3")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void Harmless_OfAnything_NeverBeginsAFormula(string text, string expected) => Assert.Equal(expected, CsvText.Harmless(text));
}
