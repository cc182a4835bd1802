namespace CreditWorkbench.Web.Endpoints.Watch;

/// <summary>What is watched and proved: models, outcomes, monitoring, alerts, the audit trail.</summary>
public static class WatchRoutes
{
    /// <summary>Maps all of it.</summary>
    public static void MapWatch(this IEndpointRouteBuilder api)
    {
        api.MapModels();
        api.MapOutcomes();
        api.MapMonitoring();
        api.MapAudit();
    }
}
