using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Registry;

/// <summary>Addresses, tones and figures of the registry's pages.</summary>
public static class RegistryWords
{
    /// <summary>Address of a version.</summary>
    public static string Address(RegisteredModel model, string? tab = null) =>
        string.Create(CultureInfo.InvariantCulture, $"/models/{Uri.EscapeDataString(model.Name)}/{model.Version}{(tab is null ? "" : "?tab=" + tab)}");

    /// <summary>Tone of a stage.</summary>
    public static Tone ToneOf(ModelStage stage) => stage switch
    {
        ModelStage.Production => Tone.Favourable,
        ModelStage.Staging => Tone.Caution,
        ModelStage.Archived => Tone.Neutral,
        _ => Tone.Outline,
    };

    /// <summary>Tone of a gate; null: nobody has looked.</summary>
    public static Tone ToneOf(GateState? state) => state switch
    {
        GateState.Passed => Tone.Favourable,
        GateState.Failed => Tone.Adverse,
        GateState.Waived => Tone.Caution,
        GateState.NotApplicable => Tone.Neutral,
        _ => Tone.Outline,
    };

    /// <summary>State of a gate in words.</summary>
    public static string Of(GateState? state) => state is { } known ? Words.Of(known) : Texts.T("registry.gateOpen");

    /// <summary>What a gate found, in the reader's language.</summary>
    public static string Of(GateResult result) => Texts.TOr("gate." + result.Code, result.Detail);

    /// <summary>Figures of a gate in one line.</summary>
    public static string Figures(GateResult result) =>
        string.Join(", ", result.Figures.Select(figure => $"{Texts.TOr("gate.figure." + figure.Name, figure.Name)} {(double.IsFinite(figure.Value) ? Formats.Plain(Math.Abs(figure.Value) < 1 ? Math.Round(figure.Value, 6) : Math.Round(figure.Value, 3)) : Formats.Unknown)}"));

    /// <summary>Family in words.</summary>
    public static string Family(RegisteredModel model) => Texts.TOr("family." + model.Family, model.Family);

    /// <summary>How many gates hold, of all.</summary>
    public static string Count(IReadOnlyList<GateResult> gates) => Texts.T("registry.gatesOf", Formats.Integer(gates.Count(gate => gate.Holds)), Formats.Integer(GateDesk.All.Count));

    /// <summary>A number of the report; null where it is not there.</summary>
    public static double? Figure(RegisteredModel model, params string[] path) => Figure(model.ReportJson, path);

    /// <summary>A number of a report; null where it is not there.</summary>
    public static double? Figure(string reportJson, params string[] path)
    {
        using var report = JsonDocument.Parse(reportJson.Length == 0 ? "{}" : reportJson);
        var at = report.RootElement;
        foreach (var name in path)
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        return at.ValueKind == JsonValueKind.Number ? at.GetDouble() : null;
    }

    /// <summary>A number of the report as text.</summary>
    public static string FigureText(RegisteredModel model, int digits, params string[] path) => Figure(model, path) is { } value ? Formats.Number(value, digits) : Formats.Unknown;

    /// <summary>Measures that versions are compared by: key and path in the report.</summary>
    public static IReadOnlyList<(string Key, int Digits, string[] Path)> Measures { get; } =
    [
        ("models.auc", 3, ["cv", "auc", "mean"]), ("models.testAuc", 3, ["test", "auc"]), ("models.ks", 3, ["test", "ks"]), ("registry.gini", 3, ["test", "gini"]),
        ("models.brier", 4, ["test", "brier"]), ("models.ece", 4, ["test", "eceAfter"]),
    ];
}
