using System.Collections.Concurrent;
using System.Security.Cryptography;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Releases by scorecard or hash. The row of what is in production is at most a second old; packages are loaded once.</summary>
/// <param name="models">The registry's store.</param>
/// <param name="keys">Keys whose signatures are believed.</param>
/// <param name="clock">Says how old a row is.</param>
/// <param name="limits">What explanations may take; null: the default.</param>
public sealed class ReleaseSource(IModelStore models, IPackageKeys keys, TimeProvider clock, ExplanationLimits? limits = null)
{
    private const int KeptReleases = 32;
    private const int KeptRows = 1_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private readonly PackageLoader _loader = new(keys);
    private readonly ConcurrentDictionary<Guid, Lazy<Task<Outcome<Release>>>> _loaded = new();
    private readonly ConcurrentDictionary<string, (long ReadAt, RegisteredModel? Model)> _active = new();

    /// <summary>The release that decides for a scorecard; <c>model.none</c> without one.</summary>
    public async ValueTask<Outcome<Release>> InProductionAsync(string scorecardId, CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        if (!_active.TryGetValue(scorecardId, out var active) || clock.GetElapsedTime(active.ReadAt, now) >= Freshness)
        {
            active = (now, await models.InProductionAsync(scorecardId, cancellationToken));
            if (_active.Count >= KeptRows) _active.Clear(); // callers also name scorecards that do not exist
            _active[scorecardId] = active;
        }

        return active.Model is { } model
            ? await LoadAsync(model)
            : new Problem("model.none", $"No model is in production for scorecard {scorecardId}.") { Remedy = "Ask a risk analyst to promote one." };
    }

    /// <summary>The release with a hash, for replay and history; <c>model.notFound</c> without one.</summary>
    public async ValueTask<Outcome<Release>> ByHashAsync(ContentHash releaseHash, CancellationToken cancellationToken) =>
        await models.ByReleaseAsync(releaseHash, cancellationToken) is { } model
            ? await LoadAsync(model)
            : new Problem("model.notFound", $"There is no release {releaseHash.Short}.") { Remedy = "Restore the backup that holds it." };

    /// <summary>The release of a registered version.</summary>
    public async ValueTask<Outcome<Release>> OfAsync(RegisteredModel model) => await LoadAsync(model);

    // One load serves all who wait for it, so it does not run under the token of the first; a refused or failed load is not kept.
    private async Task<Outcome<Release>> LoadAsync(RegisteredModel model)
    {
        if (_loaded.Count > KeptReleases) _loaded.Clear();
        var load = _loaded.GetOrAdd(model.Id, _ => new Lazy<Task<Outcome<Release>>>(() => ReadAsync(model)));
        var kept = false;
        try
        {
            var outcome = await load.Value;
            kept = outcome.Succeeded;
            return outcome;
        }
        finally
        {
            if (!kept) _loaded.TryRemove(new KeyValuePair<Guid, Lazy<Task<Outcome<Release>>>>(model.Id, load));
        }
    }

    private async Task<Outcome<Release>> ReadAsync(RegisteredModel model)
    {
        byte[] bytes;
        try
        {
            bytes = await models.PackageAsync(model.Id, CancellationToken.None);
        }
        catch (CryptographicException)
        {
            return new Problem("package.altered", $"The package of {model.Reference} can no longer be decrypted.") { Remedy = "Restore it from a backup; an altered package is never loaded." };
        }

        return _loader.Load(bytes, model).Then(package => Release.Open(package, model, limits));
    }
}
