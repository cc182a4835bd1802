namespace CreditWorkbench.Core.Kernel;

/// <summary>An amount of money in whole minor units of one currency.</summary>
/// <param name="MinorUnits">Cents, sen and the like; negative for a debt.</param>
/// <param name="Currency">ISO 4217 code in upper case.</param>
public readonly record struct Money(long MinorUnits, string Currency)
{
    /// <summary>Decimal places of the currency: 0 where the minor unit is not used (IDR, JPY, KRW, VND), else 2.</summary>
    public int Decimals => DecimalsOf(Currency);

    /// <summary>The amount in major units.</summary>
    public decimal Major => MinorUnits / Power(Decimals);

    /// <summary>Rounds an amount in major units half away from zero to whole minor units.</summary>
    public static Money FromMajor(decimal amount, string currency) =>
        new(checked((long)Math.Round(amount * Power(DecimalsOf(currency)), MidpointRounding.AwayFromZero)), currency);

    private static int DecimalsOf(string currency) => currency is "IDR" or "JPY" or "KRW" or "VND" ? 0 : 2;

    private static decimal Power(int decimals) => decimals == 0 ? 1m : 100m;
}
