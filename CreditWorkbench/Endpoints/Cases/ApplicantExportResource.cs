using CreditWorkbench.Core.Review;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary>Everything that is kept about an applicant, in clear.</summary>
/// <param name="Applicant">Personal data.</param>
/// <param name="Consents">All consents, newest first.</param>
/// <param name="Applications">Applications, newest first.</param>
public sealed record ApplicantExportResource(ApplicantResource Applicant, IReadOnlyList<ConsentResource> Consents, IReadOnlyList<ExportedApplication> Applications)
{
    internal static ApplicantExportResource Of(ApplicantExport export, DateTimeOffset now) => new(
        ApplicantResource.Of(export.Applicant, masked: false), [.. export.Consents.Select(consent => ConsentResource.Of(consent, now))], [.. export.Cases.Select(ExportedApplication.Of)]);
}

/// <summary>An application with everything that came of it.</summary>
/// <param name="Application">The application, its values in clear.</param>
/// <param name="Scores">Every score with its explanation and roadmap, newest first.</param>
/// <param name="Decisions">Decisions, newest first.</param>
public sealed record ExportedApplication(ApplicationResource Application, IReadOnlyList<ScoreResource> Scores, IReadOnlyList<DecisionResource> Decisions)
{
    internal static ExportedApplication Of(CaseView view) => new(
        ApplicationResource.Of(view.Application, view.Definition, view.Case, masked: false),
        [.. (view.Score is { } latest ? view.EarlierScores.Prepend(latest) : view.EarlierScores).Select(score => ScoreResource.Of(score, view.Definition, view.Case?.Id))],
        [.. view.Decisions.Select(DecisionResource.Of)]);
}
