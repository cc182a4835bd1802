using System.Globalization;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Localization;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>The language of an answer: what the call asks for by <c>Accept-Language</c> (or a person by the cookie of the pages), else English.</summary>
public static class ApiLanguage
{
    /// <summary>The language of a call.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<IRequestCultureFeature>() is null ? Texts.Languages[0] : Texts.Language(CultureInfo.CurrentUICulture);
    }

    /// <summary>Whether a request has anything to say about its language; calls of client systems mostly have not.</summary>
    public static bool IsStated(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return !ApiRoutes.IsApi(context) || context.Request.Headers.AcceptLanguage.Count > 0 || context.Request.Headers.Cookie.Count > 0;
    }
}
