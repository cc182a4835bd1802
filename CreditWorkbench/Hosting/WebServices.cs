using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Services of the web host: pages, languages, sign-in, authorization.</summary>
public static class WebServices
{
    /// <summary>Registers everything that pages need beside the rooms of the core.</summary>
    public static IServiceCollection AddWorkbenchWeb(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<WorkbenchOptions>(configuration.GetSection(WorkbenchOptions.Section));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<OrganisationClock>();
        services.AddWorkbenchCultures();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddSingleton<ReleaseWarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<ReleaseWarmUp>());
        services.AddHealthChecks().AddCheck<StoreHealth>("store").AddCheck<ReleaseWarmUp>("releases");
        return services.AddWorkbenchIdentity().AddWorkbenchApi(ApiSettings.From(configuration));
    }

    private static IServiceCollection AddWorkbenchIdentity(this IServiceCollection services)
    {
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, LiveSession>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<WorkbenchUser>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = 12;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<WorkbenchContext>()
            .AddSignInManager<WorkbenchSignIn>()
            .AddClaimsPrincipalFactory<WorkbenchClaims>()
            .AddDefaultTokenProviders();
        services.ConfigureApplicationCookie(cookie =>
        {
            (cookie.LoginPath, cookie.AccessDeniedPath, cookie.ReturnUrlParameter) = ("/sign-in", "/denied", "returnUrl");
            (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (TimeSpan.FromMinutes(30), true);
            cookie.Events.OnValidatePrincipal = WorkbenchSignIn.ValidateAsync;
            (cookie.Cookie.Name, cookie.Cookie.HttpOnly, cookie.Cookie.SameSite) = ("cw-session", true, SameSiteMode.Lax);
        });
        services.AddHttpContextAccessor();
        services.Configure<SecurityStampValidatorOptions>(options => (options.ValidationInterval, options.OnRefreshingPrincipal) = (TimeSpan.FromMinutes(1), WorkbenchSignIn.CarryAsync));
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromDays(3));
        services.Configure<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(IdentityConstants.TwoFactorRememberMeScheme,
            cookie => cookie.ExpireTimeSpan = TimeSpan.FromDays(30));
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<FirstAdminToken>();
        services.AddSingleton<SignInAttempts>();
        services.AddScoped<SignInDesk>();
        services.AddScoped<FirstAdminDesk>();
        services.AddScoped<UserDesk>();
        services.AddScoped<InvitationDesk>();
        services.AddScoped<OwnAccountDesk>();
        services.AddScoped<IdentitySeed>();
        return services;
    }
}
