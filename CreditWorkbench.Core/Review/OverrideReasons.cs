namespace CreditWorkbench.Core.Review;

/// <summary>The reasons that an override may have; pages translate the codes.</summary>
public static class OverrideReasons
{
    /// <summary>Codes in the order of the form.</summary>
    public static IReadOnlyList<string> Codes { get; } =
        ["income.notSeen", "collateral", "guarantor", "dataError", "relationship", "riskNotSeen", "fraudSuspicion", "other"];
}
