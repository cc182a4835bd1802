using System.Diagnostics;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

/// <summary>A process that writes scores is killed; nothing that it acknowledged is lost.</summary>
public sealed class KillTests(PostgresServer server)
{
    private const string Instruction = "WORKBENCH_KILL_TEST";
    private const int EnoughScores = 25;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Kill_WhileScoresAreWritten_LosesNoAcknowledgedRowAndTheChainVerifies(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var acknowledged = Path.Combine(store.Options.DataDirectory, "acknowledged.txt");
        using var writer = StartWriter(store.Options, acknowledged);

        while (Lines(acknowledged).Length < EnoughScores)
        {
            Assert.False(writer.HasExited, "The writer ended by itself.");
            await Task.Delay(20, Now);
        }

        writer.Kill();
        await writer.WaitForExitAsync(Now);
        store.Time.Advance(TimeSpan.FromMinutes(1)); // the dead sequencer's lease runs out
        await store.MigrateAsync();
        await store.Sequencer.SequenceAsync(Now);

        foreach (var id in Lines(acknowledged)) Assert.NotNull(await store.Scores.FindAsync(Guid.Parse(id), Now));
        var applications = (await store.Applications.SearchAsync(new ApplicationQuery { PageSize = 10_000 }, Now)).Items;
        foreach (var scored in applications.Where(application => application.State == ApplicationState.Scored)) Assert.NotNull(await store.Scores.FindAsync(scored.ScoreId!.Value, Now));
        var issued = (await store.Reader.SearchAsync(new("application.scored") { Take = 10_000 }, Now)).Count;
        Assert.Equal(applications.Count(application => application.State == ApplicationState.Scored), issued);
        var result = await store.Reader.VerifyAsync(Now);
        Assert.Equal((true, 0), (result.Intact, result.Pending));
    }

    /// <summary>What the killed process does: not a test of its own, it runs only when the test above starts it.</summary>
    [Fact(Explicit = true)]
    public async Task Writer()
    {
        var instruction = Environment.GetEnvironmentVariable(Instruction);
        Assert.SkipWhen(instruction is null, "Started by the kill test only.");
        var parts = instruction!.Split('\n');
        await using var store = TestStore.Existing(new StoreOptions { Provider = Enum.Parse<StoreProvider>(parts[0]), DataDirectory = parts[1], ConnectionString = parts[2].Length > 0 ? parts[2] : null });
        var applicant = Sample.Applicant();
        await store.Applicants.AddAsync(applicant, Sample.Audit(), Now);
        await using var acknowledged = new StreamWriter(parts[3]) { AutoFlush = true };
        while (true)
        {
            var application = await store.Applications.AddAsync(Sample.Application(applicant.Id), Sample.Audit("application.opened"), Now);
            var score = Sample.Score(application);
            await store.Scores.IssueAsync(score, application with { State = ApplicationState.Scored }, Sample.Audit("application.scored"), Now);
            await acknowledged.WriteLineAsync(score.Id.ToString());
            await store.Sequencer.SequenceAsync(Now);
        }
    }

    private static Process StartWriter(StoreOptions options, string acknowledged)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(KillTests).Assembly.Location, "-method", $"{typeof(KillTests).FullName}.{nameof(Writer)}", "-explicit", "only" },
            Environment = { [Instruction] = string.Join('\n', options.Provider, options.DataDirectory, options.ConnectionString, acknowledged) },
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    // The last line may be half written.
    private static string[] Lines(string path)
    {
        if (!File.Exists(path)) return [];
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = file.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
