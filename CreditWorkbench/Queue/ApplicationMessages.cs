using System.Buffers;
using System.Text.Json;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Endpoints.Cases;

namespace CreditWorkbench.Web.Queue;

/// <summary>Desks that an application walks by.</summary>
/// <param name="Scorecards">Dictionaries.</param>
/// <param name="Applicants">Registration and consents.</param>
/// <param name="Applications">Opening.</param>
/// <param name="Scoring">Score.</param>
/// <param name="Reviews">Queue of reviewers.</param>
public sealed record ApplicationDoor(IScorecardCatalog Scorecards, ApplicantDesk Applicants, ApplicationDesk Applications, ScoringDesk Scoring, ReviewDesk Reviews);

/// <summary>Messages that apply: through the stateless door where they name nobody, else through the application door with its desks, consents and rules.</summary>
public sealed class ApplicationMessages(QueueActors actors, PredictionDesk predictions, ApplicationDoor door)
{
    /// <summary>Takes one.</summary>
    /// <returns>The answer as JSON: the prediction with its reasons, or the application with its score; or why there is none.</returns>
    public async Task<Outcome<string>> TakeAsync(ApplicationMessage message, string messageId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!(await actors.OfAsync(message.Client, cancellationToken)).TryGet(out var caller, out var problems)) return Outcome<string>.Refused(problems);
        return message.Applicant is null ? await PredictAsync(message, caller, cancellationToken) : await ApplyAsync(message, message.Applicant, caller, messageId, cancellationToken);
    }

    private async Task<Outcome<string>> PredictAsync(ApplicationMessage message, QueueCaller caller, CancellationToken cancellationToken)
    {
        if (message.Consents is not null || message.Amount is not null || message.TermMonths is not null)
            return new Problem("applicant.missing", "Consents, amount and term belong to an applicant, and the message names none.") { Field = "applicant", Remedy = "Name the applicant, or leave them out." };
        var call = new PredictionCall(PredictionKind.Predict, message.Scorecard, BodyOf(message), caller.Actor, caller.LegalBasis) { WithReasons = true };
        if (!(await predictions.AnswerAsync(call, cancellationToken)).TryGet(out var answer, out var problems)) return Outcome<string>.Refused(problems);
        return PredictionJson.Text(answer, withReasons: true, "en");
    }

    private async Task<Outcome<string>> ApplyAsync(ApplicationMessage message, NewApplicant applicant, QueueCaller caller, string messageId, CancellationToken cancellationToken)
    {
        var actor = caller.Actor;
        if (message.LegalBasis.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            return new Problem("field.unknown", "An application rests on consents, not on another legal basis.") { Field = "legalBasis", Remedy = "Leave it out." };
        if (await door.Scorecards.FindAsync(message.Scorecard, cancellationToken) is not { } definition) return new Problem("scorecard.notFound", "There is no such scorecard.") { Field = "scorecard" };
        if (!EnteredValues.Of(definition, message.Values).TryGet(out var record, out var problems) || !Amounts.Of(message.Amount, definition).TryGet(out var amount, out problems)) return Outcome<string>.Refused(problems);

        var person = new ApplicantRequest(applicant.Kind, applicant.Name, applicant.Email, applicant.Phone ?? "", applicant.NationalId, applicant.Language, caller.Branch)
        {
            ContactName = applicant.ContactName,
            EvenIfDuplicate = applicant.EvenIfDuplicate,
        };
        if (!(await door.Applicants.RegisterAsync(person, actor, cancellationToken)).TryGet(out var registered, out problems)) return Outcome<string>.Refused(problems);
        if (message.Consents is { } consents)
        {
            var request = new ConsentRequest([.. consents.Purposes.Distinct()], [.. consents.Sources.Distinct()], consents.Language, consents.Channel) { TextVersion = consents.TextVersion };
            if (!(await door.Applicants.GiveConsentAsync(registered.Id, definition, request, actor, cancellationToken)).TryGet(out _, out problems)) return Outcome<string>.Refused(problems);
        }

        var opened = await door.Applications.OpenAsync(registered.Id, new ApplicationRequest(record, amount, message.TermMonths, caller.Branch), actor, cancellationToken);
        if (!opened.TryGet(out var application, out problems)) return Outcome<string>.Refused(problems);
        if (!(await door.Scoring.IssueAsync(application.Id, actor, cancellationToken)).TryGet(out var score, out problems)) return Outcome<string>.Refused(problems);
        var review = (await door.Reviews.OpenAsync(application.Id, actor, cancellationToken)).TryGet(out var waiting, out _) ? waiting.Id : (Guid?)null;
        return QueueAnswer.Of(messageId, application, score, review, message.Reference);
    }

    // The door's own body: what it does not know it refuses.
    private static ReadOnlyMemory<byte> BodyOf(ApplicationMessage message)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            if (message.Values.ValueKind != JsonValueKind.Undefined)
            {
                writer.WritePropertyName("values");
                message.Values.WriteTo(writer);
            }

            if (message.Reference is { } reference) writer.WriteString("reference", reference);
            if (message.LegalBasis.ValueKind != JsonValueKind.Undefined)
            {
                writer.WritePropertyName("legalBasis");
                message.LegalBasis.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return json.WrittenMemory;
    }
}
