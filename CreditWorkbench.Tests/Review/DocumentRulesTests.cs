using CreditWorkbench.Core.Review;
using Xunit;

namespace CreditWorkbench.Tests.Review;

/// <summary>Which files are accepted, and under which name.</summary>
public sealed class DocumentRulesTests
{
    [Theory]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("89504E470D0A1A0A00", "image/png")]
    [InlineData("FFD8FFE000", "image/jpeg")]
    public void TypeOf_KnownFirstBytes_IsTheirType(string hex, string type) => Assert.Equal(type, DocumentRules.TypeOf(Convert.FromHexString(hex)).Value);

    [Theory]
    [InlineData("", "document.empty")]
    [InlineData("3C68746D6C3E", "document.type")]
    [InlineData("4D5A9000", "document.type")]
    public void TypeOf_AnythingElse_IsRefused(string hex, string code) => Assert.Equal(code, DocumentRules.TypeOf(Convert.FromHexString(hex)).Problems[0].Code);

    [Fact]
    public void TypeOf_OverTheLimit_IsRefusedEvenAsPdf()
    {
        var content = new byte[DocumentRules.MostBytes + 1];
        "%PDF-"u8.CopyTo(content);

        Assert.Equal("document.size", DocumentRules.TypeOf(content).Problems[0].Code);
    }

    [Theory]
    [InlineData("C:\\Users\\a\\payslip.pdf", "payslip.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf")]
    [InlineData("...", "document")]
    public void PlainName_HostileName_LosesItsPathAndSigns(string name, string expected) => Assert.Equal(expected, DocumentRules.PlainName(name));
}
