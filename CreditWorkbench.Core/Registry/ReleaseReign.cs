namespace CreditWorkbench.Core.Registry;

/// <summary>A time during which a release decided for its scorecard.</summary>
/// <param name="Model">The release.</param>
/// <param name="From">First instant.</param>
/// <param name="Until">First instant at which it no longer decided; null while it does.</param>
/// <param name="IsRollback">Whether it came back because a newer one was withdrawn.</param>
/// <param name="By">Who brought it in.</param>
/// <param name="Note">Why.</param>
public sealed record ReleaseReign(RegisteredModel Model, DateTimeOffset From, DateTimeOffset? Until, bool IsRollback, Guid By, string Note)
{
    /// <summary>Whether it decided at an instant: from included, until excluded.</summary>
    public bool Covers(DateTimeOffset instant) => From <= instant && (Until is not { } until || instant < until);
}

/// <summary>Which release decided when, read off the changes of stage.</summary>
public static class ReleaseHistory
{
    /// <summary>Reigns of a scorecard, oldest first. Times without a release in production are gaps.</summary>
    /// <param name="changes">All changes of its versions, oldest first.</param>
    public static IReadOnlyList<ReleaseReign> Of(IReadOnlyList<ModelChange> changes)
    {
        var reigns = new List<ReleaseReign>();
        foreach (var (model, change) in changes)
        {
            // The outgoing release is archived first, in the same transaction and at the same instant.
            if (change.From == ModelStage.Production && reigns.Count > 0 && reigns[^1].Model.Id == model.Id && reigns[^1].Until is null) reigns[^1] = reigns[^1] with { Until = change.At };
            if (change.To == ModelStage.Production) reigns.Add(new ReleaseReign(model, change.At, null, change.IsRollback, change.ActorId, change.Note));
        }

        return reigns;
    }

    /// <summary>The release that decided at an instant; null where none did.</summary>
    public static ReleaseReign? At(IReadOnlyList<ReleaseReign> reigns, DateTimeOffset instant) => reigns.LastOrDefault(reign => reign.Covers(instant));

    /// <summary>The release that a rollback brings back: the one that the last approved promotion replaced. A rollback undoes a promotion, so
    /// two rollbacks in a row go two promotions back.</summary>
    public static RegisteredModel? Before(IReadOnlyList<ModelChange> changes)
    {
        var stack = new List<RegisteredModel>();
        foreach (var (model, change) in changes.Where(entry => entry.Change.To == ModelStage.Production))
        {
            var known = stack.FindLastIndex(other => other.Id == model.Id);
            if (change.IsRollback && known >= 0) stack.RemoveRange(known + 1, stack.Count - known - 1);
            else stack.Add(model);
        }

        var deciding = stack.FindLastIndex(model => model.Stage == ModelStage.Production);
        return stack.Take(deciding < 0 ? stack.Count : deciding).LastOrDefault(model => model.Stage == ModelStage.Archived);
    }
}
