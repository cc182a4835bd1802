using System.Text;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store;

/// <summary>A call that a client gave a key of its own.</summary>
/// <param name="ClientId">Who calls.</param>
/// <param name="Key">The client's key, at most 200 characters.</param>
/// <param name="Address">SHA-256 of method and address, 32 bytes.</param>
public sealed record IdempotentCall(Guid ClientId, string Key, byte[] Address);

/// <summary>How a call stands.</summary>
public abstract record CallStanding
{
    /// <summary>Nobody made it yet: whoever got this answer makes it.</summary>
    public sealed record Mine(Guid Owner) : CallStanding;

    /// <summary>Somebody began it, changed something and died before there was an answer.</summary>
    /// <param name="Address">SHA-256 of the method and address that it was made with.</param>
    public sealed record Unknown(byte[] Address) : CallStanding;

    /// <summary>Somebody is making it now.</summary>
    public sealed record InFlight : CallStanding;

    /// <summary>It was made.</summary>
    /// <param name="Address">SHA-256 of the method and address that it was made with.</param>
    /// <param name="BodyHash">SHA-256 of the body that it was made with.</param>
    /// <param name="Status">Status of the answer.</param>
    /// <param name="Answer">The answer, as it was handed over.</param>
    public sealed record Made(byte[] Address, byte[] BodyHash, int Status, byte[] Answer) : CallStanding;
}

/// <summary>Calls with keys of their clients, for a day: a second one with the same key gets the first one's answer. Answers are encrypted.</summary>
/// <remarks>Whoever makes a call holds a lease on its key and renews it; a process that dies leaves a lease that runs out. The call's first change notes in its own
/// transaction that there was one: without the note the call is made again, with it nobody makes it a second time.</remarks>
public sealed class IdempotentCalls
{
    /// <summary>How long a lease is good without being renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>How long answers are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly StoreWriter _writer;
    private readonly KeyRing _keys;
    private readonly StoreScope _scope;
    private readonly TimeProvider _time;

    internal IdempotentCalls(StoreWriter writer, KeyRing keys, StoreScope scope, TimeProvider time) => (_writer, _keys, _scope, _time) = (writer, keys, scope, time);

    /// <summary>Begins a call, or says how it stands.</summary>
    public async Task<CallStanding> BeginAsync(IdempotentCall call, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        try
        {
            return await _writer.WriteAsync(context => BeginAsync(context, call, now, cancellationToken), [], cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Two began at the same time on two nodes: the row of the other one is there now.
            return new CallStanding.InFlight();
        }
    }

    /// <summary>Makes a call that was begun, from here to the disposal: the first change that is kept meanwhile notes that the call has had an effect.</summary>
    public IDisposable Make(IdempotentCall call, Guid owner) => _scope.Enter(new CallInHand(call, owner, _time));

    /// <summary>Keeps the lease on a call while it is being made.</summary>
    public Task RenewAsync(IdempotentCall call, Guid owner, CancellationToken cancellationToken)
    {
        var until = _time.GetUtcNow() + Lease;
        return _writer.WriteAsync(context => Owned(context, call, owner).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), cancellationToken), [], cancellationToken);
    }

    /// <summary>Keeps the answer.</summary>
    public Task EndAsync(IdempotentCall call, Guid owner, byte[] bodyHash, int status, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        var kept = _keys.Seal(answer.Span, Place(call));
        return _writer.WriteAsync(
            context => Owned(context, call, owner).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.BodyHash, bodyHash).SetProperty(row => row.Status, status).SetProperty(row => row.Answer, kept), cancellationToken),
            [], cancellationToken);
    }

    /// <summary>Forgets a call that came to nothing, so that it can be made again at once.</summary>
    public Task ForgetAsync(IdempotentCall call, Guid owner, CancellationToken cancellationToken) =>
        _writer.WriteAsync(context => Owned(context, call, owner).ExecuteDeleteAsync(cancellationToken), [], cancellationToken);

    /// <summary>Gives up a call that failed: forgets it where it changed nothing; else nobody makes it again.</summary>
    public Task GiveUpAsync(IdempotentCall call, Guid owner, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(
            async context =>
            {
                if (await Owned(context, call, owner).Where(row => row.EffectAt == null).ExecuteDeleteAsync(cancellationToken) > 0) return 0;
                return await Owned(context, call, owner).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, now), cancellationToken);
            },
            [], cancellationToken);
    }

    /// <summary>Removes what is older than a day.</summary>
    /// <returns>How many went.</returns>
    public Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var oldest = _time.GetUtcNow() - Kept;
        return _writer.WriteAsync(context => context.IdempotentCalls.Where(row => row.StartedAt < oldest).ExecuteDeleteAsync(cancellationToken), [], cancellationToken);
    }

    private async Task<CallStanding> BeginAsync(WorkbenchContext context, IdempotentCall call, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await context.IdempotentCalls.SingleOrDefaultAsync(row => row.ClientId == call.ClientId && row.Key == call.Key, cancellationToken);
        if (row is { Status: { } status, Answer: { } answer, BodyHash: { } hash } && row.StartedAt >= now - Kept) return new CallStanding.Made(row.Address, hash, status, _keys.Open(answer, Place(call)));
        if (row is { Status: null } && row.LeaseUntil > now) return new CallStanding.InFlight();
        if (row is { Status: null, EffectAt: not null } && row.StartedAt >= now - Kept) return new CallStanding.Unknown(row.Address);
        if (row is not null) await context.IdempotentCalls.Where(each => each.ClientId == call.ClientId && each.Key == call.Key).ExecuteDeleteAsync(cancellationToken);
        context.ChangeTracker.Clear();
        var owner = Guid.CreateVersion7(now);
        context.IdempotentCalls.Add(new IdempotentCallRow { ClientId = call.ClientId, Key = call.Key, Address = call.Address, Owner = owner, StartedAt = now, LeaseUntil = now + Lease });
        return new CallStanding.Mine(owner);
    }

    private static IQueryable<IdempotentCallRow> Owned(WorkbenchContext context, IdempotentCall call, Guid owner) =>
        context.IdempotentCalls.Where(row => row.ClientId == call.ClientId && row.Key == call.Key && row.Owner == owner);

    private static byte[] Place(IdempotentCall call) => Encoding.UTF8.GetBytes($"IdempotentCalls.Answer:{call.ClientId:n}:{call.Key}");
}
