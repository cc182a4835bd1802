using CreditWorkbench.Tests.Browser;
using CreditWorkbench.Web.Identity;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>A page that nobody looks at fails here, also where no browser is installed.</summary>
public sealed class PageSampleTests
{
    public static TheoryData<string> Routes => [.. AccessTable.Pages.Keys];

    [Theory, MemberData(nameof(Routes))]
    public void Page_OfTheAccessTable_HasAnAddressToLookAt(string route) => Assert.DoesNotContain('{', PageSamples.Any.Address(route));

    [Fact]
    public void Page_WithASlotWithoutASample_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => PageSamples.Any.Address("/nothing/{Id:guid}"));
}
