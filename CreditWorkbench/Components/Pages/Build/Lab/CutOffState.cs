using System.Globalization;
using CreditWorkbench.Core.Evaluation;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>How a reader reckons costs.</summary>
public enum CostKind
{
    /// <summary>A fixed cost of a missed default and of a refused good applicant.</summary>
    Fixed,
    /// <summary>From one margin, one loss given default and one exposure.</summary>
    Margin,
    /// <summary>From the margin and exposure of each loan.</summary>
    Loan,
}

/// <summary>What a reader plays with in the cut-off studio; stands in the address. Null members are those of the record.</summary>
public sealed record CutOffState
{
    /// <summary>PD above which is declined.</summary>
    public double? Threshold { get; init; }
    /// <summary>How costs are reckoned.</summary>
    public CostKind? Kind { get; init; }
    /// <summary>Cost of a missed default.</summary>
    public double? FalseNegative { get; init; }
    /// <summary>Cost of a refused good applicant.</summary>
    public double? FalsePositive { get; init; }
    /// <summary>Loss given default, in [0, 1].</summary>
    public double? Lgd { get; init; }
    /// <summary>Exposure at default.</summary>
    public double? Ead { get; init; }
    /// <summary>Margin of a good loan.</summary>
    public double? Margin { get; init; }
    /// <summary>Share of rows that can be referred, in [0, 1].</summary>
    public double? Capacity { get; init; }
    /// <summary>Cost of a referral.</summary>
    public double? Referral { get; init; }

    /// <summary>Reads an address; what cannot be read is left out.</summary>
    public static CutOffState Read(string? t, string? costs, string? fn, string? fp, string? lgd, string? ead, string? margin, string? capacity, string? refer) => new()
    {
        Threshold = Number(t, 1),
        Kind = Enum.TryParse<CostKind>(costs, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null,
        FalseNegative = Number(fn),
        FalsePositive = Number(fp),
        Lgd = Number(lgd, 1),
        Ead = Number(ead),
        Margin = Number(margin),
        Capacity = Number(capacity, 1),
        Referral = Number(refer),
    };

    /// <summary>The address.</summary>
    public IEnumerable<(string Name, object? Value)> Write()
    {
        yield return ("t", Text(Threshold));
        yield return ("costs", Kind?.ToString().ToLowerInvariant());
        yield return ("fn", Text(FalseNegative));
        yield return ("fp", Text(FalsePositive));
        yield return ("lgd", Text(Lgd));
        yield return ("ead", Text(Ead));
        yield return ("margin", Text(Margin));
        yield return ("capacity", Text(Capacity));
        yield return ("refer", Text(Referral));
    }

    /// <summary>The kind in force for rows that may or may not know their loans.</summary>
    public CostKind KindOf(DecisionCosts recorded, bool hasLoans) => Kind is { } kind && (kind != CostKind.Loan || hasLoans) ? kind : recorded.IsPerLoan && hasLoans ? CostKind.Loan : CostKind.Fixed;

    /// <summary>The costs in force.</summary>
    /// <param name="recorded">Costs of the record.</param>
    /// <param name="hasLoans">Whether exposure and margin of each loan are known.</param>
    public DecisionCosts CostsOf(DecisionCosts recorded, bool hasLoans)
    {
        var referral = Referral ?? recorded.Referral;
        return KindOf(recorded, hasLoans) switch
        {
            CostKind.Loan => recorded with { Lgd = Lgd ?? recorded.Lgd ?? 0.5, Referral = referral },
            CostKind.Margin => new DecisionCosts((Lgd ?? recorded.Lgd ?? 0.5) * (Ead ?? 100), Margin ?? 10, null, referral, recorded.Currency),
            _ => new DecisionCosts(FalseNegative ?? recorded.FalseNegative, FalsePositive ?? recorded.FalsePositive, null, referral, recorded.Currency),
        };
    }

    private static double? Number(string? text, double most = 1e15) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= most ? value : null;

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
