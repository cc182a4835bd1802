using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Effects of messages, once. The row that notes the message is written first: whoever works on the same message at the same time waits for it,
/// and finds it taken.</summary>
internal sealed class Once(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, KeyRing ring, TimeProvider time) : IOnce
{
    public async Task<Outcome<OnceAnswer>> RunAsync(string kind, string messageId, Func<CancellationToken, Task<Outcome<string>>> effect, CancellationToken cancellationToken)
    {
        if (await FindAsync(kind, messageId, cancellationToken) is { } before) return before;
        try
        {
            return await writer.TogetherAsync(
                async stop =>
                {
                    var noted = await writer.TryWriteAsync<bool>(
                        context =>
                        {
                            context.ProcessedMessages.Add(new ProcessedMessageRow { Kind = kind, MessageId = messageId, ProcessedAt = time.GetUtcNow() });
                            return Task.FromResult<Outcome<bool>>(true);
                        },
                        [], stop);
                    return noted.TryGet(out _, out var problems) ? await HaveAsync(kind, messageId, effect, stop) : Outcome<OnceAnswer>.Refused(problems);
                },
                cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Either somebody was faster with the same message, or the database is out of order.
            if (await FindAsync(kind, messageId, cancellationToken) is { } meanwhile) return meanwhile;
            throw;
        }
    }

    public async Task<Outcome<OnceAnswer>> RunOutsideAsync(string kind, string messageId, Func<CancellationToken, Task<Outcome<string>>> effect, CancellationToken cancellationToken)
    {
        if (await FindAsync(kind, messageId, cancellationToken) is { } before) return before;
        if (!(await effect(cancellationToken)).TryGet(out var answer, out var problems)) return Outcome<OnceAnswer>.Refused(problems);
        try
        {
            await writer.AddAsync([new ProcessedMessageRow { Kind = kind, MessageId = messageId, ProcessedAt = time.GetUtcNow(), Answer = Sealed(kind, messageId, answer) }], [], cancellationToken);
            return new OnceAnswer(answer, Again: false);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            if (await FindAsync(kind, messageId, cancellationToken) is { } meanwhile) return meanwhile;
            throw;
        }
    }

    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        writer.WriteAsync(context => context.ProcessedMessages.Where(row => row.ProcessedAt < before).ExecuteDeleteAsync(cancellationToken), [], cancellationToken);

    private async Task<Outcome<OnceAnswer>> HaveAsync(string kind, string messageId, Func<CancellationToken, Task<Outcome<string>>> effect, CancellationToken cancellationToken)
    {
        if (!(await effect(cancellationToken)).TryGet(out var answer, out var problems)) return Outcome<OnceAnswer>.Refused(problems);
        var sealedAnswer = Sealed(kind, messageId, answer);
        await writer.WriteAsync(
            context => context.ProcessedMessages.Where(row => row.Kind == kind && row.MessageId == messageId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Answer, sealedAnswer), cancellationToken),
            [], cancellationToken);
        return new OnceAnswer(answer, Again: false);
    }

    private async Task<OnceAnswer?> FindAsync(string kind, string messageId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.ProcessedMessages.AsNoTracking().SingleOrDefaultAsync(row => row.Kind == kind && row.MessageId == messageId, cancellationToken);
        return row is null ? null : new OnceAnswer(System.Text.Encoding.UTF8.GetString(ring.Open(row.Answer, PlaceOf(kind, messageId))), Again: true);
    }

    private byte[] Sealed(string kind, string messageId, string answer) => ring.Seal(System.Text.Encoding.UTF8.GetBytes(answer), PlaceOf(kind, messageId));

    private static byte[] PlaceOf(string kind, string messageId) => System.Text.Encoding.UTF8.GetBytes($"message.answer:{kind}:{messageId}");
}
