using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Browser tests share one served workbench and run one after another, alone: what a person would wait for is then not waited for behind the training of models.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[TellPages]
public sealed class BrowserGroup : ICollectionFixture<WorkbenchProcess>, ICollectionFixture<Chromium>
{
    /// <summary>Name of the group.</summary>
    public const string Name = "browser";
}
