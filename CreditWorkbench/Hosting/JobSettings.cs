using System.Globalization;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Settings of the job worker: <c>Workbench:Jobs:Threads</c>, how many jobs this process does at the same time.</summary>
public static class JobSettings
{
    private const string Threads = "Workbench:Jobs:Threads";
    private const int Most = 64;

    /// <summary>Reads the settings; two jobs where nothing is set, so that a long training does not hold up a nightly load. 0 leaves the work to
    /// other processes.</summary>
    /// <exception cref="StartRefusedException">The setting is not a whole number from 0 to 64.</exception>
    public static JobWorkerOptions From(IConfiguration configuration)
    {
        if (configuration[Threads] is not { Length: > 0 } text) return new JobWorkerOptions { Threads = 2 };
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Most
            ? new JobWorkerOptions { Threads = count }
            : throw new StartRefusedException([new Problem("setting.invalid", $"The number of jobs at the same time is '{text}'.") { Field = Threads, Remedy = "Give a whole number from 0 to 64." }]);
    }
}
