using CreditWorkbench.Web.Components;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Endpoints.Cases;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Endpoints.Metrics;
using CreditWorkbench.Web.Endpoints.Watch;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Order of middleware and endpoints of the web host.</summary>
public static class WebPipeline
{
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    /// <summary>Builds the pipeline and maps pages, account and health.</summary>
    public static WebApplication UseWorkbenchWeb(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<PrometheusText>(); // listens from the first call on
        app.UseMiddleware<ApiBoundary>();
        app.UseWhen(context => !ApiRoutes.IsApi(context), pages => pages
            .UseExceptionHandler("/error", createScopeForErrors: true)
            .UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseWhen(context => !ApiRoutes.IsApi(context), pages => pages.Use(AddSecurityHeaders));
        app.UseWhen(ApiLanguage.IsStated, spoken => spoken.UseRequestLocalization());
        app.UseRouting();
        app.UseApi();
        app.UseMiddleware<StatelessShortcut>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<ApiIdempotency>();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        app.MapAccount();
        app.MapDocuments();
        app.MapLetters();
        app.MapQuarantine();
        app.MapReports();
        app.MapPackages();
        app.MapApiDescription();
        app.MapMetrics();
        var api = app.MapApi();
        api.MapAuth();
        api.MapHealth();
        api.MapFeatures();
        api.MapPredictions();
        api.MapScorecards();
        api.MapCases();
        api.MapWatch();
        api.MapBatches();
        api.MapJobs();
        api.MapWebhooks();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        return app;
    }

    /// <summary>Makes roles, then demo users, or the token of the first admin where nobody can sign in yet.</summary>
    public static async Task PrepareIdentityAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var seed = scope.ServiceProvider.GetRequiredService<IdentitySeed>();
        await seed.RolesAsync();
        if (app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<WorkbenchOptions>>().Value.Demo) await seed.DemoUsersAsync();
        else if (!seed.HasUsers)
        {
            var token = app.Services.GetRequiredService<FirstAdminToken>().Issue();
            app.Logger.LogWarning("Nobody can sign in yet. Make the first admin at /first-admin?token={Token} (valid once, until the next start).", token);
        }
    }

    // Who calls: by the key or token that the call carries, else by the cookie.
    private static void UseApi(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ApiSettings>().Origins.Count > 0) app.UseCors();
        app.UseMiddleware<ApiRouting>();
        app.UseMiddleware<ApiDoor>();
        app.UseWhen(context => !ApiDoor.Decided(context), rest => rest.UseAuthentication());
        // The host would put a second one in front of everything, because it sees none outside the branch.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseMiddleware<ApiGate>();
    }

    private static Task AddSecurityHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }
}
