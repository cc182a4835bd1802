using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Endpoints;

namespace CreditWorkbench.Web.Queue;

/// <summary>Where messages come in: each is read strictly, has its effect once by its identity, and is answered. What can never have an effect is laid aside
/// with code, field and remedy; what may have one later keeps its place.</summary>
public sealed class MessageDoor(IOnce once, ApplicationMessages applications, UpdateMessages updates)
{
    private const int LongestId = 128;
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal) { "version.stale", "predictions.unavailable", "model.unavailable", "engine.failed" };

    /// <summary>Handles one message.</summary>
    public async Task<QueueVerdict> HandleAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var verdict = await AnswerAsync(message, cancellationToken);
        QueueMetrics.Handled(message.Kind, verdict);
        return verdict;
    }

    private async Task<QueueVerdict> AnswerAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        if (message.Id is not { Length: > 0 and <= LongestId } || message.Id.Any(char.IsControl))
            return Dead(new Problem("message.id", $"The message has no identity of 1 to {LongestId} printable characters.") { Field = "message_id", Remedy = "Give each message an identity of its own." });
        if (message.Body.Length > ApiRoutes.LargestJson) return Dead(new Problem("body.tooLarge", $"The message is longer than {ApiRoutes.LargestJson >> 10} KiB.") { Remedy = "Send less." });
        if (!System.Text.Unicode.Utf8.IsValid(message.Body.Span)) return Dead(new Problem("body.encoding", "The message is not valid UTF-8.") { Remedy = "Send JSON in UTF-8." });
        var outcome = await OutcomeAsync(message, cancellationToken);
        if (outcome.TryGet(out var answer, out var problems)) return new QueueVerdict.Done(System.Text.Encoding.UTF8.GetBytes(answer.Json));
        return Passing.Contains(problems[0].Code) ? new QueueVerdict.Again() : Dead(problems[0]);
    }

    private async Task<Outcome<OnceAnswer>> OutcomeAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        if (message.Kind != QueueKinds.Applications)
        {
            return ApiBody.Parse<UpdateMessage>(message.Body).TryGet(out var update, out var odd)
                ? await once.RunAsync(message.Kind, message.Id, stop => updates.TakeAsync(message.Kind, update, message.Id, stop), cancellationToken)
                : Outcome<OnceAnswer>.Refused(odd);
        }

        if (!ApiBody.Parse<ApplicationMessage>(message.Body).TryGet(out var application, out var problems)) return Outcome<OnceAnswer>.Refused(problems);
        return application.Applicant is null
            ? await once.RunOutsideAsync(message.Kind, message.Id, stop => applications.TakeAsync(application, message.Id, stop), cancellationToken)
            : await once.RunAsync(message.Kind, message.Id, stop => applications.TakeAsync(application, message.Id, stop), cancellationToken);
    }

    private static QueueVerdict.Dead Dead(Problem problem) => new(new DeadReason(problem.Code, problem.Field, problem.Message, problem.Remedy));
}
