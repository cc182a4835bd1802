using System.Text.Json;
using CreditWorkbench.Web.Endpoints.Cases;

namespace CreditWorkbench.Web.Queue;

/// <summary>A message of the queue <c>applications</c>. Without an applicant its values are predicted for nobody in particular; with one it is an
/// application like any other: registered, with consents, scored.</summary>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="Values">Values by input.</param>
/// <param name="Client">Key of the client system in whose name it acts; left out: the setting's.</param>
/// <param name="Reference">The sender's own reference.</param>
/// <param name="LegalBasis">Of a prediction: a code or a list of codes; left out: the client's own.</param>
/// <param name="Applicant">Who applies; left out: nobody.</param>
/// <param name="Consents">Consents of the applicant.</param>
/// <param name="Amount">Amount asked for.</param>
/// <param name="TermMonths">Term asked for.</param>
public sealed record ApplicationMessage(
    string Scorecard, JsonElement Values, Guid? Client = null, string? Reference = null, JsonElement LegalBasis = default, NewApplicant? Applicant = null, NewConsents? Consents = null,
    decimal? Amount = null, int? TermMonths = null);

/// <summary>A message of the queues <c>bureau-updates</c> and <c>market-signals</c>: news about an application that is not decided yet, or about an entity of the
/// feature store.</summary>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="Values">Values by input; null for no longer known.</param>
/// <param name="Client">Key of the client system in whose name it acts; left out: the setting's.</param>
/// <param name="Application">Application; of bureau updates only.</param>
/// <param name="Entity">Entity of the feature store.</param>
/// <param name="AsOf">Up to when the values count; left out: now.</param>
public sealed record UpdateMessage(string Scorecard, JsonElement Values, Guid? Client = null, Guid? Application = null, string? Entity = null, DateTimeOffset? AsOf = null);
