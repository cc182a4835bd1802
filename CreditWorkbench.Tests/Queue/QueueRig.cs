using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Services;
using CreditWorkbench.Tests.Store;
using CreditWorkbench.Web.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CreditWorkbench.Tests.Queue;

/// <summary>What may carry messages.</summary>
public enum Carrier
{
    /// <summary>The store on SQLite.</summary>
    Sqlite,
    /// <summary>The store on PostgreSQL.</summary>
    Postgres,
    /// <summary>A RabbitMQ server.</summary>
    RabbitMq,
}

/// <summary>Every carrier.</summary>
public sealed class Carriers : TheoryData<Carrier>
{
    public Carriers() => AddRange(Carrier.Sqlite, Carrier.Postgres, Carrier.RabbitMq);
}

/// <summary>A queue of its own with a store of its own, in the system's time.</summary>
internal sealed class QueueRig : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly ServiceProvider _services;
    private readonly Carrier _carrier;
    private readonly RabbitServer _rabbit;
    private readonly QueueSettings _settings;

    private QueueRig(TestStore store, Carrier carrier, RabbitServer rabbit, QueueSettings settings)
    {
        (_store, _carrier, _rabbit, _settings) = (store, carrier, rabbit, settings);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddWorkbenchStore(store.Options);
        _services = services.BuildServiceProvider();
        Queue = Another();
    }

    /// <summary>One process's view of the queue.</summary>
    public IMessageQueue Queue { get; }

    public IOnce Once => _services.GetRequiredService<IOnce>();

    public IJobStore Jobs => _services.GetRequiredService<IJobStore>();

    public static async Task<QueueRig> OpenAsync(Carrier carrier, PostgresServer postgres, RabbitServer rabbit)
    {
        var uri = carrier == Carrier.RabbitMq ? await rabbit.UriAsync() : null;
        var store = await TestStore.OpenAsync(carrier == Carrier.Postgres ? StoreProvider.Postgres : StoreProvider.Sqlite, postgres);
        return new QueueRig(store, carrier, rabbit, new QueueSettings { Uri = uri, Prefix = $"t{Guid.NewGuid():n}" });
    }

    /// <summary>Another process's view of the same queue.</summary>
    public IMessageQueue Another() => _carrier == Carrier.RabbitMq
        ? new RabbitQueue(_settings, TimeProvider.System, NullLogger<RabbitQueue>.Instance)
        : new StoredQueue(
            _services.GetRequiredService<IQueueStore>(), new StoredQueueOptions { Hold = TimeSpan.FromSeconds(2), Poll = TimeSpan.FromMilliseconds(50), Pause = TimeSpan.FromMilliseconds(20) },
            TimeProvider.System, NullLogger<StoredQueue>.Instance);

    /// <summary>Takes the carrier down and up again while its clients go on; a store has no server of its own.</summary>
    public async Task RestartAsync()
    {
        if (_carrier != Carrier.RabbitMq) return;
        await _rabbit.StopAsync();
        await _rabbit.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Queue is RabbitQueue rabbit) await rabbit.DisposeAsync();
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }
}
