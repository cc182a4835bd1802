using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>What has to be shown of a model before it may decide.</summary>
public enum EvidenceGate
{
    /// <summary>Serving gives every training row the score that training saw.</summary>
    Parity,
    /// <summary>Base, contributions, rounding and clip of every waterfall make the issued score.</summary>
    Additivity,
    /// <summary>The PD is neither too steep nor off beyond what chance explains.</summary>
    Calibration,
    /// <summary>Every finding of a leak is gone or somebody took responsibility for it.</summary>
    Leakage,
    /// <summary>A person looked at the fairness figures.</summary>
    Fairness,
    /// <summary>Every feature of the model has a reason in every language.</summary>
    ReasonTexts,
    /// <summary>Reasons are exact, and there are rows to compare applicants with.</summary>
    Reasons,
}

/// <summary>How a gate stands.</summary>
public enum GateState
{
    /// <summary>Shown.</summary>
    Passed,
    /// <summary>Not shown, or shown to be wrong.</summary>
    Failed,
    /// <summary>Could not be measured; a person took responsibility for that, with a note.</summary>
    Waived,
    /// <summary>Nothing to show for this model.</summary>
    NotApplicable,
}

/// <summary>A figure that a gate measured.</summary>
/// <param name="Name">Stable name, as <c>rows</c>.</param>
/// <param name="Value">The figure.</param>
public sealed record GateFigure(string Name, double Value);

/// <summary>A gate as it was found at one time. Results are added, never changed.</summary>
public sealed record GateResult
{
    /// <summary>Model version.</summary>
    public required Guid ModelId { get; init; }
    /// <summary>Gate.</summary>
    public required EvidenceGate Gate { get; init; }
    /// <summary>How it stands.</summary>
    public required GateState State { get; init; }
    /// <summary>What was found, as a stable code: <c>parity.equal</c>.</summary>
    public required string Code { get; init; }
    /// <summary>The same as an English sentence.</summary>
    public required string Detail { get; init; }
    /// <summary>What was measured.</summary>
    public IReadOnlyList<GateFigure> Figures { get; init; } = [];
    /// <summary>Note of the person who reviewed or took responsibility; null for a measurement.</summary>
    public string? Note { get; init; }
    /// <summary>Who asked for it.</summary>
    public required Guid By { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it lets a model decide: shown, or answered for by a person.</summary>
    public bool Holds => HoldsFor(ModelStage.Production);

    /// <summary>Whether it lets a model into a stage. What only the installation's command line has answered for does for staging and no further.</summary>
    public bool HoldsFor(ModelStage stage) => State != GateState.Failed && (stage == ModelStage.Staging || Note is null || By != Actor.System.Id);
}
