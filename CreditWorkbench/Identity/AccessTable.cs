using static CreditWorkbench.Core.Kernel.Permission;
using static CreditWorkbench.Web.Identity.AccessRule;

namespace CreditWorkbench.Web.Identity;

/// <summary>Pages and endpoints with the permission that each needs. A route that is not listed here fails a test.</summary>
public static class AccessTable
{
    /// <summary>Pages by route template.</summary>
    public static IReadOnlyDictionary<string, AccessRule> Pages { get; } = new Dictionary<string, AccessRule>
    {
        ["/"] = SignedIn,
        ["/overview"] = May(ReadDashboards),
        ["/applicants"] = May(ReadCases),
        ["/applicants/{Id:guid}"] = May(ReadCases),
        ["/applications"] = May(ReadCases),
        ["/applications/new"] = May(TakeIn),
        ["/applications/{Id:guid}/statement"] = May(TakeIn),
        ["/applications/{Id:guid}"] = May(ReadCases),
        ["/applications/{Id:guid}/score"] = May(ReadCases),
        ["/applications/{Id:guid}/explanation"] = May(ReadCases),
        ["/applications/{Id:guid}/roadmap"] = May(ReadCases),
        ["/applications/{Id:guid}/review"] = May(ReadCases),
        ["/applications/{Id:guid}/history"] = May(ReadCases),
        ["/applications/{Id:guid}/compare"] = May(ReadCases),
        ["/applications/{Id:guid}/letter"] = May(Decide),
        ["/letters"] = May(ReadCases),
        ["/reviews"] = May(Review),
        ["/scorecards"] = May(ReadModels),
        ["/scorecards/{Id}"] = May(ReadModels),
        ["/scorecards/{Id}/edit"] = May(BuildModels),
        ["/data"] = May(ReadModels),
        ["/data/import"] = May(BuildModels),
        ["/data/{Id:guid}"] = May(ReadModels),
        ["/data/{Id:guid}/binning"] = May(ReadModels),
        ["/models"] = May(ReadModels),
        ["/lab"] = May(ReadModels),
        ["/lab/new"] = May(BuildModels),
        ["/lab/runs/{Id:guid}"] = May(ReadModels),
        ["/lab/runs/{Id:guid}/compare"] = May(ReadModels),
        ["/lab/runs/{Id:guid}/{Family}"] = May(ReadModels),
        ["/explanations"] = May(ReadModels),
        ["/explanations/rows"] = May(ReadModels),
        ["/staging"] = May(ReadModels),
        ["/staging/{Id:guid}"] = May(ReadModels),
        ["/features"] = May(ReadModels),
        ["/jobs"] = May(ManageJobs),
        ["/audit"] = May(ReadAudit),
        ["/users"] = May(ManageUsers),
        ["/users/{Id:guid}"] = May(ManageUsers),
        ["/account"] = SignedIn,
        ["/help"] = SignedIn,
        ["/invitation"] = Anyone,
        ["/sign-in"] = Anyone,
        ["/first-admin"] = Anyone,
        ["/denied"] = Anyone,
        ["/error"] = Anyone,
        ["/not-found"] = Anyone,
    };

    /// <summary>Endpoints by method and route template.</summary>
    public static IReadOnlyDictionary<(string Method, string Route), AccessRule> Endpoints { get; } = new Dictionary<(string, string), AccessRule>
    {
        [("POST", "/account/sign-out")] = SignedIn,
        [("GET", "/applications/{id:guid}/documents/{documentId:guid}")] = May(RevealPersonalData),
        [("GET", "/applications/{id:guid}/letter.pdf")] = May(Decide),
        [("GET", "/lab/runs/{id:guid}/{family}/report.{format}")] = May(ReadModels),
        [("POST", "/account/demo-sign-in")] = Anyone,
        [("GET", "/account/language")] = Anyone,
        [("POST", "/api/v1/auth/login")] = Anyone,
        [("POST", "/api/v1/auth/refresh")] = Anyone,
        [("POST", "/api/v1/auth/logout")] = SignedIn,
        [("POST", "/api/v1/auth/token")] = Anyone,
        [("GET", "/api/v1/health")] = Anyone,
        [("GET", "/api/v1/features/{scorecard}/{entity}")] = May(ReadCases),
        [("PUT", "/api/v1/features/{scorecard}/{entity}")] = May(TakeIn),
        [("GET", "/api/v1/scorecards")] = May(ReadModels, ScoreStateless, ReadCases),
        [("GET", "/api/v1/scorecards/{id}")] = May(ReadModels, ScoreStateless, ReadCases),
        [("GET", "/api/v1/scorecards/{id}/model")] = May(ReadModels, ScoreStateless),
        [("GET", "/api/v1/scorecards/{id}/metrics")] = May(ReadModels, ScoreStateless),
        [("POST", "/api/v1/scorecards/{id}/predict")] = May(ScoreStateless),
        [("POST", "/api/v1/scorecards/{id}/explain")] = May(ScoreStateless),
        [("POST", "/api/v1/scorecards/{id}/roadmap")] = May(ScoreStateless),
        [("GET", "/api/v1/predictions/{id:guid}")] = May(ScoreStateless),
        [("GET", "/api/v1/predictions/{id:guid}/replay")] = May(ScoreStateless, Replay),
        [("GET", "/staging/{id:guid}/quarantine.csv")] = May(ReadModels),
        [("GET", "/health/live")] = Anyone,
        [("GET", "/health/ready")] = Anyone,
    };

    /// <summary>What Blazor itself needs: the circuit of a page that was admitted, its script, and the answer to files that do not exist.</summary>
    public static IReadOnlyList<string> Framework { get; } = ["/_blazor", "/_framework", "/{**path:file}"];
}
