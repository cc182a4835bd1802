namespace CreditWorkbench.Tests.Browser;

/// <summary>What stands in place of the slots of a page's route when the page is looked at.</summary>
/// <param name="Case">An application of the demo data.</param>
/// <param name="User">A user of the demo data.</param>
/// <param name="Applicant">An applicant of the demo data.</param>
internal sealed record PageSamples(string Case, string User, string Applicant)
{
    private const string Nothing = "01a1f946-0000-7000-8000-000000000000";

    // What takes long to make: these pages say here that there is no such thing; the tests of the rooms look at them with contents.
    private static readonly string[] LongMade = ["/lab/runs/", "/data/{", "/staging/{", "/rollouts/{"];

    /// <summary>Samples that say whether a route has one, and nothing else.</summary>
    public static PageSamples Any { get; } = new("1", "2", "3");

    /// <summary>The address of a route of the access table.</summary>
    /// <exception cref="InvalidOperationException">The route has a slot for which there is no sample.</exception>
    public string Address(string route)
    {
        var address = route switch
        {
            _ when route.StartsWith("/applications/{Id:guid}", StringComparison.Ordinal) => route.Replace("{Id:guid}", Case, StringComparison.Ordinal),
            _ when route.StartsWith("/users/{Id:guid}", StringComparison.Ordinal) => route.Replace("{Id:guid}", User, StringComparison.Ordinal),
            _ when route.StartsWith("/applicants/{Id:guid}", StringComparison.Ordinal) => route.Replace("{Id:guid}", Applicant, StringComparison.Ordinal),
            _ when route.StartsWith("/models/{Name}", StringComparison.Ordinal) => route.Replace("{Name}", "trust", StringComparison.Ordinal).Replace("{Version:int}", "1", StringComparison.Ordinal),
            _ when route.StartsWith("/scorecards/{Id}", StringComparison.Ordinal) => route.Replace("{Id}", "trust", StringComparison.Ordinal),
            _ when Array.Exists(LongMade, start => route.StartsWith(start, StringComparison.Ordinal)) =>
                route.Replace("{Id:guid}", Nothing, StringComparison.Ordinal).Replace("{Family}", "forest", StringComparison.Ordinal),
            _ => route,
        };
        return address.Contains('{') ? throw new InvalidOperationException($"Nobody looks at the page {route}: give it a sample in {nameof(PageSamples)}.") : address;
    }
}
