using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Staging;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Queue;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Settings of staging, section <c>Workbench:Staging</c>: SourceRoot (folder whose subfolders are deliveries; default <c>deliveries</c> in the data
/// directory), DailyAt (time of the nightly load in UTC, or <c>off</c>; default what each dictionary says), FreshHours (36), VersionsKept (10),
/// OutlierAlertShare (0.01), MemoryMiB (1024: a larger delivery goes through files).</summary>
public static class StagingConfiguration
{
    private const string Section = "Workbench:Staging:";

    /// <summary>Reads what the rooms need.</summary>
    /// <exception cref="StartRefusedException">A setting is not valid; the problem names it.</exception>
    public static StagingSettings From(IConfiguration configuration, StoreOptions store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new StagingSettings(Path.Combine(store.DataDirectory, "zones"))
        {
            OutlierAlertShare = Number(configuration, "OutlierAlertShare", 0.01, 0, 1),
            FreshFor = TimeSpan.FromHours(Number(configuration, "FreshHours", 36, 0.01, 100_000)),
            MemoryBytes = (long)Number(configuration, "MemoryMiB", 1024, 1, 1 << 20) << 20,
            VersionsKept = (int)Number(configuration, "VersionsKept", 10, 1, 10_000),
        };
    }

    /// <summary>Reads where deliveries lie and when they are loaded.</summary>
    /// <exception cref="StartRefusedException">A setting is not valid; the problem names it.</exception>
    public static StagingSources SourcesFrom(IConfiguration configuration, StoreOptions store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var root = configuration[Section + "SourceRoot"] is { Length: > 0 } folder ? Path.GetFullPath(folder) : Path.Combine(store.DataDirectory, "deliveries");
        var text = configuration[Section + "DailyAt"];
        if (string.IsNullOrEmpty(text)) return new StagingSources(root);
        if (text == "off") return new StagingSources(root) { Nightly = false };
        return TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new StagingSources(root) { DailyAt = time }
            : throw Refused("DailyAt", text, "Give a time such as 02:00 (UTC), or off.");
    }

    private static double Number(IConfiguration configuration, string name, double usual, double least, double most)
    {
        if (configuration[Section + name] is not { Length: > 0 } text) return usual;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Refused(name, text, string.Create(CultureInfo.InvariantCulture, $"Give a number from {least} to {most}."));
    }

    private static StartRefusedException Refused(string name, string text, string remedy) =>
        new([new Problem("setting.invalid", $"The setting is '{text}'.") { Field = Section + name, Remedy = remedy }]);
}
