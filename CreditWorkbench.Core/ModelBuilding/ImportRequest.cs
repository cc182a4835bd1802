using CreditWorkbench.Core.Exchange;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>A model that was trained elsewhere, with what it takes to serve it here.</summary>
/// <param name="Name">Name of the scorecard where none is given.</param>
/// <param name="Model">The model as read.</param>
/// <param name="File">Hash of the model's file.</param>
public sealed record ImportRequest(string Name, ImportedModel Model, ContentHash File)
{
    /// <summary>Dictionary that has the model's features; null to infer one from the model.</summary>
    public ScorecardDefinition? Definition { get; init; }

    /// <summary>File of applicants to compare with; null for none.</summary>
    public string? Background { get; init; }

    /// <summary>Labelled file to calibrate on, rows that the model was not trained on; null to take margins as log-odds.</summary>
    public string? Labelled { get; init; }

    /// <summary>Column of the outcome; null for the dictionary's.</summary>
    public string? Target { get; init; }

    /// <summary>Values of it that count as bad; null for the dictionary's.</summary>
    public IReadOnlyList<string>? Bad { get; init; }

    /// <summary>How the files are opened.</summary>
    public FileReadOptions Reading { get; init; } = FileReadOptions.Default;

    /// <summary>Seed of the draw of background rows.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads at most.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Version of this program.</summary>
    public string CodeVersion { get; init; } = "";
}

/// <summary>An imported model, ready to register.</summary>
/// <param name="Package">The package.</param>
/// <param name="Notes">What the user should know.</param>
public sealed record ImportedPackage(ModelPackage Package, IReadOnlyList<Problem> Notes);
