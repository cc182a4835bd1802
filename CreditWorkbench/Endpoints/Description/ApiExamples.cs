using System.Collections.Frozen;

namespace CreditWorkbench.Web.Endpoints.Description;

/// <summary>An example of a call. The description, the developers' page and its code samples are all made of it, so that they cannot drift apart.</summary>
/// <param name="Operation">Name of the endpoint.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Address with sample values in its slots.</param>
/// <param name="Body">Body; null for none.</param>
/// <param name="Answer">A typical answer as JSON; null where it is no JSON.</param>
public sealed record ApiExample(string Operation, string Method, string Path, string? Body = null, string? Answer = null)
{
    /// <summary>JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Media type of the body.</summary>
    public string MediaType { get; init; } = Json;

    /// <summary>Whether the developers' page shows code for it.</summary>
    public bool Main { get; init; }
}

/// <summary>Examples by operation.</summary>
public static partial class ApiExamples
{
    /// <summary>Stands for the identity of something of the caller's.</summary>
    public const string AnyId = "0199a3c2-5d10-7c31-9b7e-2f6a4b8c1d20";

    private const string TrustValues = """
        {"utility_payment_months":26,"utility_payment_consistency":0.92,"monthly_transaction_count":64,"transaction_regularity_score":0.78,"spending_volatility":0.31,
         "avg_month_end_balance":4200000,"savings_growth_rate":0.04,"withdrawal_discipline_score":0.71,"income_regularity_score":0.88,"income_stability_months":30,
         "account_tenure_months":48,"address_stability_years":5.5,"discretionary_income_ratio":0.24}
        """;

    private const string Prediction = """
        "id":"0199a3c2-5d10-7c31-9b7e-2f6a4b8c1d20","reference":"loan-4711","scoredAt":"2026-11-20T08:15:30.1234567Z","release":"5f0c5b0e9a7d4c53","score":641,"scoreUnrounded":640.73,"grade":"B",
        "riskLevel":"low","pd":0.041,"scalePd":0.043,"rawPd":0.052,"decision":"approve","cutoffs":{"approve":600,"decline":500},"confidence":{"kind":"modelUncertainty","value":0.86,"low":618,"high":663},
        "modelVersion":"trust@1","warnings":[]
        """;

    /// <summary>Every example.</summary>
    public static IReadOnlyList<ApiExample> All { get; } =
    [
        .. Auth(),
        new("getHealth", "GET", "/api/v1/health", Answer: """{"status":"healthy","checks":{"store":"healthy"}}"""),
        new("listScorecards", "GET", "/api/v1/scorecards") { Main = true },
        new("predict", "POST", "/api/v1/scorecards/trust/predict", $$"""{"values":{{TrustValues}},"reference":"loan-4711","legalBasis":["contract"]}""", $$"""{{{Prediction}}}""") { Main = true },
        new("explain", "POST", "/api/v1/scorecards/trust/explain", $$"""{"values":{{TrustValues}},"reference":"loan-4711","legalBasis":["contract"],"method":"interventional","top":5}""") { Main = true },
        new("roadmap", "POST", "/api/v1/scorecards/trust/roadmap", $$"""{"values":{{TrustValues}},"legalBasis":["contract"],"targetScore":700}""") { Main = true },
        .. Cases(),
        .. Watch(),
        new("getFeatures", "GET", "/api/v1/features/loan-risk/7"),
        new("putFeatures", "PUT", "/api/v1/features/loan-risk/7?asOf=2026-11-01T00:00:00Z", """{"values":{"monthly_income":3100.5,"employment":"employed"}}""",
            """{"scorecard":"loan-risk","entity":"7","asOf":"2026-11-01T00:00:00Z","knownSince":"2026-11-20T08:15:30Z","version":null,"scoringHash":"9c1f0a3e","values":{"monthly_income":3100.5,"employment":"employed"}}"""),
    ];

    private static readonly FrozenDictionary<string, ApiExample> ByOperation = All.ToFrozenDictionary(example => example.Operation, StringComparer.Ordinal);

    /// <summary>The example of an operation; null where there is none.</summary>
    public static ApiExample? Of(string? operation) => operation is null ? null : ByOperation.GetValueOrDefault(operation);

    private static IEnumerable<ApiExample> Auth() =>
    [
        new("login", "POST", "/api/v1/auth/login", """{"email":"maya.putri@example.com","password":"Demo-workbench-1"}""", """{"accessToken":"CfDJ8...","refreshToken":"m3Zk...","expiresIn":1800}"""),
        new("refresh", "POST", "/api/v1/auth/refresh", """{"refreshToken":"m3Zk..."}""", """{"accessToken":"CfDJ8...","refreshToken":"q8Xw...","expiresIn":1800}"""),
        new("logout", "POST", "/api/v1/auth/logout"),
        new("token", "POST", "/api/v1/auth/token", "grant_type=client_credentials&client_id=0199a3c2-5d10-7c31-9b7e-2f6a4b8c1d20&client_secret=SECRET",
            """{"accessToken":"CfDJ8...","expiresIn":1800,"access_token":"CfDJ8...","token_type":"Bearer","expires_in":1800,"scope":"score:stateless"}""") { MediaType = "application/x-www-form-urlencoded" },
    ];
}
