using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Staging;

/// <summary>What the feature store writes into the audit trail. Entities stay in the encrypted part.</summary>
public sealed class FeatureDeskTrail(IAuditTrail trail, TimeProvider clock)
{
    /// <summary>Now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Somebody read the features of an entity.</summary>
    public Task ReadAsync(Actor actor, string scorecard, string entity, FeatureRow row, CancellationToken cancellationToken) => trail.AppendAsync(
        [new AuditDraft(actor, "features.read", scorecard, new Dictionary<string, string?> { ["entity"] = entity, ["asOf"] = Text(row.AsOf), ["version"] = row.Version?.ToString(CultureInfo.InvariantCulture) })], cancellationToken);

    /// <summary>Somebody took a whole version out.</summary>
    public Task ExportedAsync(Actor actor, FeatureSet set, DateTimeOffset? asOf, CancellationToken cancellationToken) => trail.AppendAsync(
        [new AuditDraft(actor, "features.exported", set.Id.ToString(), new Dictionary<string, string?>
        {
            ["scorecard"] = set.ScorecardId, ["version"] = set.Version.ToString(CultureInfo.InvariantCulture), ["asOf"] = asOf is { } limit ? Text(limit) : null, ["features"] = set.ContentHash.Hex,
        })], cancellationToken);

    /// <summary>Somebody wrote a row; goes into the trail with it.</summary>
    public static AuditDraft Written(Actor actor, WrittenFeatureRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new AuditDraft(actor, "features.written", row.Id.ToString(), new Dictionary<string, string?>
        {
            ["scorecard"] = row.ScorecardId,
            ["entity"] = row.Entity,
            ["asOf"] = Text(row.AsOf),
            ["fields"] = string.Join(',', row.Values.Keys),
        });
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
