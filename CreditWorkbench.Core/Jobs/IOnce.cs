using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Jobs;

/// <summary>Has the effect of a message once, however often it is delivered.</summary>
public interface IOnce
{
    /// <summary>Runs an effect and notes the message's identity in one transaction; whatever the effect writes to the store in its course belongs to that
    /// transaction. A refusal writes nothing at all.</summary>
    /// <param name="kind">Kind of the message.</param>
    /// <param name="messageId">Identity that the sender gave.</param>
    /// <param name="effect">Returns what is answered.</param>
    /// <param name="cancellationToken">Cancels; nothing is written then.</param>
    /// <returns>The answer, the earlier one where the message had its effect before; or the refusal.</returns>
    Task<Outcome<OnceAnswer>> RunAsync(string kind, string messageId, Func<CancellationToken, Task<Outcome<string>>> effect, CancellationToken cancellationToken);

    /// <summary>Runs an effect that lies outside the store, then notes the message's identity with the answer. A process that dies between the two has the effect
    /// again; nothing of the store is held up meanwhile.</summary>
    /// <param name="kind">Kind of the message.</param>
    /// <param name="messageId">Identity that the sender gave.</param>
    /// <param name="effect">Returns what is answered.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The answer, the earlier one where the message had its effect before; or the refusal.</returns>
    Task<Outcome<OnceAnswer>> RunOutsideAsync(string kind, string messageId, Func<CancellationToken, Task<Outcome<string>>> effect, CancellationToken cancellationToken);

    /// <summary>Forgets messages that had their effect before a moment.</summary>
    Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>The answer to a message.</summary>
/// <param name="Json">As the effect returned it.</param>
/// <param name="Again">Whether it is the answer of an earlier delivery.</param>
public sealed record OnceAnswer(string Json, bool Again);
