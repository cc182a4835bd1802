using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>Numbers for axes: millions and billions are shortened, so that ticks do not run into each other.</summary>
public static class Compact
{
    /// <summary>A tick: <c>0.25</c>, <c>1,200</c>, <c>2.5 m</c>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="decimals">Decimals that tell ticks apart.</param>
    public static string Number(double value, int decimals) => Math.Abs(value) switch
    {
        >= 1e9 => Formats.Plain(value / 1e9, 2) + "\u00A0" + Texts.T("format.billion"),
        >= 1e6 => Formats.Plain(value / 1e6, 2) + "\u00A0" + Texts.T("format.million"),
        _ => Formats.Number(value, decimals),
    };
}
