using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Settings of the API, section <c>Workbench:Api</c>: RequestsPerMinute (100), Origins (none), OpenMetrics (false), RoadmapMilliseconds (500).</summary>
/// <param name="RequestsPerMinute">Requests a minute of a key without a limit of its own, of a person, and of an address without credentials.</param>
/// <param name="Origins">Origins of pages elsewhere that may call; none unless set.</param>
/// <param name="OpenMetrics">Whether everyone may read <c>/metrics</c>; else readers of dashboards.</param>
public sealed record ApiSettings(int RequestsPerMinute, IReadOnlyList<string> Origins, bool OpenMetrics)
{
    /// <summary>Requests a minute unless set.</summary>
    public const int DefaultRequests = 100;

    private const int LongestRoadmap = 30_000;

    /// <summary>How long a call waits for a roadmap before it answers without; zero: not at all.</summary>
    public TimeSpan RoadmapPatience { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartRefusedException">A setting is not valid; the problem names it.</exception>
    public static ApiSettings From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("Workbench:Api");
        var requests = section["RequestsPerMinute"] is { } text ? (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Refused("RequestsPerMinute", "is a whole number above 0")) : DefaultRequests;
        var origins = section.GetSection("Origins").GetChildren().Select(child => child.Value ?? "").Concat((section["Origins"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (origins.Any(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.GetLeftPart(UriPartial.Authority) != origin.TrimEnd('/')))
            throw Refused("Origins", "names origins such as https://portal.example.com");
        var patience = section["RoadmapMilliseconds"] is not { } roadmap ? 500
            : int.TryParse(roadmap, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= LongestRoadmap ? milliseconds
            : throw Refused("RoadmapMilliseconds", "is a whole number from 0 to 30000");
        return new ApiSettings(requests, [.. origins.Select(origin => origin.TrimEnd('/'))], section.GetValue("OpenMetrics", false)) { RoadmapPatience = TimeSpan.FromMilliseconds(patience) };
    }

    private static StartRefusedException Refused(string setting, string rule) => new([new Problem("setting.invalid", $"Workbench:Api:{setting} {rule}.") { Field = $"Workbench:Api:{setting}" }]);
}
