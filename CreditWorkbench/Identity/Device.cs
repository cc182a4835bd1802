namespace CreditWorkbench.Web.Identity;

/// <summary>Words for the name that a browser gives itself.</summary>
public static class Device
{
    // The first that occurs counts: browsers carry the names of others for old sites' sake.
    private static readonly (string Sign, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Sign, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Browser and system, such as <c>Firefox, Linux</c>; what the browser says, cut short, when neither is known.</summary>
    public static string Of(string agent)
    {
        var known = new[] { Name(Browsers, agent), Name(Systems, agent) }.OfType<string>().ToList();
        return known.Count > 0 ? string.Join(", ", known) : agent.Length <= 40 ? agent : agent[..40];
    }

    private static string? Name((string Sign, string Name)[] known, string agent) =>
        known.Where(each => agent.Contains(each.Sign, StringComparison.Ordinal)).Select(each => each.Name).FirstOrDefault();
}
