using System.Globalization;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Settings of serving: <c>Workbench:Serving:CacheCases</c>, predictions that are remembered for 24 hours at most; 0 remembers none.</summary>
public static class ServingSettings
{
    private const string Cases = "Workbench:Serving:CacheCases";
    private const int Most = 1_000_000;

    /// <summary>Reads the setting; 4,096 where nothing is set.</summary>
    /// <exception cref="StartRefusedException">It is not a whole number from 0 to 1,000,000.</exception>
    public static PredictionCacheLimits CacheOf(IServiceProvider services)
    {
        if (services.GetRequiredService<IConfiguration>()[Cases] is not { Length: > 0 } text) return PredictionCacheLimits.Default;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Most
            ? PredictionCacheLimits.Default with { Cases = number }
            : throw new StartRefusedException([new Problem("setting.invalid", $"The predictions to remember are '{text}'.") { Field = Cases, Remedy = $"Give a whole number from 0 to {Most.ToString(CultureInfo.InvariantCulture)}." }]);
    }
}
