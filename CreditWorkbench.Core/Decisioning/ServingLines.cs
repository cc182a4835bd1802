using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Serving lines of releases, compiled once per release.</summary>
public sealed class ServingLines(ReleaseSource releases)
{
    private readonly ConditionalWeakTable<Release, ServingLine> _lines = [];

    /// <summary>The line that decides for a scorecard.</summary>
    public async ValueTask<Outcome<ServingLine>> InProductionAsync(string scorecardId, CancellationToken cancellationToken) =>
        (await releases.InProductionAsync(scorecardId, cancellationToken)).Then<ServingLine>(Of);

    /// <summary>The line of a past release.</summary>
    public async ValueTask<Outcome<ServingLine>> ByHashAsync(ContentHash releaseHash, CancellationToken cancellationToken) =>
        (await releases.ByHashAsync(releaseHash, cancellationToken)).Then<ServingLine>(Of);

    private Outcome<ServingLine> Of(Release release) => _lines.GetValue(release, fresh => new ServingLine(fresh));
}
