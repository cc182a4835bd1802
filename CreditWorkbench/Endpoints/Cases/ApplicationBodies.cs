using System.Text.Json;
using System.Text.Json.Nodes;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary>An application to open.</summary>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="Values">Values by input name; null is missing. What is left out can come later, from a statement or a change.</param>
/// <param name="Amount">Amount asked for, in major units of the scorecard's currency.</param>
/// <param name="TermMonths">Term, 1 to 600 months.</param>
/// <param name="LinkedTo">An earlier application of the same applicant that this one follows.</param>
public sealed record NewApplication(string Scorecard, JsonElement Values, decimal? Amount = null, int? TermMonths = null, Guid? LinkedTo = null);

/// <summary>Changes of an application: what is left out stays as it is, null removes.</summary>
public sealed record ApplicationPatch
{
    /// <summary>Values by input name, merged with those that are there.</summary>
    public JsonElement Values { get; init; }

    /// <summary>Amount asked for, in major units.</summary>
    public JsonElement Amount { get; init; }

    /// <summary>Term in months.</summary>
    public JsonElement TermMonths { get; init; }
}

/// <summary>An objection to a decision.</summary>
/// <param name="Grounds">What the applicant says, 10 to 2,000 characters.</param>
public sealed record NewObjection(string Grounds);

/// <summary>A correction of values.</summary>
/// <param name="Values">Corrected values by input name, at least one.</param>
/// <param name="Grounds">What is wrong and what shows it, 10 to 2,000 characters.</param>
public sealed record NewCorrection(JsonElement Values, string Grounds);

/// <summary>An application.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Number">Number for people.</param>
/// <param name="ApplicantId">Who applies.</param>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="Status">draft, scored, inReview, decided or withdrawn.</param>
/// <param name="Values">Values by input name; personal data is masked, and what only audits read is not there.</param>
/// <param name="Sources">Where values come from, by input name, as far as it was stated.</param>
/// <param name="Amount">Amount asked for, in major units; null when not stated.</param>
/// <param name="Currency">Currency of the amount.</param>
/// <param name="TermMonths">Term asked for.</param>
/// <param name="LinkedTo">The earlier application that this one follows.</param>
/// <param name="ScoreId">Score of these values; null before the first and when values changed since.</param>
/// <param name="ReviewId">Review case; null before it opens.</param>
/// <param name="CreatedAt">When opened.</param>
/// <param name="DecidedAt">When decided; null before.</param>
/// <param name="Version">Version, as in the ETag.</param>
public sealed record ApplicationResource(
    Guid Id, string Number, Guid ApplicantId, string Scorecard, ApplicationState Status, JsonObject Values, IReadOnlyDictionary<string, SourceResource> Sources, decimal? Amount, string Currency,
    int? TermMonths, Guid? LinkedTo, Guid? ScoreId, Guid? ReviewId, DateTimeOffset CreatedAt, DateTimeOffset? DecidedAt, int Version)
{
    private const string Hidden = "•••";

    internal static ApplicationResource Of(CreditApplication application, ScorecardDefinition definition, ReviewCase? review, bool masked = true) => new(
        application.Id, application.Number, application.ApplicantId, application.ScorecardId, application.State, ValuesOf(application, definition, masked),
        ValueSources.FromText(application.SourcesJson).ToDictionary(pair => pair.Key, pair => new SourceResource(ValueSources.Word(pair.Value.Origin), pair.Value.Evidence), StringComparer.Ordinal),
        application.Amount?.Major, application.Amount?.Currency ?? definition.Currency, application.TermMonths, application.LinkedTo, application.ScoreId, review?.Id,
        application.CreatedAt, application.DecidedAt, application.Version);

    // An input that the dictionary of today does not know any more could be anything: it is hidden with the personal ones.
    private static JsonObject ValuesOf(CreditApplication application, ScorecardDefinition definition, bool masked)
    {
        var values = JsonNode.Parse(application.ValuesJson)!.AsObject();
        if (!masked) return values;
        foreach (var name in values.Where(value => value.Value is not null && definition.Input(value.Key) is not { Pii: null }).Select(value => value.Key).ToList()) values[name] = Hidden;
        return values;
    }
}

/// <summary>Where a value comes from.</summary>
/// <param name="Origin">declared, verified, bank, bureau or imputed.</param>
/// <param name="Evidence">The document, or the statement's hash; null without one.</param>
public sealed record SourceResource(string Origin, string? Evidence);

/// <summary>A row of the list of applications.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Number">Number for people.</param>
/// <param name="ApplicantId">Who applies.</param>
/// <param name="ApplicantName">Name, masked unless the caller works with applicants.</param>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="Status">draft, scored, inReview, decided or withdrawn.</param>
/// <param name="Amount">Amount asked for, in major units.</param>
/// <param name="Currency">Its currency; null without an amount.</param>
/// <param name="TermMonths">Term asked for.</param>
/// <param name="ScoreId">Score of its values; null without.</param>
/// <param name="Score">Issued score.</param>
/// <param name="Grade">Grade.</param>
/// <param name="ReviewId">Review case; null before it opens.</param>
/// <param name="CreatedAt">When opened.</param>
/// <param name="DecidedAt">When decided.</param>
/// <param name="Version">Version.</param>
public sealed record ApplicationSummary(
    Guid Id, string Number, Guid ApplicantId, string ApplicantName, string Scorecard, ApplicationState Status, decimal? Amount, string? Currency, int? TermMonths, Guid? ScoreId, int? Score, string? Grade,
    Guid? ReviewId, DateTimeOffset CreatedAt, DateTimeOffset? DecidedAt, int Version)
{
    internal static ApplicationSummary Of(CaseSummary row) => new(
        row.Application.Id, row.Application.Number, row.Application.ApplicantId, row.ApplicantName, row.Application.ScorecardId, row.Application.State, row.Application.Amount?.Major,
        row.Application.Amount?.Currency, row.Application.TermMonths, row.Score?.Id, row.Score?.Score.Issued, row.Score?.Score.Grade, row.Case?.Id, row.Application.CreatedAt,
        row.Application.DecidedAt, row.Application.Version);
}

/// <summary>Where corrected values went.</summary>
/// <param name="ApplicationId">The application that holds them: score it again.</param>
/// <param name="CorrectedId">The application that was to be corrected; another one where it was decided.</param>
/// <param name="Fields">Inputs that were corrected.</param>
/// <param name="Version">Version of the application.</param>
public sealed record CorrectionResource(Guid ApplicationId, Guid CorrectedId, IReadOnlyList<string> Fields, int Version);
