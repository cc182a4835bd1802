using System.Text;
using System.Threading.Channels;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Web.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CreditWorkbench.Tests.Queue;

/// <summary>What every carrier of messages must do, held against all of them.</summary>
public sealed class MessageQueueTests(PostgresServer postgres, RabbitServer rabbit)
{
    private const string Kind = QueueKinds.Applications;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(Carriers))]
    public async Task Consume_ManyMessages_HandlesThemInOrder(Carrier carrier)
    {
        await using var rig = await QueueRig.OpenAsync(carrier, postgres, rabbit);
        for (var i = 0; i < 20; i++) await rig.Queue.PublishAsync(Message($"m{i}", $"{i}"), Now);

        await using var consumer = new Consumer(rig.Queue, Kind, _ => new QueueVerdict.Done(null));
        var handled = await consumer.TakeAsync(20);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => ($"m{i}", $"{i}")), handled.Select(message => (message.Id, Encoding.UTF8.GetString(message.Body.Span))));
        await UntilAsync(rig, depth => depth == (0, 0));
    }

    [Theory, ClassData(typeof(Carriers))]
    public async Task Consume_WorkerDiesBetweenEffectAndAcknowledgement_HasTheEffectOnce(Carrier carrier)
    {
        await using var rig = await QueueRig.OpenAsync(carrier, postgres, rabbit);
        await rig.Queue.PublishAsync(Message("once", "{}"), Now);
        await rig.Queue.PublishAsync(Message("next", "{}"), Now);
        var answers = new List<OnceAnswer>();
        async Task<QueueVerdict> HandleAsync(QueueMessage message, CancellationToken stop)
        {
            answers.Add((await rig.Once.RunAsync(Kind, message.Id, async inside => await EffectAsync(rig, message.Id, inside), stop)).Value);
            return new QueueVerdict.Done(null);
        }

        using (var death = CancellationTokenSource.CreateLinkedTokenSource(Now))
        {
            await rig.Queue.ConsumeAsync(
                Kind,
                async (message, stop) =>
                {
                    await HandleAsync(message, stop);
                    await death.CancelAsync();
                    throw new OperationCanceledException(death.Token);
                },
                death.Token).WaitAsync(Patience, Now);
        }

        await using var second = new Consumer(rig.Another(), Kind, HandleAsync);
        var handled = await second.TakeAsync(2);

        Assert.Equal(["once", "next"], handled.Select(message => message.Id));
        Assert.True(handled[0].Redelivered >= 1);
        Assert.Equal([(false, "once"), (true, "once"), (false, "next")], answers.Select(answer => (answer.Again, answer.Json)));
        Assert.Equal(2, (await rig.Jobs.ListAsync(new JobQuery(), 1, 10, Now)).Total);
    }

    [Theory, ClassData(typeof(Carriers))]
    public async Task Consume_PoisonAmongOthers_IsLaidAsideWithItsReasonAndHoldsNobodyUp(Carrier carrier)
    {
        await using var rig = await QueueRig.OpenAsync(carrier, postgres, rabbit);
        var reason = new DeadReason("field.range", "income", "Income is -1.", "Enter it again.");
        await rig.Queue.PublishAsync(Message("poison", "!"), Now);
        await rig.Queue.PublishAsync(Message("good", "{}"), Now);

        await using (var consumer = new Consumer(rig.Queue, Kind, message => message.Id == "poison" ? new QueueVerdict.Dead(reason) : new QueueVerdict.Done(null)))
        {
            Assert.Equal(["poison", "good"], (await consumer.TakeAsync(2)).Select(message => message.Id));
            await UntilAsync(rig, depth => depth == (0, 1));
        }

        var letter = Assert.Single(await rig.Queue.DeadAsync(10, Now));
        Assert.Equal((Kind, "poison", reason), (letter.Kind, letter.MessageId, letter.Reason));
        Assert.NotNull(letter.DeadAt);
        Assert.Equal(letter.Key, Assert.Single(await rig.Queue.DeadAsync(10, Now)).Key);
        Assert.False(await rig.Queue.ReviveAsync($"{Kind}:nothing", Now));

        Assert.True(await rig.Queue.ReviveAsync(letter.Key, Now));
        await using (var again = new Consumer(rig.Queue, Kind, _ => new QueueVerdict.Dead(reason)))
        {
            Assert.Equal(("poison", "!"), (await again.TakeAsync(1)).Select(message => (message.Id, Encoding.UTF8.GetString(message.Body.Span))).Single());
            await UntilAsync(rig, depth => depth == (0, 1));
        }

        Assert.True(await rig.Queue.DiscardAsync(Assert.Single(await rig.Queue.DeadAsync(10, Now)).Key, Now));
        await UntilAsync(rig, depth => depth == (0, 0));
    }

    [Theory, ClassData(typeof(Carriers))]
    public async Task Consume_MessageThatAlwaysFails_IsTriedInItsPlaceAndThenLaidAside(Carrier carrier)
    {
        await using var rig = await QueueRig.OpenAsync(carrier, postgres, rabbit);
        await rig.Queue.PublishAsync(Message("fails", "{}"), Now);
        await rig.Queue.PublishAsync(Message("good", "{}"), Now);

        await using var consumer = new Consumer(rig.Queue, Kind, message => message.Id == "fails" ? new QueueVerdict.Again() : new QueueVerdict.Done(null));
        var handled = await consumer.TakeAsync(IMessageQueue.MostDeliveries + 1);
        await UntilAsync(rig, depth => depth == (0, 1));

        Assert.Equal([.. Enumerable.Repeat("fails", IMessageQueue.MostDeliveries), "good"], handled.Select(message => message.Id));
        Assert.Equal("message.deliveries", Assert.Single(await rig.Queue.DeadAsync(10, Now)).Reason.Code);
    }

    [Theory, ClassData(typeof(Carriers))]
    public async Task Consume_MessageThatIsAnswered_LeavesTheAnswerUnderItsIdentity(Carrier carrier)
    {
        await using var rig = await QueueRig.OpenAsync(carrier, postgres, rabbit);
        await rig.Queue.PublishAsync(Message("asked", "{}"), Now);

        await using var consumer = new Consumer(rig.Queue, Kind, _ => new QueueVerdict.Done(Encoding.UTF8.GetBytes("""{"score":612}""")));
        await using var sender = new Consumer(rig.Another(), IMessageQueue.Answers, _ => new QueueVerdict.Done(null));
        var answer = Assert.Single(await sender.TakeAsync(1));

        Assert.Equal(("asked", """{"score":612}"""), (answer.Id, Encoding.UTF8.GetString(answer.Body.Span)));
    }

    [Theory, ClassData(typeof(Carriers))]
    public async Task Consume_CarrierRestarted_LosesNoConfirmedMessageAndGoesOn(Carrier carrier)
    {
        await using var rig = await QueueRig.OpenAsync(carrier, postgres, rabbit);
        await using var consumer = new Consumer(rig.Another(), QueueKinds.MarketSignals, _ => new QueueVerdict.Done(null));
        for (var i = 0; i < 5; i++) await rig.Queue.PublishAsync(Message($"confirmed{i}", "{}"), Now);

        await rig.RestartAsync();
        await PublishWhenPossibleAsync(rig.Queue, Message("signal", "{}") with { Kind = QueueKinds.MarketSignals });
        Assert.Equal("signal", Assert.Single(await consumer.TakeAsync(1)).Id);
        await using var late = new Consumer(rig.Another(), Kind, _ => new QueueVerdict.Done(null));
        var handled = await late.TakeAsync(5);

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"confirmed{i}"), handled.Select(message => message.Id));
    }

    [Fact]
    public async Task Publish_ServerNotThere_SaysSo()
    {
        var settings = new QueueSettings { Uri = new Uri("amqp://guest:guest@127.0.0.1:1/"), Prefix = "nobody" };
        await using var queue = new RabbitQueue(settings, TimeProvider.System, NullLogger<RabbitQueue>.Instance);

        await Assert.ThrowsAsync<QueueUnavailableException>(() => queue.PublishAsync(Message("m", "{}"), Now));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queue.DepthsAsync(Now));
    }

    private static QueueMessage Message(string id, string body) => new(Kind, id, Encoding.UTF8.GetBytes(body));

    // What the message does to the store, and what it answers.
    private static async Task<Outcome<string>> EffectAsync(QueueRig rig, string id, CancellationToken cancellationToken)
    {
        var job = new Job { Id = Guid.CreateVersion7(), Kind = "test", Title = id, PayloadJson = "{}", CreatedBy = Actor.System.Id, CreatedAt = DateTimeOffset.UtcNow };
        Assert.True(await rig.Jobs.EnqueueAsync(job, new AuditDraft(Actor.System, "job.queued", id, new Dictionary<string, string?>()), cancellationToken));
        return id;
    }

    private static async Task PublishWhenPossibleAsync(IMessageQueue queue, QueueMessage message)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await queue.PublishAsync(message, Now);
                return;
            }
            catch (QueueUnavailableException) when (tries < 300)
            {
                await Task.Delay(200, Now);
            }
        }
    }

    private static async Task UntilAsync(QueueRig rig, Func<(long Ready, long Dead), bool> reached)
    {
        var (ready, dead) = (-1L, -1L);
        for (var tries = 0; tries < 600; tries++)
        {
            (_, ready, dead) = (await rig.Queue.DepthsAsync(Now)).Single(depth => depth.Kind == Kind);
            if (reached((ready, dead))) return;
            await Task.Delay(100, Now);
        }

        Assert.Fail($"{ready} wait and {dead} were laid aside.");
    }

    /// <summary>A consumer in the background that shows what it was given.</summary>
    private sealed class Consumer : IAsyncDisposable
    {
        private readonly Channel<QueueMessage> _handled = Channel.CreateUnbounded<QueueMessage>();
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _consuming;

        public Consumer(IMessageQueue queue, string kind, Func<QueueMessage, QueueVerdict> verdict)
            : this(queue, kind, (message, _) => Task.FromResult(verdict(message)))
        {
        }

        public Consumer(IMessageQueue queue, string kind, QueueHandler handler) => _consuming = Task.Run(() => queue.ConsumeAsync(
            kind,
            async (message, stop) =>
            {
                var verdict = await handler(message, stop);
                await _handled.Writer.WriteAsync(message, stop);
                return verdict;
            },
            _stop.Token));

        public async Task<List<QueueMessage>> TakeAsync(int count)
        {
            var taken = new List<QueueMessage>();
            while (taken.Count < count) taken.Add(await _handled.Reader.ReadAsync(Now).AsTask().WaitAsync(Patience, Now));
            return taken;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _consuming;
            _stop.Dispose();
        }
    }
}
