using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using Xunit;

namespace CreditWorkbench.Tests.Store;

public sealed class LabStoreTests(PostgresServer server)
{
    private static readonly Guid Analyst = Guid.Parse("00000000-0000-7000-8000-0000000000aa");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothStores))]
    public async Task Run_AddedDescribedAndFinished_ReadsBack(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (lab, run) = (store.Get<ILabStore>(), Run());
        await lab.AddAsync(run, Entry("training.started", run), Now);
        var facts = new LabFacts(100, 20, 3, 5, [new LabPartRows(LabPart.Train, 75, 15)], ContentHash.Of("rows"), ContentHash.Of("words"), "test", 2) { Notes = ["A note."] };
        await lab.DescribeAsync(run.Id, facts, Now);
        var summary = new LabSummary([Candidate()], "boosting", ContentHash.Of("record"), 1.5);

        await lab.FinishAsync(run.Id, summary, new Dictionary<string, byte[]> { ["record"] = [1, 2, 3], ["rows"] = Encoding.UTF8.GetBytes("Dewi Anggraini") }, Now);
        await lab.FinishAsync(run.Id, summary with { Chosen = "forest" }, new Dictionary<string, byte[]> { ["record"] = [9] }, Now);

        var read = (await lab.FindAsync(run.Id, Now))!;
        Assert.Equal(("boosting", 1.5, (double?)null), (read.Summary!.Chosen, read.Summary.Seconds, read.Summary.Candidates[0].Test.Precision));
        Assert.Equal((100, 20, "A note."), (read.Facts!.Rows, read.Facts.Bad, read.Facts.Notes[0]));
        Assert.Equal(run.Request.Parameters["boosting"]["trees"], read.Request.Parameters["boosting"]["trees"]);
        Assert.Equal([1, 2, 3], (await lab.PartAsync(run.Id, "record", Now))!);
        Assert.Null(await lab.PartAsync(run.Id, "package:forest", Now));
        Assert.Equal(-1, (await store.BytesAsync(server)).AsSpan().IndexOf("Anggraini"u8));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Runs_Several_AreListedNewestFirst(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (lab, first, second) = (store.Get<ILabStore>(), Run(), Run() with { CreatedAt = DateTimeOffset.UnixEpoch.AddHours(1) });

        await lab.AddAsync(first, Entry("training.started", first), Now);
        await lab.AddAsync(second, Entry("training.started", second), Now);

        Assert.Equal([second.Id, first.Id], (await lab.ListAsync(Now)).Select(run => run.Id));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task TakeJob_ByTwo_SucceedsForOne(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (lab, run, job) = (store.Get<ILabStore>(), Run(), Guid.CreateVersion7());
        await lab.AddAsync(run, Entry("training.started", run), Now);

        Assert.True(await lab.TakeJobAsync(run.Id, run.JobId, job, Entry("training.resumed", run), Now));
        Assert.False(await lab.TakeJobAsync(run.Id, run.JobId, Guid.CreateVersion7(), Entry("training.resumed", run), Now));

        Assert.Equal(job, (await lab.FindAsync(run.Id, Now))!.JobId);
        await store.Sequencer.SequenceAsync(Now);
        Assert.Single(await store.Reader.SearchAsync(new AuditQuery("training.resumed"), Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Acknowledge_SameFindingTwice_KeepsWhatWasSignedFirst(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (lab, run) = (store.Get<ILabStore>(), Run());
        await lab.AddAsync(run, Entry("training.started", run), Now);
        var signed = new LabAcknowledgement(run.Id, "income", "featureAuc", "Known before the decision.", Analyst, DateTimeOffset.UnixEpoch);

        await lab.AcknowledgeAsync(signed, Entry("training.findingAcknowledged", run), Now);
        await lab.AcknowledgeAsync(signed with { Reason = "Another reason altogether." }, Entry("training.findingAcknowledged", run), Now);

        Assert.Equal(signed, Assert.Single(await lab.AcknowledgedAsync(run.Id, Now)));
        await store.Sequencer.SequenceAsync(Now);
        Assert.Single(await store.Reader.SearchAsync(new AuditQuery("training.findingAcknowledged"), Now));
    }

    [Theory, ClassData(typeof(BothStores))]
    public async Task Register_Candidate_IsListed(StoreProvider provider)
    {
        await using var store = await TestStore.OpenAsync(provider, server);
        var (lab, run) = (store.Get<ILabStore>(), Run());
        await lab.AddAsync(run, Entry("training.started", run), Now);
        var line = new LabRegistration(run.Id, "boosting", "loans@1", Analyst, DateTimeOffset.UnixEpoch);

        await lab.RegisterAsync(line, Entry("training.candidateRegistered", run), Now);

        Assert.Equal(line, Assert.Single(await lab.RegisteredAsync(Now)));
    }

    private static LabRun Run() => new()
    {
        Id = Guid.CreateVersion7(),
        Request = new LabRequest
        {
            Title = "Loans",
            Data = new LabData(LabDataKind.Dataset, "x"),
            Parameters = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["boosting"] = new Dictionary<string, string> { ["trees"] = "40" } },
        },
        DataName = "loans@1",
        ScorecardId = "loans",
        CreatedBy = Analyst,
        CreatedAt = DateTimeOffset.UnixEpoch,
        JobId = Guid.CreateVersion7(),
    };

    private static LabCandidate Candidate() => new()
    {
        Family = "boosting",
        ReasonsAreExact = true,
        Auc = new FoldedAuc(0.8, 0.01, [0.79, 0.81]),
        Test = new()
        {
            Auc = 0.8,
            AucLow = 0.7,
            AucHigh = 0.9,
            Gini = 0.6,
            Ks = 0.5,
            PrAuc = 0.4,
            Accuracy = 0.9,
            Precision = null,
            Recall = 0,
            F1 = 0,
            Specificity = 1,
            Brier = 0.1,
            LogLoss = 0.3,
            EceBefore = null,
            EceAfter = 0.01,
            Threshold = 0.5,
            TopDecileLift = 3,
        },
        Seconds = 2,
    };

    private static AuditDraft Entry(string kind, LabRun run) => new(Actor.System, kind, run.Id.ToString(), new Dictionary<string, string?> { ["title"] = run.Request.Title });
}
