using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Versions of what can be changed: <c>ETag</c> in answers, <c>If-Match</c> in changes; 412 <c>version.stale</c> when somebody was faster.</summary>
public static class ApiVersion
{
    /// <summary>Names the version in the answer.</summary>
    public static void Tell(HttpContext context, int version)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
    }

    /// <summary>The version that a change is made for; null without <c>If-Match</c> and with <c>*</c>: whatever is there.</summary>
    public static Outcome<int?> Expected(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0 || header is ["*"]) return (int?)null;
        return header is [['"', .. var digits, '"']] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : new Problem("version.invalid", "If-Match holds no version of an earlier answer.") { Field = "If-Match", Remedy = "Send the ETag as it came." };
    }

    /// <summary>Like <see cref="Expected"/>, for changes that must say what they are made for: <c>version.missing</c> without.</summary>
    public static Outcome<int?> Required(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Headers.IfMatch.Count > 0
            ? Expected(context)
            : new Problem("version.missing", "The change does not say which version it is made for.") { Field = "If-Match", Remedy = "Send the ETag of the last answer as If-Match." };
    }

    /// <summary>The refusal of a change that is made for an older version.</summary>
    public static Problem Stale { get; } = new("version.stale", "Somebody changed this in the meantime; nothing was saved.") { Remedy = "Load it again and repeat the change." };
}
