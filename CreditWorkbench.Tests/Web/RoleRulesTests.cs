using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class RoleRulesTests : IDisposable
{
    private readonly InCulture _culture = new("en");

    [Theory]
    [InlineData(Roles.LoanOfficer)]
    [InlineData(Roles.LoanOfficer, Roles.SeniorOfficer)]
    [InlineData(Roles.Admin, Roles.RiskAnalyst)]
    [InlineData(Roles.Auditor, Roles.Viewer)]
    [InlineData(Roles.Applicant)]
    public void Conflicts_OfRolesThatGoTogether_AreNone(params string[] roles) => Assert.Empty(RoleRules.Conflicts(roles));

    [Theory]
    [InlineData("Risk analyst and Loan officer exclude each other", Roles.RiskAnalyst, Roles.LoanOfficer)]
    [InlineData("Admin and Credit committee exclude each other", Roles.Admin, Roles.CreditCommittee)]
    [InlineData("An auditor reads and changes nothing", Roles.Auditor, Roles.LoanOfficer)]
    [InlineData("Applicant stands alone", Roles.Applicant, Roles.Viewer)]
    [InlineData("Choose at least one role")]
    public void Conflicts_OfRolesThatExcludeEachOther_AreExplained(string words, params string[] roles) =>
        Assert.Contains(RoleRules.Conflicts(roles), reason => reason.StartsWith(words, StringComparison.Ordinal));

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Linux")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Safari/604.1", "Safari, iPhone")]
    [InlineData("curl/8.5", "curl/8.5")]
    public void Device_OfAnAgent_IsNamedForPeople(string agent, string words) => Assert.Equal(words, Device.Of(agent));

    [Fact]
    public void Glossary_EveryTerm_HasATopicThatIsListedAndSaysSomethingInEachLanguage()
    {
        Assert.All(Glossary.Terms, term => Assert.Contains(term.Topic, Glossary.Topics));
        foreach (var language in Texts.Languages)
        {
            using var here = new InCulture(language);
            Assert.All(Glossary.Terms, term => Assert.True(term.Name.Length > 0 && term.What.Length > 20 && term.Do.Length > 10, $"{term.Key} ({language})"));
        }
    }

    [Theory]
    [InlineData("chance bad higher", "auc")]
    [InlineData("BLIND", null)]
    [InlineData("grade", "grade")]
    public void Glossary_Search_FindsTermsByEveryWord(string words, string? first) =>
        Assert.Equal(first, Glossary.Search(words) is [var best, ..] ? best.Key : null);

    public void Dispose() => _culture.Dispose();
}
