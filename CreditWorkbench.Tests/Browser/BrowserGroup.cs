using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Browser tests share one served workbench and run one after another.</summary>
[CollectionDefinition(Name)]
[TellPages]
public sealed class BrowserGroup : ICollectionFixture<WorkbenchProcess>, ICollectionFixture<Chromium>
{
    /// <summary>Name of the group.</summary>
    public const string Name = "browser";
}
