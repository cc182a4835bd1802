using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

[Collection(CommandCollection.Name)]
public sealed class JobsCommandTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_QueuedThenCancelled_AreListedAndCancelledOnce()
    {
        using var folder = new TemporaryFolder();
        var id = await EnqueueAsync(folder.Path);

        var (waiting, cancelled, again) = (
            await CommandRoom.RunOnAsync(folder.Path, "jobs", "list", "--state", "queued", "--json", folder.File("jobs.json")),
            await CommandRoom.RunOnAsync(folder.Path, "jobs", "cancel", id.ToString()), await CommandRoom.RunOnAsync(folder.Path, "jobs", "cancel", id.ToString()));
        var nothing = await CommandRoom.RunOnAsync(folder.Path, "jobs", "list", "--state", "queued");

        Assert.Equal((0, 0, 1, 0), (waiting.Code, cancelled.Code, again.Code, nothing.Code));
        Assert.Contains($"{id}  ", waiting.Out, StringComparison.Ordinal);
        Assert.Contains("Nobody does this", waiting.Out, StringComparison.Ordinal);
        Assert.Contains("\"state\": \"queued\"", await File.ReadAllTextAsync(folder.File("jobs.json"), Now), StringComparison.Ordinal);
        Assert.Contains("[job.ended]", again.Error, StringComparison.Ordinal);
        Assert.Equal("", nothing.Out);
    }

    [Fact]
    public async Task Worker_NothingThatItCanDo_DrainsAtOnceAndLeavesTheRest()
    {
        using var folder = new TemporaryFolder();
        await EnqueueAsync(folder.Path);

        var run = await CommandRoom.RunOnAsync(folder.Path, "worker", "--drain", "--threads", "2");

        Assert.Equal(0, run.Code);
        Assert.Contains("Nobody does this", (await CommandRoom.RunOnAsync(folder.Path, "jobs", "list", "--state", "queued")).Out, StringComparison.Ordinal);
    }

    private static async Task<Guid> EnqueueAsync(string data)
    {
        await using var app = await WorkbenchHost.OpenAsync(data, Now);
        var job = await app.Services.GetRequiredService<IJobDesk>().EnqueueAsync(new JobRequest("unknown-kind", "Nobody does this", "{}", Permission.ManageJobs), Actor.System, Now);
        return job.Value.Id;
    }
}
