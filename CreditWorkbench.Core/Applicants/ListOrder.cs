namespace CreditWorkbench.Core.Applicants;

/// <summary>What lists of applications and applicants can be ordered by. Names are encrypted, so nothing orders by them.</summary>
public enum ListOrder
{
    /// <summary>When they came in; the newest first unless turned round.</summary>
    Created,
    /// <summary>Number of the application.</summary>
    Number,
    /// <summary>Amount, in minor units.</summary>
    Amount,
    /// <summary>State of the application.</summary>
    State,
    /// <summary>Scorecard.</summary>
    Scorecard,
    /// <summary>Person or company.</summary>
    Kind,
}
