using System.Globalization;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Localization;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Languages of the screens: a cookie first, then what the browser asks for.</summary>
public static class Cultures
{
    /// <summary>Languages by their own names.</summary>
    public static IReadOnlyList<(string Code, string Name)> Names { get; } = [("en", "English"), ("id", "Bahasa Indonesia")];

    /// <summary>Registers the choice of language.</summary>
    public static IServiceCollection AddWorkbenchCultures(this IServiceCollection services) => services.Configure<RequestLocalizationOptions>(options =>
    {
        options.SetDefaultCulture(Texts.Languages[0]);
        options.SupportedCultures = options.SupportedUICultures = [.. Texts.Languages.Select(CultureInfo.GetCultureInfo)];
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
    });

    /// <summary>Remembers a language for a year and goes back to the page; an unknown language changes nothing.</summary>
    public static IResult Choose(HttpContext context, string culture, string? returnUrl)
    {
        if (Texts.Languages.Contains(culture))
        {
            context.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true });
        }
        return Results.LocalRedirect(LocalUrl.OrHome(returnUrl));
    }
}

/// <summary>Addresses that stay within the workbench.</summary>
public static class LocalUrl
{
    /// <summary>The address when it is a path of this site, else the start page.</summary>
    public static string OrHome(string? url) =>
        url is ['/', not ('/' or '\\'), ..] && !url.AsSpan().ContainsAny("\r\n") || url == "/" ? url : "/";
}
