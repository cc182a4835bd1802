using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Queue;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CreditWorkbench.Tests.Queue;

/// <summary>Settings of queues, batches and webhooks are read at start; what is wrong is named and never repeated where it may hold a password.</summary>
public sealed class FlowSettingsTests
{
    [Theory]
    [InlineData("Workbench:Queue:Uri", "http://somebody:secret@example.com/")]
    [InlineData("Workbench:Queue:Uri", "secret")]
    [InlineData("Workbench:Queue:Prefix", "a b")]
    [InlineData("Workbench:Queue:Prefetch", "0")]
    [InlineData("Workbench:Queue:Client", "sari")]
    [InlineData("Workbench:Queue:Consume", "maybe")]
    [InlineData("Workbench:Batches:KeepDays", "0")]
    [InlineData("Workbench:Webhooks:KeepDays", "soon")]
    [InlineData("Workbench:Predictions:KeepDays", "1826")]
    [InlineData("Workbench:Webhooks:Private", "everything")]
    public void Setting_ThatIsWrong_IsRefusedByItsName(string setting, string value)
    {
        var configuration = Of((setting, value));

        var refused = Assert.Throws<StartRefusedException>(() =>
        {
            QueueSettings.From(configuration);
            FlowSettings.From(configuration);
        });

        Assert.Equal((setting, "setting.invalid"), (refused.Problems[0].Field, refused.Problems[0].Code));
        Assert.DoesNotContain("secret", refused.Problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_LeftOut_AreTheStoreAndNoPrivateNetworks()
    {
        var (queue, flows) = (QueueSettings.From(Of()), FlowSettings.From(Of()));

        Assert.Equal((null, "workbench", (ushort)16, true), (queue.Uri, queue.Prefix, queue.Prefetch, queue.Consume));
        Assert.Equal((PrivateNetworks.None, 30.0), (flows.Networks, flows.KeepBatches.TotalDays));
        Assert.Equal(PrivateNetworks.Loopback, FlowSettings.From(Of(("Workbench:Demo", "true"))).Networks);
    }

    [Fact]
    public void Settings_Given_AreRead()
    {
        var queue = QueueSettings.From(Of(("Workbench:Queue:Uri", "amqps://somebody:secret@queue.example.com:5671/credit"), ("Workbench:Queue:Prefix", "credit"), ("Workbench:Queue:Prefetch", "32"), ("Workbench:Queue:Consume", "false")));

        Assert.Equal(("queue.example.com", "credit", (ushort)32, false), (queue.Uri!.Host, queue.Prefix, queue.Prefetch, queue.Consume));
    }

    private static IConfiguration Of(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value))).Build();
}
