using System.Globalization;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Settings of the job worker: <c>Workbench:Jobs:Threads</c>, how many jobs this process does at the same time, and
/// <c>Workbench:Jobs:LeaseSeconds</c>, how long after its last sign of life a worker counts as dead.</summary>
public static class JobSettings
{
    private const string Threads = "Workbench:Jobs:Threads";
    private const string Lease = "Workbench:Jobs:LeaseSeconds";

    /// <summary>Reads the settings; two jobs where nothing is set, so that a long training does not hold up a nightly load, and 30 seconds.
    /// 0 threads leave the work to other processes.</summary>
    /// <exception cref="StartRefusedException">A setting is not a whole number in its range: threads 0 to 64, seconds 1 to 3600.</exception>
    public static JobWorkerOptions From(IConfiguration configuration)
    {
        var lease = TimeSpan.FromSeconds(Number(configuration, Lease, 30, 1, 3600));
        var usual = new JobWorkerOptions();
        return usual with { Threads = Number(configuration, Threads, 2, 0, 64), Lease = lease, Report = lease / 5 < usual.Report ? lease / 5 : usual.Report };
    }

    private static int Number(IConfiguration configuration, string setting, int usual, int least, int most)
    {
        if (configuration[setting] is not { Length: > 0 } text) return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new StartRefusedException([new Problem("setting.invalid", $"The setting is '{text}'.") { Field = setting, Remedy = $"Give a whole number from {least} to {most}." }]);
    }
}
