using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

public sealed class SettingsTests
{
    [Fact]
    public void DataDirectory_NotSet_IsAppDataUnderTheContentRoot()
    {
        var options = Of();

        Assert.Equal((Path.Combine("/srv", "workbench", "App_Data"), StoreProvider.Sqlite), (options.DataDirectory, options.Provider));
    }

    [Fact]
    public void DataDirectory_Relative_LiesUnderTheContentRoot() => Assert.Equal(Path.Combine("/srv", "workbench", "elsewhere"), Of(("Workbench:DataDirectory", "elsewhere")).DataDirectory);

    [Fact]
    public void DataOption_Relative_LiesWhereItWasTyped() =>
        Assert.Equal([$"--Workbench:DataDirectory={Path.Combine(Environment.CurrentDirectory, "here")}"], WorkbenchHost.ArgumentsFor("here"));

    [Theory]
    [InlineData("oracle", "the provider is 'oracle'")]
    [InlineData("postgres", "PostgreSQL needs a connection string")]
    public void Provider_NotUsable_IsRefusedByNameOfTheSetting(string provider, string message)
    {
        var refused = Assert.Throws<StartRefusedException>(() => Of(("Workbench:Provider", provider)));

        Assert.Contains(message, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("Workbench:", refused.Problems.Single().Field, StringComparison.Ordinal);
    }

    [Fact]
    public void TableMiB_Set_CapsTheTables()
    {
        Assert.Equal(256L << 20, TablesOf(null).TableBytes);
        Assert.Equal(64L << 20, TablesOf("64").TableBytes);
        Assert.Equal(0, TablesOf("0").TableBytes);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("much")]
    [InlineData("99999999")]
    public void TableMiB_NotUsable_IsRefusedByNameOfTheSetting(string size)
    {
        var refused = Assert.Throws<StartRefusedException>(() => TablesOf(size));

        Assert.Equal("Workbench:Explanation:TableMiB", refused.Problems.Single().Field);
    }

    private static ExplanationLimits TablesOf(string? size) =>
        ExplanationSettings.From(new ConfigurationBuilder().AddInMemoryCollection([new("Workbench:Explanation:TableMiB", size)]).Build());

    private static StoreOptions Of(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();
        return StoreSettings.From(configuration, Path.Combine("/srv", "workbench"));
    }
}
