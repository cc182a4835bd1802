using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>The files of the zones. What lies here counts only when the store's manifest names it.</summary>
public sealed class StagingZones(StagingSettings settings, IZoneSealer sealer)
{
    private readonly ZoneFolders _folders = new(settings.ZoneFolder);

    /// <summary>Lines of a run's quarantine file, the header first; nothing when the run has none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IEnumerable<string> Quarantine(Guid run)
    {
        var path = _folders.QuarantineOf(run);
        return File.Exists(path) ? QuarantineFile.Lines(path, run, sealer).Prepend(QuarantineFile.Header) : [];
    }

    /// <summary>Takes the files of a delivery in, or finds them where an earlier attempt of the run left them.</summary>
    internal Task<Outcome<Delivery>> TakeInAsync(StagingDefinition staging, StagingRun run, IProgress<double>? progress, CancellationToken cancellationToken) =>
        run.Delivery is { } there && Directory.Exists(DeliveryOf(run.Id))
            ? Task.FromResult(Outcome<Delivery>.Success(there))
            : DeliveryIntake.TakeAsync(staging, run.Folder, DeliveryOf(run.Id), progress, cancellationToken);

    /// <summary>Folder of the files that were taken in.</summary>
    internal string DeliveryOf(Guid run) => _folders.DeliveryOf(run);

    /// <summary>A new file for findings.</summary>
    internal QuarantineFile Findings(Guid run) => new(_folders.QuarantineOf(run), run, sealer, settings.MostFindings);

    /// <summary>Feature file of a run whose delivery does not fit into memory; goes with the delivery.</summary>
    internal string WorkFileOf(Guid run)
    {
        var folder = Path.Combine(DeliveryOf(run), "work");
        ZoneFolders.Make(folder);
        return Path.Combine(folder, "features.csv");
    }

    /// <summary>Writes a feature set.</summary>
    internal WrittenFeatures Write(Guid set, FeatureRows rows, CancellationToken cancellationToken) => FeatureSetWriter.Write(rows, _folders.FeaturesOf(set), set, sealer, cancellationToken);

    /// <summary>Opens a feature set; null when its file is gone.</summary>
    internal FeatureSetReader? Open(Guid set)
    {
        try
        {
            return new FeatureSetReader(_folders.FeaturesOf(set), set, sealer);
        }
        catch (FileNotFoundException)
        {
            return null; // retired since the manifest was read
        }
    }

    /// <summary>Removes a feature set's file.</summary>
    internal void Remove(Guid set) => File.Delete(_folders.FeaturesOf(set));

    /// <summary>Removes what a run needed while it worked.</summary>
    internal void Release(Guid run) => _folders.Release(run);
}
