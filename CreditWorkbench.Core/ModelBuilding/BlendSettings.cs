namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>How a voting blend trains.</summary>
internal sealed record BlendSettings
{
    /// <summary>Families that vote, each with its own parameters.</summary>
    public IReadOnlyList<string> Members { get; init; } = ["logistic", "forest", "boosting"];

    /// <summary>Folds inside the training rows that calibrate and weigh the members.</summary>
    public int Folds { get; init; } = 3;
}
