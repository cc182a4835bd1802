using System.Globalization;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Settings of explanations: <c>Workbench:Explanation:TableMiB</c>, memory for the tables of one explainer in MiB.</summary>
public static class ExplanationSettings
{
    private const string TableMiB = "Workbench:Explanation:TableMiB";
    private const int Most = 1 << 20;

    /// <summary>Reads the settings; 256 MiB where nothing is set, 0 for no tables at all.</summary>
    /// <exception cref="StartRefusedException">The setting is not a whole number from 0 to 1,048,576.</exception>
    public static ExplanationLimits From(IConfiguration configuration)
    {
        if (configuration[TableMiB] is not { Length: > 0 } text) return ExplanationLimits.Default;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= Most
            ? new ExplanationLimits { TableBytes = (long)size << 20 }
            : throw new StartRefusedException([new Problem("setting.invalid", $"The memory for explanation tables is '{text}'.") { Field = TableMiB, Remedy = "Give whole MiB, such as 256." }]);
    }
}
