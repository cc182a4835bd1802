using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Web.Components.Pages.Run.Rollouts;

/// <summary>What somebody does with a rollout.</summary>
public enum SteeringKind
{
    /// <summary>Changes the share.</summary>
    Share,
    /// <summary>Changes the limits.</summary>
    Limits,
    /// <summary>Puts the challenger into production.</summary>
    Promote,
    /// <summary>Takes it back.</summary>
    RollBack,
    /// <summary>Stops without a verdict.</summary>
    End,
}

/// <summary>An act with its reason.</summary>
/// <param name="Kind">What.</param>
/// <param name="Share">Percent, where the share changes.</param>
/// <param name="Note">Why.</param>
public sealed record SteeringAct(SteeringKind Kind, int Share, string Note)
{
    /// <summary>Limits from now on, where they change; else null.</summary>
    public RolloutGuardrails? Limits { get; init; }
}
