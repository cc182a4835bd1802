namespace CreditWorkbench.Core.Applicants;

/// <summary>What stands behind a value.</summary>
public enum ValueOrigin
{
    /// <summary>The applicant says so.</summary>
    Declared,
    /// <summary>The applicant says so and a document that an officer has seen shows it.</summary>
    Verified,
    /// <summary>Derived from a bank statement.</summary>
    Bank,
    /// <summary>Reported by a credit bureau.</summary>
    Bureau,
    /// <summary>Not given: the model takes its path for missing values.</summary>
    Imputed,
}

/// <summary>Where one value comes from.</summary>
/// <param name="Origin">What stands behind it.</param>
/// <param name="Evidence">The document, or the statement's hash; null without one.</param>
public sealed record ValueSource(ValueOrigin Origin, string? Evidence = null);
