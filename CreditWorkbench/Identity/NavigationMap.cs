using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Identity;

/// <summary>One entry of the side navigation.</summary>
/// <param name="Key">Key of its words: <c>nav.KEY</c>.</param>
/// <param name="Href">Page, as in <see cref="AccessTable"/>.</param>
/// <param name="Icon">Icon.</param>
public sealed record NavigationEntry(string Key, string Href, string Icon);

/// <summary>A task with its pages.</summary>
/// <param name="Key">Key of its words: <c>nav.KEY</c>.</param>
/// <param name="Entries">Pages.</param>
public sealed record NavigationGroup(string Key, IReadOnlyList<NavigationEntry> Entries);

/// <summary>Side navigation by task. What a role may not open is absent.</summary>
public static class NavigationMap
{
    /// <summary>All groups.</summary>
    public static IReadOnlyList<NavigationGroup> Groups { get; } =
    [
        new("decide",
        [
            new("overview", "/overview", "home"),
            new("reviews", "/reviews", "inbox"),
            new("applications", "/applications", "file"),
            new("applicants", "/applicants", "user"),
            new("newApplication", "/applications/new", "plus"),
            new("letters", "/letters", "mail"),
        ]),
        new("build",
        [
            new("data", "/data", "table"),
            new("scorecards", "/scorecards", "file"),
            new("lab", "/lab", "flask"),
            new("models", "/models", "box"),
            new("explanations", "/explanations", "chart"),
            new("rows", "/explanations/rows", "bars"),
        ]),
        new("prove", [new("audit", "/audit", "shield")]),
        new("run", [new("rollouts", "/rollouts", "pulse"), new("alerts", "/alerts", "flag"), new("staging", "/staging", "download"), new("features", "/features", "chip"), new("batches", "/batches", "copy"), new("jobs", "/jobs", "bolt"), new("messages", "/queue", "inbox"), new("developers", "/developers", "link"), new("users", "/users", "users")]),
    ];

    /// <summary>The groups and entries that a set of permissions opens; groups without entries are absent.</summary>
    public static IReadOnlyList<NavigationGroup> For(IReadOnlySet<Permission> permissions) =>
    [
        .. Groups.Select(group => group with { Entries = [.. group.Entries.Where(entry => AccessTable.Pages[entry.Href].Admits(permissions))] })
            .Where(group => group.Entries.Count > 0),
    ];

    /// <summary>The entry that an address belongs to: the longest whose page it lies under; null for none.</summary>
    public static string? Current(string path) =>
        path.StartsWith("/applications/", StringComparison.Ordinal) && path.EndsWith("/review", StringComparison.Ordinal) ? "/reviews"
            : Groups.SelectMany(group => group.Entries).Select(entry => entry.Href)
                .Where(href => path == href || path.StartsWith(href + "/", StringComparison.Ordinal))
                .MaxBy(href => href.Length);
}
