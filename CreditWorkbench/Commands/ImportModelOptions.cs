using System.CommandLine;
using CreditWorkbench.Core.Exchange;

namespace CreditWorkbench.Web.Commands;

/// <summary>Options of <c>import-model</c>.</summary>
public sealed class ImportModelOptions
{
    /// <summary>Allows the known formats only.</summary>
    public ImportModelOptions() => Format.AcceptOnlyFromAmong([.. ModelExchange.Formats]);

    /// <summary>Format of the model's file.</summary>
    public Option<string?> Format { get; } = new("--format") { Description = "What wrote the file: xgboost (JSON or UBJSON), lightgbm (text), onnx (trees), json (by export-model); default: told by the first bytes." };

    /// <summary>The model's file.</summary>
    public Option<string> File { get; } = new("--file") { Description = "The model.", Required = true };

    /// <summary>Rows to compare applicants with.</summary>
    public Option<string?> Background { get; } = new("--background") { Description = "File of applicants with the model's features: what explanations and reasons compare with." };

    /// <summary>Dictionary of the rows.</summary>
    public Option<string?> Scorecard { get; } = new("--scorecard") { Description = "Scorecard that has the model's features (default: inferred from the model)." };

    /// <summary>Labelled rows.</summary>
    public Option<string?> Input { get; } = new("--input") { Description = "Labelled file to calibrate on (default: the model's margin is taken as log-odds)." };

    /// <summary>Outcome of the labelled rows.</summary>
    public Option<string?> Target { get; } = SharedOptions.Target();

    /// <summary>Its bad values.</summary>
    public Option<string?> Bad { get; } = SharedOptions.Bad();

    /// <summary>Name in the registry.</summary>
    public Option<string> Register { get; } = new("--register") { Description = "Register the model under this name.", Required = true };

    /// <summary>Seed of the draw of background rows.</summary>
    public Option<int> Seed { get; } = SharedOptions.Seed();

    /// <summary>Threads at most.</summary>
    public Option<int> Threads { get; } = SharedOptions.Threads();

    /// <summary>Who brings it in.</summary>
    public Option<string?> By { get; } = CommandActor.Option();

    /// <summary>Machine-readable result.</summary>
    public Option<string?> Json { get; } = SharedOptions.Json();

    /// <summary>Data folder.</summary>
    public Option<string?> Data { get; } = SharedOptions.Data();

    /// <summary>All options, for the verb.</summary>
    public IEnumerable<Option> All => [Format, File, Background, Scorecard, Input, Target, Bad, Register, Seed, Threads, By, Json, Data];
}
