using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>What a model is built from.</summary>
/// <param name="Definition">Dictionary of the rows; inferred for files without one.</param>
/// <param name="Dataset">Labelled rows. Accepted inputs must be kept where the dictionary fits transforms or has sources that can be withdrawn.</param>
/// <param name="Manifest">What the data is.</param>
/// <param name="Settings">How to build.</param>
public sealed record TrainingRequest(ScorecardDefinition Definition, LabelledDataset Dataset, DatasetManifest Manifest, TrainingSettings Settings)
{
    /// <summary>Whether the dictionary was inferred from a file: then cut-offs follow from the threshold, and names are judged too.</summary>
    public bool IsInferred { get; init; }

    /// <summary>Columns of the file that were left out because every row has a value of its own there.</summary>
    public IReadOnlyList<string> LeftOutKeys { get; init; } = [];

    /// <summary>The model that is refitted on these rows; null to build a new one.</summary>
    public RefitParent? Parent { get; init; }

    /// <summary>Index of the class whose probability is the PD: 1 for binary targets.</summary>
    internal int PdClass => CalibrationStep.PdClass(Definition.Target);

    /// <summary>Accepted inputs per row; empty where only vectors were kept.</summary>
    internal IReadOnlyList<InputRecord> Records => Dataset.Records ?? [];
}
