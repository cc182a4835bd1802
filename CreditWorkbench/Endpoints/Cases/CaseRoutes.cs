namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary>The door of the application: applicants, consents, applications, scores, reviews.</summary>
public static class CaseRoutes
{
    /// <summary>Maps all of it.</summary>
    public static void MapCases(this IEndpointRouteBuilder api)
    {
        api.MapApplicants();
        api.MapConsents();
        api.MapApplications();
        api.MapStatements();
        api.MapScores();
        api.MapReviews();
    }
}
