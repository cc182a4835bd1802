using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Which page of a list is asked for: <c>?page=&amp;pageSize=</c>, newest first.</summary>
/// <param name="Page">One-based.</param>
/// <param name="PageSize">Items a page.</param>
public sealed record ApiPage(int Page, int PageSize)
{
    /// <summary>Items a page unless the call says otherwise.</summary>
    public const int DefaultSize = 50;

    /// <summary>Items a page at most.</summary>
    public const int MostSize = 200;

    private const int MostPage = 1_000_000;

    /// <summary>Items before this page.</summary>
    public int Skip => (Page - 1) * PageSize;

    /// <summary>Reads the query; <c>page.invalid</c> for what is not a number in range.</summary>
    public static Outcome<ApiPage> Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!Number(context, "page", 1, MostPage).TryGet(out var page, out var problems)) return Outcome<ApiPage>.Refused(problems);
        return Number(context, "pageSize", DefaultSize, MostSize).TryGet(out var size, out problems) ? new ApiPage(page, size) : Outcome<ApiPage>.Refused(problems);
    }

    /// <summary>Tells the caller how many items there are on all pages.</summary>
    public static void Total(HttpContext context, long total)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Headers["X-Total-Count"] = total.ToString(CultureInfo.InvariantCulture);
    }

    internal static Outcome<int> Number(HttpContext context, string name, int otherwise, int most)
    {
        var text = context.Request.Query[name];
        if (text.Count == 0) return otherwise;
        return text.Count == 1 && int.TryParse(text[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : new Problem("page.invalid", $"{name} is a whole number from 1 to {most}.") { Field = name };
    }
}

/// <summary>Which part of a long list is asked for: <c>?after=&amp;pageSize=</c>. What follows the last item seen; rows that arrive meanwhile move nothing.</summary>
/// <param name="After">The last item seen, as the previous answer named it; null for the beginning.</param>
/// <param name="PageSize">Items at most.</param>
public sealed record ApiCursor(string? After, int PageSize)
{
    private const int MostCharacters = 200;

    /// <summary>Reads the query.</summary>
    public static Outcome<ApiCursor> Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var after = context.Request.Query["after"];
        if (after.Count > 1 || after.ToString().Length > MostCharacters) return Invalid;
        return ApiPage.Number(context, "pageSize", ApiPage.DefaultSize, ApiPage.MostSize).TryGet(out var size, out var problems)
            ? new ApiCursor(string.IsNullOrEmpty(after) ? null : after.ToString(), size)
            : Outcome<ApiCursor>.Refused(problems);
    }

    /// <summary>The refusal of a cursor that no answer gave.</summary>
    public static Problem Invalid { get; } = new("after.invalid", "This is no cursor of an earlier answer.") { Field = "after", Remedy = "Send the value of X-Next-After, or leave it out to begin." };

    /// <summary>The cursor as an identity; null at the beginning.</summary>
    public Outcome<Guid?> Id() => After is null ? (Guid?)null : Guid.TryParseExact(After, "D", out var id) ? id : Invalid;

    /// <summary>The cursor as a position; null at the beginning.</summary>
    public Outcome<long?> Position() => After is null ? (long?)null : long.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : Invalid;

    /// <summary>Tells the caller where to go on; nothing on the last part.</summary>
    public static void Next(HttpContext context, string? after)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (after is not null) context.Response.Headers["X-Next-After"] = after;
    }
}
