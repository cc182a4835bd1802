namespace CreditWorkbench.Web.Endpoints.Description;

/// <content>Applicants, applications, reviews; outcomes, alerts, audit.</content>
public static partial class ApiExamples
{
    private const string Applicant = "/api/v1/applicants/" + AnyId;
    private const string Application = "/api/v1/applications/" + AnyId;
    private const string Review = "/api/v1/reviews/" + AnyId;

    private static IEnumerable<ApiExample> Cases() =>
    [
        new("postApplicant", "POST", "/api/v1/applicants", """{"name":"Budi Santoso","email":"budi.santoso@example.com","phone":"+62 812 0000 4711","nationalId":"3171234567890001","kind":"person"}""") { Main = true },
        new("getApplicants", "GET", "/api/v1/applicants?query=budi"),
        new("postConsents", "POST", $"{Applicant}/consents", """{"purposes":["scoring"],"sources":["bank","utility","declared"],"textVersion":"1.0.0","language":"id","channel":"api","scorecard":"trust"}""") { Main = true },
        new("postApplication", "POST", $"{Applicant}/applications", $$"""{"scorecard":"trust","values":{{TrustValues}},"amount":15000000,"termMonths":12}""") { Main = true },
        new("getApplications", "GET", "/api/v1/applications?status=scored"),
        new("patchApplication", "PATCH", Application, """{"values":{"income_stability_months":31},"amount":12000000}"""),
        new("postStatement", "POST", $"{Application}/statement", "date,description,amount\n2026-10-01,salary,8500000\n2026-10-03,electricity,-350000\n") { MediaType = "text/csv" },
        new("postScore", "POST", $"{Application}/score") { Main = true },
        new("postObjection", "POST", $"{Application}/objections", """{"grounds":"The income of my second job was left out."}"""),
        new("postCorrection", "POST", $"{Application}/corrections", """{"values":{"income_stability_months":36},"grounds":"The contract attached shows three years."}"""),
        new("getScoreExplanation", "GET", $"/api/v1/scores/{AnyId}/explanation"),
        new("getReviews", "GET", "/api/v1/reviews?status=waiting"),
        new("postDecision", "POST", $"{Review}/decision", """{"decision":"approve","justification":"Income proven by three payslips; the score agrees.","amount":15000000,"interestRate":0.165,"termMonths":12}"""),
        new("postSecond", "POST", $"{Review}/second", """{"agrees":true}"""),
    ];

    private static IEnumerable<ApiExample> Watch() =>
    [
        new("postOutcomes", "POST", "/api/v1/outcomes", $$"""[{"applicationId":"{{AnyId}}","bad":false,"observedAt":"2026-11-01T00:00:00Z"}]""") { Main = true },
        new("getMonitoring", "GET", "/api/v1/monitoring/trust?from=2026-10-01&to=2026-10-31"),
        new("postStage", "POST", "/api/v1/models/trust/versions/1/stage", """{"stage":"staging","note":"Evidence complete; reviewed with the committee."}"""),
        new("postModel", "POST", "/api/v1/models?name=trust", "the bytes of a package file") { MediaType = "application/octet-stream" },
        new("createBatch", "POST", "/api/v1/scorecards/trust/batches?explain=top4&id=reference&legalBasis=contract",
            "reference,utility_payment_months,monthly_transaction_count,income_regularity_score,income_stability_months,account_tenure_months\nloan-1,26,64,0.88,30,48\nloan-2,3,12,0.41,4,7\n") { MediaType = "text/csv", Main = true },
        new("createWebhook", "POST", "/api/v1/webhooks", """{"url":"https://core.example.com/hooks/credit","events":["batch.completed"]}"""),
        new("postAcknowledge", "POST", $"/api/v1/alerts/{AnyId}/acknowledge", """{"note":"The campaign of October explains the shift."}"""),
        new("getAudit", "GET", "/api/v1/audit?kind=application.scored"),
    ];
}
