using System.CommandLine;

namespace CreditWorkbench.Web.Commands;

/// <summary>Options that several verbs have, each new per verb.</summary>
public static class SharedOptions
{
    /// <summary>Where store, models, keys and uploads live.</summary>
    public static Option<string?> Data() => new("--data") { Description = "Folder of store, models and keys (default: setting Workbench:DataDirectory, else App_Data)." };

    /// <summary>Where the machine-readable result goes.</summary>
    public static Option<string?> Json() => new("--json") { Description = "Write the result as JSON to this file." };

    /// <summary>Seed of everything random.</summary>
    public static Option<int> Seed() => new("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };

    /// <summary>Threads at most.</summary>
    public static Option<int> Threads() => new("--threads") { Description = "Threads at most (default: all).", DefaultValueFactory = _ => Environment.ProcessorCount };

    /// <summary>A registered model or a package file.</summary>
    public static Option<string> Model() => new("--model") { Description = "NAME[@VERSION] of the registry, or a package file.", Required = true };

    /// <summary>A data file.</summary>
    public static Option<string> Input() => new("--input") { Description = "Delimited, ARFF, JSON or .npy file; gz and zip are unpacked.", Required = true };

    /// <summary>Values that count as bad.</summary>
    public static Option<string?> Bad() => new("--bad") { Description = "Values of the target that count as bad, separated by commas." };

    /// <summary>Column of the outcome.</summary>
    public static Option<string?> Target() => new("--target") { Description = "Column of the outcome." };

    /// <summary>Column that says how much a row counts.</summary>
    public static Option<string?> Weight() => new("--weight") { Description = "Column that says how much a row counts beside the others; above 0, only ratios count." };
}
