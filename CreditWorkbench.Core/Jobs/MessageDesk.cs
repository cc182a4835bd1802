using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Jobs;

/// <summary>What an overview of the queues shows.</summary>
/// <param name="Carrier">What carries the messages.</param>
/// <param name="Depths">What waits, by kind.</param>
/// <param name="Dead">What was laid aside.</param>
public sealed record QueueOverview(string Carrier, IReadOnlyList<QueueDepth> Depths, IReadOnlyList<DeadLetter> Dead);

/// <summary>Where people look after the queues; needs <see cref="Permission.ManageJobs"/>. Bodies are never shown.</summary>
public sealed class MessageDesk(IMessageQueue queue, IAuditTrail trail)
{
    private const int MostDead = 200;

    /// <summary>The queues as they stand; <c>queue.unavailable</c> when they cannot be reached.</summary>
    public async Task<Outcome<QueueOverview>> LookAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageJobs) is { } refusal) return refusal;
        try
        {
            return new QueueOverview(queue.Name, await queue.DepthsAsync(cancellationToken), await queue.DeadAsync(MostDead, cancellationToken));
        }
        catch (QueueUnavailableException)
        {
            return Unavailable;
        }
    }

    /// <summary>Puts a dead letter back at the end of its queue.</summary>
    public Task<Outcome<bool>> RequeueAsync(DeadLetter letter, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(letter, "message.requeued", queue.ReviveAsync, actor, cancellationToken);

    /// <summary>Removes a dead letter for good.</summary>
    public Task<Outcome<bool>> DiscardAsync(DeadLetter letter, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(letter, "message.discarded", queue.DiscardAsync, actor, cancellationToken);

    private async Task<Outcome<bool>> ChangeAsync(DeadLetter letter, string kind, Func<string, CancellationToken, Task<bool>> change, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageJobs) is { } refusal) return refusal;
        try
        {
            if (!await change(letter.Key, cancellationToken)) return new Problem("message.notFound", "This dead letter is no longer there.") { Remedy = "Look again." };
        }
        catch (QueueUnavailableException)
        {
            return Unavailable;
        }

        await trail.AppendAsync(
            [new AuditDraft(actor, kind, letter.Key, new Dictionary<string, string?> { ["queue"] = letter.Kind, ["message"] = letter.MessageId, ["reason"] = letter.Reason.Code })], cancellationToken);
        return true;
    }

    private static Problem Unavailable => new("queue.unavailable", "The message queue cannot be reached.") { Remedy = "Check the setting Workbench:Queue:Uri and the server." };
}
